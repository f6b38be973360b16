//! DPoP proofs (RFC 9449 §4.2) by keys of the tests, valid or with one fault.

use oauth::jose::{Algorithm, Jwk, sha256};
use serde_json::{Value, json};

use super::signer::Signer;
use super::{Call, ISSUER, Test, unique};

/// A key of a client that proves possession of it.
pub struct Key {
    signer: Signer,
    algorithm: Algorithm,
}

impl Key {
    pub fn new() -> Self {
        Self::of(Algorithm::Es256)
    }

    pub fn of(algorithm: Algorithm) -> Self {
        Self { signer: Signer::new(algorithm, "dpop"), algorithm }
    }

    pub fn jwk(&self) -> Value {
        self.signer.jwk()
    }

    /// `jkt` (RFC 9449 §6.1).
    pub fn thumbprint(&self) -> String {
        Jwk::parse(self.jwk().as_object().unwrap()).unwrap().thumbprint()
    }

    /// Header and claims, signed.
    pub fn sign(&self, header: &Value, claims: &Value) -> String {
        self.signer.sign_as(header, claims)
    }
}

/// A proof in the making.
#[derive(Clone, Debug)]
pub struct Proof {
    header: Value,
    claims: Value,
}

impl Proof {
    /// The same with this claim, or by null without it.
    pub fn with(mut self, claim: &str, value: impl Into<Value>) -> Self {
        self.claims[claim] = value.into();
        self.claims.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        self
    }

    /// The same with this member of the header, or by null without it.
    pub fn head(mut self, member: &str, value: impl Into<Value>) -> Self {
        self.header[member] = value.into();
        self.header.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        self
    }

    pub fn beside(self, token: &str) -> Self {
        self.with("ath", sha256(token))
    }

    pub fn by(&self, key: &Key) -> String {
        key.sign(&self.header, &self.claims)
    }
}

impl Test {
    /// A proof for this request with which nothing is wrong.
    pub fn proof(&self, key: &Key, method: &str, path: &str) -> Proof {
        let claims = json!({
            "jti": format!("jti-{}", unique()), "htm": method, "htu": format!("{ISSUER}{path}"),
            "iat": self.provider.now().seconds(), "nonce": self.provider.dpop_nonce(),
        });
        Proof { header: json!({"typ": "dpop+jwt", "alg": key.algorithm, "jwk": key.jwk()}), claims }
    }

    /// The same for the token endpoint, signed.
    pub fn proven(&self, call: Call, key: &Key) -> Call {
        call.header("dpop", self.proof(key, "POST", "/oauth2/token").by(key))
    }

    /// A userinfo request with a bound token and a proof of its key.
    pub fn userinfo_call(&self, token: &str, key: &Key) -> Call {
        let proof = self.proof(key, "GET", "/oauth2/userinfo").beside(token).by(key);
        Call::get("/oauth2/userinfo").header("authorization", format!("DPoP {token}")).header("dpop", proof)
    }
}
