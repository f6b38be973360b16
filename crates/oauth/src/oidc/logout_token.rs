//! Logout tokens: OpenID Connect Back-Channel Logout §2.4.

use crate::Timestamp;
use serde_json::{Value, json};

/// The lifetime in seconds: OpenID Connect Back-Channel Logout §4 recommends at most two minutes.
pub const LIFETIME: i64 = 120;
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// A logout token before it is signed with `typ` `logout+jwt`.
#[derive(Clone, Copy, Debug)]
pub struct LogoutToken<'a> {
    /// `iss`.
    pub issuer: &'a str,
    /// `aud`: the notified client.
    pub client_id: &'a str,
    /// `sub`: who signed out.
    pub subject: &'a str,
    /// `sid`: of which session, the same as in the ID token; `None`: of all of them.
    pub session: Option<&'a str>,
    /// `jti`: random.
    pub id: &'a str,
    /// `iat`.
    pub issued_at: Timestamp,
}

impl LogoutToken<'_> {
    /// The claims. No `nonce`, so that it is not a valid ID token.
    #[must_use]
    pub fn claims(&self) -> Value {
        let mut claims = json!({
            "iss": self.issuer,
            "aud": self.client_id,
            "sub": self.subject,
            "iat": self.issued_at,
            "exp": self.issued_at.plus(LIFETIME),
            "jti": self.id,
            "events": {EVENT: {}},
        });
        if let Some(session) = self.session {
            claims["sid"] = json!(session);
        }
        claims
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logout_token_names_the_session_and_has_no_nonce() {
        let token = LogoutToken {
            issuer: "https://id.example",
            client_id: "printer",
            subject: "42",
            session: Some("s"),
            id: "j",
            issued_at: Timestamp::from_seconds(1000),
        };
        let expected = json!({
            "iss": "https://id.example", "aud": "printer", "sub": "42", "sid": "s", "jti": "j", "iat": 1000, "exp": 1120,
            "events": {"http://schemas.openid.net/event/backchannel-logout": {}},
        });
        assert_eq!(token.claims(), expected);
        assert!(LogoutToken { session: None, ..token }.claims().get("sid").is_none());
    }
}
