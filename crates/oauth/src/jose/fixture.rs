//! Test fixtures: keys, and tokens with the signature `good`.

use super::{JwkSet, Jws, KeySource, SignatureCheck, Verified, base64url};
use serde_json::{Value, json};

/// RFC 7638 §3.1.
pub(crate) fn rsa() -> Value {
    let n = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknj\
        hMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajr\
        n1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";
    json!({"kty": "RSA", "n": n, "e": "AQAB", "alg": "RS256", "kid": "2011-04-29"})
}

/// RFC 9449 §4.1.
pub(crate) fn p256() -> Value {
    json!({
        "kty": "EC",
        "x": "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs",
        "y": "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA",
        "crv": "P-256",
    })
}

/// RFC 8037 A.2.
pub(crate) fn ed25519() -> Value {
    json!({"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})
}

/// A set with these keys.
pub(crate) fn set(keys: &[Value]) -> JwkSet {
    JwkSet::parse(json!({"keys": keys}).to_string().as_bytes()).unwrap_or_default()
}

/// A compact JWS with this signature.
pub(crate) fn compact(header: &Value, payload: &Value, signature: &str) -> String {
    let part = |value: &Value| base64url::encode(value.to_string().as_bytes());
    format!("{}.{}.{}", part(header), part(payload), base64url::encode(signature.as_bytes()))
}

/// Whether the signature is the word `good`.
pub(crate) fn verify(check: &SignatureCheck<'_>) -> bool {
    check.signature == b"good"
}

/// A verified JWT with this header (a key of RFC 9449 is in the set) and these claims.
pub(crate) fn verified(header: &Value, claims: &Value) -> Verified {
    let text = compact(header, claims, "good");
    let keys = set(&[p256(), rsa(), ed25519()]);
    let parsed = Jws::parse(&text, KeySource::Known).and_then(|jws| jws.verify(&keys, &verify));
    parsed.unwrap_or_else(|error| unreachable!("{error}"))
}
