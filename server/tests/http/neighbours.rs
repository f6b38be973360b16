//! What others write into headers: neighbours into `Cookie`, clients into what proxies write.

use server::state::{Edge, ProxyHeader};

use crate::harness::{Call, HOUSE, Log, PASSWORD, Test};

async fn status(test: &Test, cookies: &[u8]) -> u16 {
    test.send(Call::get("/account").header("accept", "text/html").header("cookie", cookies)).await.status
}

#[tokio::test]
async fn a_neighbours_cookie_that_is_no_text_hides_nothing() {
    let test = Test::new().await;
    let session = format!("jeton_session={}", test.signed_in("ada").await.session().unwrap());
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
    assert_eq!(status(&test, format!("jeton_session={planted}").as_bytes()).await, 200);
    assert_eq!(status(&test, format!("jeton%5Fsession={planted}").as_bytes()).await, 303);
    let own = test.signed_in("ada").await;
    own.set_cookie("jeton%5Fsession", "nonsense");
    assert_eq!(own.get("/account").await.status, 200);
}

fn behind_a_proxy(header: ProxyHeader) -> Edge {
    Edge { trusted_proxies: vec![("10.0.0.0".parse().unwrap(), 8)], proxy_header: header, ..Edge::default() }
}

/// A wrong password by way of the proxy.
fn guess(name: &str) -> Call {
    let pairs = [("grant_type", "password"), ("username", name), ("password", "wrong password")];
    Call::post("/oauth2/token", &pairs).basic(HOUSE.id, HOUSE.secret.unwrap()).peer("10.0.0.1")
}

async fn right(test: &Test, name: &'static str, value: &[u8]) -> u16 {
    let pairs = [("grant_type", "password"), ("username", "ada"), ("password", PASSWORD)];
    let call = Call::post("/oauth2/token", &pairs).basic(HOUSE.id, HOUSE.secret.unwrap()).peer("10.0.0.1");
    test.send(call.header(name, value)).await.status
}

#[tokio::test]
async fn what_a_client_writes_before_the_proxy_does_not_hide_what_the_proxy_writes() {
    let test = Test::on_edge(|_| {}, behind_a_proxy(ProxyHeader::XForwardedFor)).await;
    for number in 0..100 {
        let forged = format!("for=198.51.100.{number}");
        let call = guess(&format!("nobody{number}"))
            .header("x-forwarded-for", b"\xff, 203.0.113.9")
            .header("forwarded", forged);
        test.send(call).await;
    }
    assert_eq!(right(&test, "x-forwarded-for", b"\xff, 203.0.113.9").await, 429);
    assert_eq!(right(&test, "x-forwarded-for", b"203.0.113.9").await, 429);
    assert_eq!(right(&test, "x-forwarded-for", b"203.0.113.10").await, 200);
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
