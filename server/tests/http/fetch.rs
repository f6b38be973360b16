//! Outgoing fetches against a real TLS server: which addresses are refused (SSRF), and which
//! responses are accepted.

mod outside;

use std::time::Duration;

use provider::fetch::{Fetch, FetchError, Word};
use server::fetch::{Guarded, LONGEST};

use self::outside::Outside;

const KEYS: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{\"keys\":[]}";

fn failed<T>(done: Result<T, FetchError>) -> String {
    match done {
        Err(FetchError::Failed(why)) => why,
        Err(FetchError::Refused(url)) => unreachable!("{url} was refused"),
        Ok(_) => unreachable!("there was an answer"),
    }
}

#[tokio::test]
async fn a_private_address_is_gone_to_only_if_the_operator_listed_host_and_port() {
    let outside = Outside::answering(KEYS).await;
    let url = outside.url("localhost", "/keys?a=b");
    let closed = Guarded::new(&[("localhost".into(), 1)], Some(outside.ca_file())).unwrap();
    // A query may hold a secret: it is left out of what may come to stand in a log.
    assert_eq!(closed.get(&url, Word::Operator).await, Err(FetchError::Refused(url.replace("?a=b", ""))));
    for host in ["127.0.0.1", "0x7f000001", "2130706433", "0177.0.0.1", "localhost.", "[::1]", "[::ffff:127.0.0.1]"] {
        let url = outside.url(host, "/keys");
        assert_eq!(closed.get(&url, Word::Operator).await, Err(FetchError::Refused(url.clone())));
        assert_eq!(closed.post(&url, &[], Word::Operator).await, Err(FetchError::Refused(url.clone())));
    }
    assert_eq!(outside.client("localhost").get(&url, Word::Operator).await.unwrap(), b"{\"keys\":[]}");
    assert_eq!(
        outside.client("127.0.0.1").get(&outside.url("127.0.0.1", "/keys"), Word::Operator).await.unwrap(),
        b"{\"keys\":[]}"
    );
    let delivered = outside.delivered();
    assert_eq!(delivered.len(), 2, "{delivered:?}");
    assert!(
        delivered[0].starts_with("GET /keys?a=b HTTP/1.1\r\n")
            && delivered[0].contains("accept-encoding: identity\r\n")
    );
}

/// The operator's list is for what the operator registered.
#[tokio::test]
async fn a_private_host_on_the_list_is_not_gone_to_on_a_developers_word() {
    let outside = Outside::answering(KEYS).await;
    let (name, address) = (outside.url("localhost", "/keys"), outside.url("127.0.0.1", "/keys"));
    let (by_name, by_address) = (outside.client("localhost"), outside.client("127.0.0.1"));
    for (client, url) in [(&by_name, &name), (&by_address, &address)] {
        let refused = FetchError::Refused(url.clone());
        assert_eq!(client.get(url, Word::Developer).await, Err(refused.clone()));
        assert_eq!(client.post(url, &[("a", "b")], Word::Developer).await, Err(refused));
    }
    assert!(outside.delivered().is_empty(), "not even a connection");
    for (client, url) in [(&by_name, &name), (&by_address, &address)] {
        assert!(client.get(url, Word::Operator).await.is_ok(), "{url}");
    }
}

#[tokio::test]
async fn a_form_arrives_and_its_status_comes_back() {
    let outside = Outside::answering("HTTP/1.1 204 No Content\r\n\r\n").await;
    let url = outside.url("localhost", "/logout");
    assert_eq!(
        outside.client("localhost").post(&url, &[("logout_token", "a.b/c"), ("d", "e f")], Word::Operator).await,
        Ok(204)
    );
    let delivered = outside.delivered().concat();
    assert!(delivered.starts_with("POST /logout HTTP/1.1\r\n"), "{delivered}");
    assert!(delivered.contains("content-type: application/x-www-form-urlencoded\r\n"), "{delivered}");
    assert!(delivered.ends_with("\r\n\r\nlogout_token=a.b%2Fc&d=e+f"), "{delivered}");
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_not_followed() {
    let target = Outside::answering(KEYS).await;
    let url = target.url("localhost", "/keys");
    let outside =
        Outside::answering(&format!("HTTP/1.1 302 Found\r\nLocation: {url}\r\nContent-Length: 0\r\n\r\n")).await;
    let client = outside.client_for(&[&outside, &target]);
    let why = failed(client.get(&outside.url("localhost", "/keys"), Word::Operator).await);
    assert!(why.contains("302"), "{why}");
    assert_eq!(client.post(&outside.url("localhost", "/keys"), &[], Word::Operator).await, Ok(302));
    assert_eq!((outside.delivered().len(), target.delivered().len()), (2, 0));
}

#[tokio::test]
async fn a_body_of_256_kib_is_taken_and_one_byte_more_is_not() {
    for (length, is_taken) in [(LONGEST, true), (LONGEST + 1, false)] {
        let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{}", "x".repeat(length));
        let chunked = format!(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{length:x}\r\n{}\r\n0\r\n\r\n",
            "x".repeat(length)
        );
        for answer in [answer, chunked] {
            let outside = Outside::answering(&answer).await;
            let got = outside.client("localhost").get(&outside.url("localhost", "/"), Word::Operator).await;
            assert_eq!(got.is_ok_and(|body| body.len() == length), is_taken, "{length}");
        }
    }
}

#[tokio::test]
async fn an_endless_head_and_a_compressed_body_are_refused() {
    let head = format!("HTTP/1.1 200 OK\r\nX-Long: {}\r\nContent-Length: 0\r\n\r\n", "x".repeat(64 * 1024));
    let packed = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nxx";
    for answer in [head.as_str(), packed] {
        let outside = Outside::answering(answer).await;
        failed(outside.client("localhost").get(&outside.url("localhost", "/"), Word::Operator).await);
    }
    let outside = Outside::answering(&head).await;
    let why = failed(outside.client("localhost").post(&outside.url("localhost", "/"), &[], Word::Operator).await);
    assert!(why.contains("head"), "{why}");
}

#[tokio::test]
async fn a_slow_server_times_out() {
    let patience = Duration::from_millis(250);
    for half in ["", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"] {
        let outside = Outside::stopping_after(half).await;
        let client = outside.client("localhost").with_patience(patience);
        let why = failed(client.get(&outside.url("localhost", "/"), Word::Operator).await);
        assert!(why.contains("no answer within"), "{why}");
    }
    // A body without a length ends where the server hangs up.
    let outside = Outside::answering("HTTP/1.1 200 OK\r\n\r\nwhole").await;
    assert_eq!(
        outside.client("localhost").get(&outside.url("localhost", "/"), Word::Operator).await.unwrap(),
        b"whole"
    );
}

#[tokio::test]
async fn a_server_is_believed_only_with_a_certificate_of_a_known_authority_for_its_name() {
    let outside = Outside::answering(KEYS).await;
    let url = outside.url("localhost", "/keys");
    let without = Guarded::new(&[("localhost".into(), outside.port())], None).unwrap();
    assert!(failed(without.get(&url, Word::Operator).await).contains("certificate"), "an unknown authority");
    let stranger = Outside::named("keys.example", KEYS).await;
    let why = failed(stranger.client("localhost").get(&stranger.url("localhost", "/keys"), Word::Operator).await);
    assert!(why.contains("certificate"), "{why}");
    assert!(outside.delivered().is_empty() && stranger.delivered().is_empty());
    assert!(outside.client("localhost").get(&url, Word::Operator).await.is_ok());
}

#[tokio::test]
async fn a_file_without_a_certificate_stops_the_start() {
    let outside = Outside::answering(KEYS).await;
    assert!(Guarded::new(&[], Some(outside.ca_file())).is_ok());
    std::fs::write(outside.ca_file(), "-----BEGIN CERTIFICATE-----\nnone\n-----END CERTIFICATE-----\n").unwrap();
    let error = Guarded::new(&[], Some(outside.ca_file())).err().unwrap().to_string();
    assert!(error.starts_with("JETON_FETCH_CA_FILE") && error.contains("PEM file"), "{error}");
    std::fs::write(outside.ca_file(), "").unwrap();
    assert!(Guarded::new(&[], Some(outside.ca_file())).is_err());
}
