//! The key set that clients verify by (SC-08, SC-10).

use oauth::jose::{Algorithm, JwkSet};

use crate::harness::{Call, Test};

#[tokio::test]
async fn the_key_set_holds_public_keys_of_both_algorithms_and_nothing_private() {
    let test = Test::new().await;
    let reply = test.send(Call::get("/oauth2/jwks")).await;
    assert_eq!((reply.status, reply.header("content-type")), (200, "application/json"));
    let set = JwkSet::parse(&reply.body).unwrap();
    assert!(set.supports(Algorithm::Rs256) && set.supports(Algorithm::Es256));
    for key in reply.json()["keys"].as_array().unwrap() {
        let known = ["alg", "crv", "e", "kid", "kty", "n", "use", "x", "y"];
        assert!(key.as_object().unwrap().keys().all(|name| known.contains(&name.as_str())), "{key}");
        assert!(key["use"] == "sig" && ["RS256", "ES256"].contains(&key["alg"].as_str().unwrap()), "{key}");
    }
    for key in set.keys() {
        assert_eq!(key.kid.as_deref(), Some(key.thumbprint().as_str()));
    }
}

#[tokio::test]
async fn the_key_set_is_the_same_under_every_path_and_any_origin_may_read_it() {
    let test = Test::new().await;
    let first = test.send(Call::get("/oauth2/jwks")).await;
    for path in ["/oauth2/jwks/", "/oauth/jwks", "/oauth/jwks/"] {
        let reply = test.send(Call::get(path).header("origin", "https://evil.example")).await;
        assert_eq!((reply.status, reply.json()), (200, first.json()), "{path}");
        assert_eq!(reply.header("access-control-allow-origin"), "*");
        assert_eq!(reply.header("access-control-allow-credentials"), "");
    }
}

#[tokio::test]
async fn the_key_set_is_304_until_a_rotation() {
    let test = Test::new().await;
    let first = test.send(Call::get("/oauth2/jwks")).await;
    let tag = first.header("etag").to_owned();
    assert_eq!(first.header("cache-control"), "public, max-age=60");
    let again = |sent: &str| Call::get("/oauth2/jwks").header("if-none-match", sent);
    for sent in [tag.clone(), format!("\"x\", W/{tag}"), "*".to_owned()] {
        let reply = test.send(again(&sent)).await;
        assert_eq!((reply.status, reply.body.len(), reply.header("etag")), (304, 0, tag.as_str()), "{sent}");
    }
    assert_eq!(test.send(again("\"x\"")).await.status, 200);
    test.provider.rotate_keys().await.unwrap();
    let reply = test.send(again(&tag)).await;
    assert_eq!((reply.status, JwkSet::parse(&reply.body).unwrap().keys().len()), (200, 4));
}

#[tokio::test]
async fn private_keys_stand_in_the_database_sealed_alone() {
    let test = Test::new().await;
    test.send(Call::get("/oauth2/jwks")).await;
    let dump = test.database.dump().await;
    // How PKCS #8 begins, in base64, for RSA of 2048 bits and for P-256.
    assert!(!dump.contains("MIIE") && !dump.contains("MIGH") && !dump.contains("PRIVATE"));
    assert!(dump.contains("RS256") && dump.contains("ES256"));
}
