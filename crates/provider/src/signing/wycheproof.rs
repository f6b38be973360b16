//! Project Wycheproof's vectors for JSON Web Signatures (RFC 7515), with the result that the file
//! expects.
//!
//! The payloads in the file are not JSON objects, so [`Jws::parse`] refuses all of them before it
//! verifies the signature (a JWT's payload is one: RFC 7519 §7.2). Each vector is therefore checked
//! twice: as a client's token, and by its signature alone.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth::jose::{Algorithm, JwkSet, Jws, KeySource, SignatureCheck};
use serde_json::{Value, json};

use super::verify;

const VECTORS: &str = include_str!("../../tests/wycheproof/json_web_signature_test.json");

/// One vector, with the keys of its group.
struct Vector<'a> {
    id: u64,
    about: String,
    jws: &'a str,
    valid: bool,
    keys: JwkSet,
    /// Whether the group's key is symmetric: the only kind without a public key.
    symmetric: bool,
}

fn vectors(file: &Value) -> Vec<Vector<'_>> {
    let groups = file["testGroups"].as_array().unwrap();
    groups.iter().flat_map(|group| group["tests"].as_array().unwrap().iter().map(|test| vector(group, test))).collect()
}

fn vector<'a>(group: &'a Value, test: &'a Value) -> Vector<'a> {
    let key = group.get("public").unwrap_or(&group["private"]);
    Vector {
        id: test["tcId"].as_u64().unwrap(),
        about: format!("{} {} {}", group["comment"], test["comment"], test["flags"]),
        jws: test["jws"].as_str().unwrap(),
        valid: test["result"] == "valid",
        // A set with a symmetric key is refused as a whole: no key is left.
        keys: JwkSet::parse(json!({"keys": [key]}).to_string().as_bytes()).unwrap_or_default(),
        symmetric: key["kty"] == "oct",
    }
}

impl Vector<'_> {
    /// Whether a client's token like this would be accepted.
    fn is_taken(&self) -> bool {
        Jws::parse(self.jws, KeySource::Known).is_ok_and(|jws| jws.verify(&self.keys, &verify).is_ok())
    }

    /// The algorithm in the header, if it is supported.
    fn algorithm(&self) -> Option<Algorithm> {
        let header: Value = serde_json::from_slice(&decode(self.jws.split('.').next()?)?).ok()?;
        Algorithm::parse(header["alg"].as_str()?)
    }

    /// Whether one of the keys made the signature, whatever the payload is.
    fn is_signed(&self) -> bool {
        let checked = || {
            let (input, signature) = self.jws.rsplit_once('.')?;
            let (algorithm, signature) = (self.algorithm()?, decode(signature)?);
            let check = |key| SignatureCheck { algorithm, key, input: input.as_bytes(), signature: &signature };
            Some(self.keys.keys().iter().any(|key| key.fits(algorithm) && verify(&check(key))))
        };
        checked().unwrap_or(false)
    }

    /// Why a valid vector is refused here; `None`: it is accepted.
    fn reason(&self) -> Option<&'static str> {
        match self.algorithm() {
            _ if self.symmetric => Some("a key that both sides know proves nothing to a third (RFC 8725 §3.2)"),
            None => Some("an algorithm that Jeton does not list in its metadata"),
            Some(_) => None,
        }
    }
}

fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

#[test]
fn what_is_invalid_is_refused_and_what_is_valid_is_verified_but_for_listed_reasons() {
    let file: Value = serde_json::from_str(VECTORS).unwrap();
    let vectors = vectors(&file);
    assert_eq!(json!(vectors.len()), file["numberOfTests"]);
    let mut verified = 0;
    for vector in &vectors {
        let Vector { id, about, .. } = vector;
        assert!(!vector.is_taken(), "{id} {about}: no payload of the file is a JWT's");
        let expected = vector.valid && vector.reason().is_none();
        assert_eq!(vector.is_signed(), expected, "{id} {about}: {:?}", vector.reason());
        verified += usize::from(expected);
    }
    assert_eq!(verified, 16, "one ES256, eight RS256, six PS256, and an ES256 among special cases");
}
