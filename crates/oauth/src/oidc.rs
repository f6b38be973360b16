//! OpenID Connect Core, RP-Initiated Logout and Back-Channel Logout.
//!
//! [`authentication`] parses the request. [`claims`] are the standard claims, [`claims_request`]
//! the requested ones, [`user_claims`] the known ones; [`id_token`] and [`userinfo`] return them.
//! [`id_token_hint`] and [`end_session`] read ID tokens that come back, [`logout_token`] notifies
//! clients, [`offline`] decides about refresh tokens.

pub mod authentication;
pub mod claims;
pub mod claims_request;
pub mod end_session;
pub mod id_token;
pub mod id_token_hint;
pub mod logout_token;
pub mod offline;
pub mod user_claims;
pub mod userinfo;

pub use authentication::AuthenticationRequest;
pub use claims_request::ClaimsRequest;
pub use id_token::IdToken;
pub use id_token_hint::IdTokenHint;
pub use user_claims::UserClaims;

use crate::{Error, Params};

/// The longest text of a parameter, in bytes.
const MAX_TEXT: usize = 2048;

/// The scope of OpenID Connect requests: OpenID Connect Core §3.1.2.1.
pub const OPENID: &str = "openid";
/// The scope that asks for a refresh token: OpenID Connect Core §11.
pub const OFFLINE_ACCESS: &str = "offline_access";
/// The scopes of OpenID Connect: OpenID Connect Core §5.4 and §11.
pub const SCOPES: [&str; 6] = [OPENID, "profile", "email", "address", "phone", OFFLINE_ACCESS];

/// `sub` of a user: their id, never reassigned (OpenID Connect Core §8, public subjects).
#[must_use]
pub fn subject(user_id: i64) -> String {
    user_id.to_string()
}

/// A stored parameter, bounded in length.
fn bounded(params: &Params, name: &'static str) -> Result<Option<String>, Error> {
    match params.get(name)? {
        Some(value) if value.len() > MAX_TEXT => Err(Error::invalid_request("A parameter is too long").because(name)),
        value => Ok(value.map(str::to_owned)),
    }
}
