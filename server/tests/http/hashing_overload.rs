//! More sign-ins than the password hashing thread pool can serve (LG-08): each gets a response, and
//! no typed field is lost.

use crate::harness::{Call, FIRST_PARTY, Form, PASSWORD, Reply, Test};

const AT_ONCE: usize = 40;

/// A server without a waiting time for the hashing threads.
async fn impatient() -> Test {
    Test::with(|settings| (settings.hash_threads, settings.hash_wait) = (1, 0)).await
}

fn split(replies: Vec<Reply>, good: u16) -> Vec<Reply> {
    let (good, busy): (Vec<_>, Vec<_>) = replies.into_iter().partition(|reply| reply.status == good);
    assert!(!good.is_empty() && !busy.is_empty(), "{} good, {} busy", good.len(), busy.len());
    busy
}

#[tokio::test]
async fn a_person_who_comes_when_too_many_sign_in_reads_so_and_keeps_the_name() {
    let test = impatient().await;
    let replies = test.at_once(AT_ONCE, |test| async move { test.browser().sign_in("ada", PASSWORD).await }).await;
    let busy = split(replies, 303);
    for reply in busy {
        assert_eq!((reply.status, reply.header("retry-after")), (503, "2"));
        let page = reply.text();
        assert!(page.contains("Many people are signing in at this moment"), "{page}");
        assert_eq!(Form::find(&page, "/login").unwrap().value("username"), Some("ada"));
        assert!(!page.contains(PASSWORD));
    }
    assert_eq!(test.browser().sign_in("ada", PASSWORD).await.status, 303);
}

#[tokio::test]
async fn a_program_that_comes_when_too_many_sign_in_is_told_when_to_come_again() {
    let test = impatient().await;
    let pairs = [("grant_type", "password"), ("username", "ada"), ("password", PASSWORD), ("scope", "read")];
    let grant = move || -> Call { FIRST_PARTY.call("/oauth2/token", &pairs) };
    let replies = test.at_once(AT_ONCE, |test| async move { test.send(grant()).await }).await;
    let busy = split(replies, 200);
    for reply in busy {
        assert_eq!((reply.status, reply.header("retry-after")), (503, "2"));
        assert_eq!(reply.member("error"), "temporarily_unavailable");
    }
    assert_eq!(test.send(grant()).await.status, 200);
}
