//! Test fixtures shared by several modules.

use crate::jose::Algorithm;
use crate::{Client, ClientKind, GrantType, Params, Registration, Scope, Timestamp};

pub(crate) const ISSUER: &str = "https://id.example";
/// RFC 7636 appendix B.
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
/// RFC 7636 appendix B.
pub(crate) const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// A confidential client that may do everything and need not use PKCE.
pub(crate) fn client(redirect_uris: &[&str]) -> Client {
    Client {
        id: "printer".into(),
        name: "Photo Printer".into(),
        description: String::new(),
        kind: ClientKind::Confidential,
        first_party: false,
        trusted: false,
        require_pkce: false,
        pkce: None,
        grant_types: vec![GrantType::AuthorizationCode, GrantType::RefreshToken],
        scope: None,
        redirect_uris: redirect_uris.iter().map(|uri| (*uri).to_owned()).collect(),
        post_logout_redirect_uris: Vec::new(),
        optional_scope: Scope::default(),
        id_token_algorithm: Algorithm::Rs256,
        id_token_claims: false,
        registration: Registration::default(),
        owner: None,
        created_at: Timestamp::from_seconds(0),
        disabled: false,
        version: 1,
    }
}

/// The parameters of a query string that is known to be good.
pub(crate) fn query(text: &str) -> Params {
    Params::parse(text.as_bytes()).unwrap_or_default()
}
