//! Rate limit of wrong client secrets, by client and address: a stranger cannot lock out a client.

use provider::clients::NewClient;
use server::state::Edge;

use crate::harness::{Call, Log, MACHINE, NO_PKCE, Reply, Test, WEB};

const GRANT: [(&str, &str); 1] = [("grant_type", "client_credentials")];

/// Behind a proxy, so that a request can come from anywhere.
async fn behind_a_proxy() -> Test {
    let edge = Edge { trusted_proxies: vec![("127.0.0.1".parse().unwrap(), 32)], ..Edge::default() };
    Test::on_edge(|_| {}, edge).await
}

async fn token(test: &Test, id: &str, secret: &str, from: &str) -> Reply {
    test.send(Call::post("/oauth2/token", &GRANT).basic(id, secret).header("x-forwarded-for", from)).await
}

#[tokio::test]
async fn after_ten_wrong_secrets_an_address_is_not_listened_to_for_the_rest_of_five_minutes() {
    let test = behind_a_proxy().await;
    let secret = MACHINE.secret.unwrap();
    for _ in 0..10 {
        assert_eq!(token(&test, "machine", "wrong", "192.0.2.1").await.status, 401);
    }
    test.clock.advance(100);
    for secret in ["wrong", secret] {
        let reply = token(&test, "machine", secret, "192.0.2.1").await;
        assert_eq!((reply.status, reply.header("retry-after")), (429, "200"), "{:?}", reply.body);
        assert_eq!(reply.member("error"), "temporarily_unavailable");
    }
    assert_eq!(token(&test, "machine", secret, "192.0.2.2").await.status, 200, "the client elsewhere");
    test.clock.advance(200);
    assert_eq!(token(&test, "machine", secret, "192.0.2.1").await.status, 200, "the next window");
}

#[tokio::test]
async fn an_unknown_client_is_throttled_as_a_known_one_is() {
    let test = behind_a_proxy().await;
    for id in ["machine", "nobody"] {
        let mut statuses = Vec::new();
        for _ in 0..12 {
            statuses.push(token(&test, id, "wrong", "192.0.2.1").await.status);
        }
        assert_eq!(statuses, [vec![401; 10], vec![429; 2]].concat(), "{id}");
    }
}

#[tokio::test]
async fn every_endpoint_that_takes_a_secret_counts_into_the_same() {
    let test = behind_a_proxy().await;
    let calls = ["token", "introspect", "revoke", "par"].map(|name| {
        move |secret: &str| {
            Call::post(&format!("/oauth2/{name}"), &[("grant_type", "client_credentials"), ("token", "x")])
                .basic("machine", secret)
                .header("x-forwarded-for", "192.0.2.1")
        }
    });
    for number in 0..10 {
        assert_eq!(test.send(calls[number % 4]("wrong")).await.status, 401, "{number}");
    }
    for call in calls {
        let reply = test.send(call(MACHINE.secret.unwrap())).await;
        assert!(reply.status == 429 && !reply.header("retry-after").is_empty(), "{}", reply.status);
    }
}

#[tokio::test]
async fn strangers_do_not_lock_a_client_out_where_it_was_before() {
    let test = behind_a_proxy().await;
    let secret = MACHINE.secret.unwrap();
    assert_eq!(token(&test, "machine", secret, "198.51.100.7").await.status, 200);
    // From everywhere, and from the client's own address as well.
    for number in 0..1100 {
        let from = format!("203.0.{}.{}", number / 250, number % 250);
        let from = if number % 11 == 0 { "198.51.100.7" } else { from.as_str() };
        token(&test, "machine", "wrong", from).await;
    }
    assert_eq!(token(&test, "machine", "wrong", "192.0.2.9").await.status, 401, "each address is looked at once");
    assert_eq!(
        token(&test, "machine", secret, "192.0.2.9").await.status,
        429,
        "and no second time, while the attack goes on"
    );
    assert_eq!(token(&test, "machine", secret, "198.51.100.7").await.status, 200);
    assert_eq!(
        token(&test, "lax", NO_PKCE.secret.unwrap(), "192.0.2.9").await.refusal().1,
        "unauthorized_client",
        "others"
    );
}

#[tokio::test]
async fn a_right_secret_counts_for_nothing() {
    let test = behind_a_proxy().await;
    for _ in 0..30 {
        assert_eq!(token(&test, "machine", MACHINE.secret.unwrap(), "192.0.2.1").await.status, 200);
    }
    assert_eq!(token(&test, "machine", "wrong", "192.0.2.1").await.status, 401);
}

#[tokio::test]
async fn a_short_secret_from_before_goes_on_and_the_log_says_so_once() {
    let test = behind_a_proxy().await;
    let old =
        NewClient { client_id: Some("old".to_owned()), client_secret: Some("x".to_owned()), ..MACHINE.new_client() };
    test.provider.add_client(old).await.unwrap();
    let long =
        NewClient { client_id: Some("long".to_owned()), client_secret: Some("x".repeat(32)), ..MACHINE.new_client() };
    test.provider.add_client(long).await.unwrap();
    let log = Log::capture();
    for _ in 0..3 {
        assert_eq!(token(&test, "old", "x", "192.0.2.1").await.status, 200);
        assert_eq!(token(&test, "long", &"x".repeat(32), "192.0.2.1").await.status, 200);
    }
    let log = log.text();
    let told: Vec<&str> = log.lines().filter(|line| line.contains("is shorter than 32 characters")).collect();
    assert!(matches!(told[..], [line] if line.contains("client_id=\"old\"")), "{log}");
    let _ = WEB;
}
