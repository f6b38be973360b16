//! Hostile headers: cookies of other hosts of the domain, and proxy headers that clients send.

use server::proxy_header::ProxyHeader;
use server::state::Edge;

use crate::harness::{Call, FIRST_PARTY, Log, PASSWORD, Test};

/// The name of the session's cookie: the issuer of the tests has a port of its own.
const SESSION: &str = "jeton_session_8080";

async fn status(test: &Test, cookies: &[u8]) -> u16 {
    test.send(Call::get("/account").header("accept", "text/html").header("cookie", cookies)).await.status
}

#[tokio::test]
async fn a_neighbours_cookie_that_is_no_text_hides_nothing() {
    let test = Test::new().await;
    let session = format!("{SESSION}={}", test.signed_in("ada").await.session().unwrap());
    let session = session.as_bytes();
    assert_eq!(status(&test, b"pref=Muenchen").await, 303, "nobody is signed in there");
    for pref in ["München".as_bytes(), b"M\xfcnchen", b"\xff", b"\x80; b=\xfe"] {
        assert_eq!(status(&test, &[b"pref=", pref, b"; ", session].concat()).await, 200, "{pref:?}");
        assert_eq!(status(&test, &[session, b"; pref=", pref].concat()).await, 200, "{pref:?}");
    }
    let browser = test.browser();
    browser.set_cookie("pref", "München");
    browser.sign_in_as("ada").await;
    assert_eq!(browser.get("/account").await.status, 200);
}

#[tokio::test]
async fn a_session_under_a_name_that_is_written_otherwise_counts_for_nothing() {
    let test = Test::new().await;
    let planted = test.signed_in("ada").await.session().unwrap();
    assert_eq!(status(&test, format!("{SESSION}={planted}").as_bytes()).await, 200);
    assert_eq!(status(&test, format!("jeton%5Fsession_8080={planted}").as_bytes()).await, 303);
    let own = test.signed_in("ada").await;
    own.set_cookie("jeton%5Fsession_8080", "nonsense");
    assert_eq!(own.get("/account").await.status, 200);
}

fn behind_a_proxy(header: ProxyHeader) -> Edge {
    Edge { trusted_proxies: vec![("10.0.0.0".parse().unwrap(), 8)], proxy_header: header, ..Edge::default() }
}

async fn right(test: &Test, name: &'static str, value: &[u8]) -> u16 {
    let pairs = [("grant_type", "password"), ("username", "ada"), ("password", PASSWORD)];
    let call = Call::post("/oauth2/token", &pairs).basic(FIRST_PARTY.id, FIRST_PARTY.secret.unwrap()).peer("10.0.0.1");
    test.send(call.header(name, value)).await.status
}

#[tokio::test]
async fn what_a_client_writes_before_the_proxy_does_not_hide_what_the_proxy_writes() {
    let log = Log::capture();
    let test = Test::on_edge(|_| {}, behind_a_proxy(ProxyHeader::XForwardedFor)).await;
    let cases: [(&[u8], &str); 4] = [
        (b"203.0.113.9", "address=203.0.113.9"),
        (b"\xff, 203.0.113.10", "address=203.0.113.10"),
        (b"198.51.100.1, \xff, 203.0.113.11", "address=203.0.113.11"),
        (b"203.0.113.12, \xff", "address=10.0.0.1"),
    ];
    for (value, address) in cases {
        let call = Call::get("/login").peer("10.0.0.1").header("forwarded", "for=198.51.100.7");
        test.send(call.header("x-forwarded-for", value)).await;
        let text = log.text();
        let line = text.lines().rfind(|line| line.contains("answered")).unwrap();
        assert!(line.contains(address), "{line}");
    }
}

#[tokio::test]
async fn a_proxy_that_sends_only_the_header_that_does_not_count_is_told_of_once() {
    let log = Log::capture();
    let test = Test::on_edge(|_| {}, behind_a_proxy(ProxyHeader::XForwardedFor)).await;
    assert_eq!(right(&test, "x-forwarded-for", b"203.0.113.9").await, 200);
    assert!(!log.text().contains("JETON_PROXY_HEADER"));
    for _ in 0..3 {
        assert_eq!(right(&test, "forwarded", b"for=203.0.113.9").await, 200);
    }
    assert_eq!(log.text().matches("JETON_PROXY_HEADER: the proxy sends forwarded and no x-forwarded-for").count(), 1);
    let test = Test::on_edge(|_| {}, behind_a_proxy(ProxyHeader::Forwarded)).await;
    assert_eq!(right(&test, "forwarded", b"for=203.0.113.9").await, 200);
    assert!(log.text().contains("address=203.0.113.9"));
}
