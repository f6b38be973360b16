//! Client keys fetched from `jwks_uri` (TK-23, SS-05; OpenID Connect Core §10.1.1).

use oauth::Registration;
use oauth::jose::Algorithm;
use serde_json::json;

use crate::harness::{Call, Signer, Test, assertion, claims_of, signer};

const ADDRESS: &str = "https://signer.example/jwks";

async fn by_address() -> (Test, Signer) {
    let (test, key) = (Test::new().await, Signer::new(Algorithm::Es256, "1"));
    signer(&test, Registration { jwks_uri: Some(ADDRESS.to_owned()), ..Registration::default() }).await;
    (test, key)
}

/// The status of a request for a token of the client's own, with an assertion that is good for an
/// hour of the manual clock.
async fn status(test: &Test, key: &Signer) -> u16 {
    let mut claims = claims_of("signer");
    claims["exp"] = json!(test.provider.now().seconds() + 60);
    let signed = key.sign(&claims);
    let pairs = assertion(&[("grant_type", "client_credentials")], &signed);
    test.send(Call::post("/oauth2/token", &pairs)).await.status
}

#[tokio::test]
async fn keys_are_fetched_once_and_kept_for_a_while() {
    let (test, key) = by_address().await;
    test.outside.put(ADDRESS, key.set().to_string());
    for _ in 0..3 {
        assert_eq!(status(&test, &key).await, 200);
    }
    assert_eq!(test.outside.requested_urls(), [ADDRESS]);
    test.clock.advance(599);
    assert_eq!((status(&test, &key).await, test.outside.requested_urls().len()), (200, 1));
    test.clock.advance(1);
    assert_eq!((status(&test, &key).await, test.outside.requested_urls().len()), (200, 2));
}

#[tokio::test]
async fn a_rotated_key_counts_within_half_a_minute_whether_it_has_another_name_or_not() {
    let (test, key) = by_address().await;
    test.outside.put(ADDRESS, key.set().to_string());
    assert_eq!(status(&test, &key).await, 200);
    for kid in ["1", "2"] {
        let next = Signer::new(Algorithm::Es256, kid);
        test.outside.put(ADDRESS, next.set().to_string());
        assert_eq!(status(&test, &next).await, 401, "{kid}");
        test.clock.advance(30);
        assert_eq!(status(&test, &next).await, 200, "{kid}");
        assert_eq!(status(&test, &key).await, 401, "{kid}");
    }
}

#[tokio::test]
async fn a_thousand_assertions_with_unknown_keys_are_one_fetch() {
    let (test, key) = by_address().await;
    test.outside.put(ADDRESS, key.set().to_string());
    for number in 0..2 {
        let stranger = Signer::new(Algorithm::Es256, "unknown");
        let replies = test
            .at_once(500, |test| {
                let token = stranger.sign(&claims_of("signer"));
                async move {
                    let pairs = assertion(&[("grant_type", "client_credentials")], &token);
                    test.send(Call::post("/oauth2/token", &pairs)).await
                }
            })
            .await;
        assert!(replies.iter().all(|reply| reply.status == 401));
        assert_eq!(test.outside.requested_urls().len(), number + 1);
        assert_eq!(status(&test, &key).await, 200);
        test.clock.advance(30);
    }
}

#[tokio::test]
async fn an_address_that_fails_is_left_alone_for_a_while_and_then_asked_again() {
    let (test, key) = by_address().await;
    for broken in [None, Some("<html>"), Some("{}"), Some(r#"{"keys":[{"kty":"oct","k":"AQAB"}]}"#)] {
        if let Some(body) = broken {
            test.outside.put(ADDRESS, body);
        }
        let before = test.outside.requested_urls().len();
        assert_eq!((status(&test, &key).await, status(&test, &key).await), (401, 401), "{broken:?}");
        assert_eq!(test.outside.requested_urls().len(), before + 1, "{broken:?}");
        test.clock.advance(30);
    }
    test.outside.put(ADDRESS, key.set().to_string());
    assert_eq!(status(&test, &key).await, 200);
}

#[tokio::test]
async fn keys_outlive_their_address_by_an_hour_and_no_longer() {
    let (test, key) = by_address().await;
    test.outside.put(ADDRESS, key.set().to_string());
    assert_eq!(status(&test, &key).await, 200);
    test.outside.put(ADDRESS, "gone");
    test.clock.advance(3599);
    assert_eq!(status(&test, &key).await, 200);
    test.clock.advance(31);
    assert_eq!(status(&test, &key).await, 401);
}

#[tokio::test]
async fn nothing_in_a_token_makes_the_server_fetch() {
    let (test, key) = by_address().await;
    let headers = [
        json!({"alg": "ES256", "jku": "https://evil.example/jwks"}),
        json!({"alg": "ES256", "x5u": "https://evil.example/certificates"}),
        json!({"alg": "ES256", "jwk": key.jwk()}),
        json!({"alg": "none"}),
        json!({"alg": "HS256"}),
    ];
    for header in headers {
        let token = key.sign_as(&header, &claims_of("signer"));
        let pairs = assertion(&[("grant_type", "client_credentials")], &token);
        assert_eq!(test.send(Call::post("/oauth2/token", &pairs)).await.status, 401, "{header}");
    }
    assert!(test.outside.requested_urls().is_empty());
    test.outside.put(ADDRESS, key.set().to_string());
    assert_eq!(status(&test, &key).await, 200);
}

#[tokio::test]
async fn an_address_that_was_asked_before_the_clock_was_set_back_an_hour_is_asked_again_at_once() {
    let (test, key) = by_address().await;
    test.outside.put(ADDRESS, key.set().to_string());
    assert_eq!(status(&test, &key).await, 200);
    test.clock.advance(-30);
    assert_eq!((status(&test, &key).await, test.outside.requested_urls().len()), (200, 1), "a little is nothing");
    let next = Signer::new(Algorithm::Es256, "2");
    test.outside.put(ADDRESS, next.set().to_string());
    test.clock.advance(-3600);
    assert_eq!((status(&test, &next).await, test.outside.requested_urls().len()), (200, 2));
}
