//! OpenID Connect: Core 1.0, RP-Initiated Logout 1.0, Back-Channel Logout 1.0.
//!
//! [`claims`] and [`claims_request`] say what a claim is and which are asked for; [`user_claims`] has what is known of a
//! person; [`id_token`] and [`userinfo`] say it to the client. [`hint`] and [`end_session`] read ID tokens that come back,
//! [`logout_token`] tells clients that a session has ended, [`offline`] decides who gets a refresh token.

pub mod claims;
pub mod claims_request;
pub mod end_session;
pub mod hint;
pub mod id_token;
pub mod logout_token;
pub mod offline;
pub mod user_claims;
pub mod userinfo;

pub use claims_request::ClaimsRequest;
pub use hint::Hint;
pub use id_token::IdToken;
pub use user_claims::UserClaims;

/// The scope that makes a request one of OpenID Connect: Core 3.1.2.1.
pub const OPENID: &str = "openid";
/// The scope that asks for a refresh token: Core 11.
pub const OFFLINE_ACCESS: &str = "offline_access";
/// The scopes of OpenID Connect: Core 5.4 and 11.
pub const SCOPES: [&str; 6] = [OPENID, "profile", "email", "address", "phone", OFFLINE_ACCESS];

/// `sub` of a user: a number that is never given to another (Core 8, public subjects).
#[must_use]
pub fn subject(user_id: i64) -> String {
    user_id.to_string()
}
