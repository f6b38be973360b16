//! Clients that sign assertions and request objects, with keys of each algorithm.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RSA_PSS_SHA256,
    RsaKeyPair,
};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth::jose::{Algorithm, Jwk, Material};
use oauth::registration::AuthMethod;
use oauth::{ClientKind, GrantType, Profile, Registration};
use provider::clients::NewClient;
use serde_json::{Value, json};

use super::{CHALLENGE, ISSUER, NOON, Test, TestClient, unique};

/// The type of a client assertion (RFC 7523 §2.2).
const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// The client that signs.
pub const SIGNER: TestClient =
    TestClient { id: "signer", secret: None, redirect_uri: "https://signer.example/callback" };

/// A key pair of a client.
pub struct Signer {
    pair: Pair,
    algorithm: Algorithm,
    kid: String,
}

enum Pair {
    Rsa(Box<RsaKeyPair>),
    P256(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

impl Signer {
    pub fn new(algorithm: Algorithm, kid: &str) -> Self {
        let pair = match algorithm {
            Algorithm::Rs256 | Algorithm::Ps256 => Pair::Rsa(Box::new(RsaKeyPair::generate(KeySize::Rsa2048).unwrap())),
            Algorithm::Es256 => Pair::P256(EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap()),
            Algorithm::EdDsa => Pair::Ed25519(Ed25519KeyPair::generate().unwrap()),
        };
        Self { pair, algorithm, kid: kid.to_owned() }
    }

    /// The public key, as it is published.
    pub fn jwk(&self) -> Value {
        let material = match &self.pair {
            Pair::Rsa(pair) => {
                let key = pair.public_key();
                let bytes = |number: aws_lc_rs::io::Positive<'_>| number.big_endian_without_leading_zero().to_vec();
                Material::Rsa { n: bytes(key.modulus()), e: bytes(key.exponent()) }
            }
            Pair::P256(pair) => {
                let point = pair.public_key().as_ref();
                Material::P256 { x: point[1..33].try_into().unwrap(), y: point[33..65].try_into().unwrap() }
            }
            Pair::Ed25519(pair) => Material::Ed25519 { x: pair.public_key().as_ref().try_into().unwrap() },
        };
        Jwk { kid: Some(self.kid.clone()), algorithm: Some(self.algorithm), material }.to_json()
    }

    /// The set of its one key.
    pub fn set(&self) -> Value {
        json!({"keys": [self.jwk()]})
    }

    pub fn sign(&self, claims: &Value) -> String {
        self.sign_as(&json!({"alg": self.algorithm, "kid": self.kid}), claims)
    }

    /// Signed under this header.
    pub fn sign_as(&self, header: &Value, claims: &Value) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let input = format!("{}.{}", part(header), part(claims));
        let signature = URL_SAFE_NO_PAD.encode(self.signature(input.as_bytes()));
        format!("{input}.{signature}")
    }

    fn signature(&self, input: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match &self.pair {
            Pair::Rsa(pair) => {
                let rules = if self.algorithm == Algorithm::Ps256 { &RSA_PSS_SHA256 } else { &RSA_PKCS1_SHA256 };
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(rules, &random, input, &mut signature).unwrap();
                signature
            }
            Pair::P256(pair) => pair.sign(&random, input).unwrap().as_ref().to_vec(),
            Pair::Ed25519(pair) => pair.sign(input).as_ref().to_vec(),
        }
    }
}

/// A client `signer` with an address, every grant, and this registration; how it proves itself is
/// set here.
pub async fn signer(test: &Test, registration: Registration) {
    let registration = Registration { token_endpoint_auth_method: Some(AuthMethod::PrivateKeyJwt), ..registration };
    let fapi = registration.profile == Profile::Fapi;
    let mut grants =
        vec![GrantType::AuthorizationCode, GrantType::RefreshToken, GrantType::Password, GrantType::ClientCredentials];
    grants.retain(|grant| !fapi || *grant != GrantType::Password);
    let new = NewClient {
        client_id: Some(SIGNER.id.to_owned()),
        grant_types: grants,
        first_party: true,
        id_token_algorithm: if fapi { Algorithm::Es256 } else { Algorithm::Rs256 },
        registration,
        ..NewClient::new("Signer", ClientKind::Confidential, vec![SIGNER.redirect_uri.to_owned()])
    };
    let (_, secret) = test.provider.add_client(new).await.unwrap();
    assert_eq!(secret, None);
}

/// The claims of a valid assertion of this client, with a new `jti`.
pub fn claims_of(id: &str) -> Value {
    json!({"iss": id, "sub": id, "aud": ISSUER, "jti": format!("j{}", unique()), "exp": NOON.seconds() + 60})
}

/// The claims of a valid request object of `signer`.
pub fn object() -> Value {
    json!({
        "iss": SIGNER.id, "aud": ISSUER, "client_id": SIGNER.id, "response_type": "code", "scope": "read",
        "redirect_uri": SIGNER.redirect_uri, "state": "inside", "code_challenge": CHALLENGE, "code_challenge_method": "S256",
    })
}

/// These parameters with an assertion.
pub fn assertion<'a>(pairs: &[(&'a str, &'a str)], token: &'a str) -> Vec<(&'a str, &'a str)> {
    [pairs, &[("client_assertion_type", TYPE), ("client_assertion", token)]].concat()
}
