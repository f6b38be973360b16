//! What the workloads are run against: the same requests, at each server's own addresses.

use base64::Engine;

/// The client, which may do everything that is measured.
pub const CLIENT: &str = "bench";
/// Its secret.
pub const SECRET: &str = "a secret of the benchmark alone, long enough";
/// Where its answers go; nobody listens there.
pub const CALLBACK: &str = "https://bench.example/callback";
/// The person.
pub const USER: &str = "ada";
/// Her password.
pub const PASSWORD: &str = "correct horse battery staple";
/// RFC 7636 appendix B.
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
/// RFC 7636 appendix B.
pub const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// A server that is ready for every workload.
#[derive(Clone)]
pub struct Target {
    /// `host:port`.
    pub address: String,
    /// Path of the token endpoint.
    pub token: &'static str,
    /// Path of the introspection endpoint.
    pub introspect: &'static str,
    /// The whole authorization request.
    pub authorize: String,
    /// The request of its sign-in page.
    pub sign_in: Vec<u8>,
    /// The cookies of a person who has signed in and allowed everything.
    pub cookie: String,
    /// The verifier of the challenge in `authorize`.
    pub verifier: Option<&'static str>,
    /// Whether it may lose a refresh token that it issued, as a cache of a thousand entries does: the chain then begins anew.
    pub evicts: bool,
}

/// The client's credentials as a header.
pub fn basic() -> String {
    let credentials = format!("{}:{}", crate::http::encode(CLIENT), crate::http::encode(SECRET));
    format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(credentials))
}
