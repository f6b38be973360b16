//! LG-08: many sign-ins at once, against the password hashing thread pool.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::harness::{Folder, PASSWORD};
use crate::server::{Server, post};

const SIGN_INS: usize = 500;

/// How much resident memory may grow, in KiB: less than four passwords would take that are not
/// hashed in the same place.
#[cfg(target_os = "linux")]
const MOST_GROWTH: u64 = 64 * 1024;

const CLIENT: &str = "client_id=house&client_secret=not-a-secret-in-this-test-0123456789";

#[test]
fn a_flood_of_sign_ins_is_answered_and_leaves_token_checks_and_memory_as_they_were() {
    let folder = Folder::ready();
    folder.user("ada");
    let client = "client add --name House --first-party --grant password --grant client_credentials --client-id house";
    let words: Vec<&str> = client.split(' ').chain(["--client-secret-stdin"]).collect();
    folder.good_with(&words, "not-a-secret-in-this-test-0123456789\n");
    let server = Server::start(&folder, &[]);
    let address = server.address;
    let sign_in = format!("grant_type=password&username=ada&password={}&{CLIENT}", PASSWORD.replace(' ', "+"));
    let first = post(address, "/oauth2/token", &sign_in).unwrap();
    assert_eq!(first.status, 200, "{first:?}");
    let check = format!("token={}&{CLIENT}", first.member("access_token"));
    #[cfg(target_os = "linux")]
    let before = server.resident_memory();

    let (open, mut checks) = (AtomicUsize::new(SIGN_INS), 0);
    let replies: Vec<_> = std::thread::scope(|threads| {
        let flood = || {
            let reply = post(address, "/oauth2/token", &sign_in);
            open.fetch_sub(1, Ordering::SeqCst);
            reply
        };
        let flood: Vec<_> = (0..SIGN_INS).map(|_| threads.spawn(flood)).collect();
        while open.load(Ordering::SeqCst) > 0 {
            let answer = post(address, "/oauth2/introspect", &check).unwrap();
            assert!(answer.status == 200 && answer.body.contains("\"active\":true"), "{answer:?}");
            checks += 1;
        }
        flood.into_iter().map(|reply| reply.join().unwrap().unwrap()).collect()
    });

    let (good, busy): (Vec<_>, Vec<_>) = replies.iter().partition(|reply| reply.status == 200);
    assert!(!good.is_empty() && !busy.is_empty(), "{} good, {} busy", good.len(), busy.len());
    for reply in busy {
        assert_eq!((reply.status, reply.header("retry-after")), (503, "2"), "{reply:?}");
        assert_eq!(reply.member("error"), "temporarily_unavailable");
    }
    assert!(checks >= 10, "only {checks} token checks while the flood lasted");
    assert_eq!(post(address, "/oauth2/token", &sign_in).unwrap().status, 200);
    #[cfg(target_os = "linux")]
    {
        let after = server.resident_memory();
        assert!(after < before + MOST_GROWTH, "memory grew from {before} to {after} KiB");
    }
}
