//! ID tokens: OpenID Connect Core §2, §3.1.3.6 and §12.2.

use super::userinfo::requested;
use super::{ClaimsRequest, UserClaims};
use crate::jose::left_half;
use crate::{Scope, Timestamp};
use serde_json::{Map, Value, json};

/// The sign-in. It is stored with the grant, so that refreshed ID tokens repeat it.
#[derive(Clone, Copy, Debug)]
pub struct SignIn<'a> {
    /// `sub`.
    pub subject: &'a str,
    /// `auth_time`.
    pub auth_time: Timestamp,
    /// `acr`: the class of the sign-in.
    pub acr: Option<&'a str>,
    /// `amr`: the means, such as `pwd` (RFC 8176).
    pub amr: &'a [&'a str],
    /// `sid`: the session at this server (OpenID Connect Back-Channel Logout §2.1).
    pub session: Option<&'a str>,
}

/// How the ID token is issued.
#[derive(Clone, Copy, Debug)]
pub enum Issuance<'a> {
    /// By exchanging a code.
    Code {
        /// `nonce` of the authorization request.
        nonce: Option<&'a str>,
    },
    /// By a refresh: without `nonce`, with the original `auth_time` (OpenID Connect Core §12.2).
    Refresh,
}

/// The sources of the claims about the person.
#[derive(Clone, Copy, Debug)]
pub struct ClaimSources<'a> {
    /// The known claims.
    pub user: &'a UserClaims,
    /// The requested claims.
    pub request: &'a ClaimsRequest,
    /// The granted scope.
    pub scope: &'a Scope,
    /// Whether to include the userinfo claims.
    pub all: bool,
}

/// An unsigned ID token. Its only audience is the client, so `azp` is not needed (OpenID
/// Connect Core §2).
#[derive(Clone, Copy, Debug)]
pub struct IdToken<'a> {
    /// `iss`.
    pub issuer: &'a str,
    /// `aud`.
    pub client_id: &'a str,
    /// The sign-in.
    pub sign_in: SignIn<'a>,
    /// What it comes with.
    pub issuance: Issuance<'a>,
    /// The access token, for `at_hash`.
    pub access_token: &'a str,
    /// `iat`.
    pub issued_at: Timestamp,
    /// Seconds until `exp`.
    pub lifetime: i64,
}

impl IdToken<'_> {
    /// The claims, with those requested for the ID token whose scope is granted. Claims of scopes
    /// are returned by userinfo (OpenID Connect Core §5.4), and here too if the client is
    /// registered so.
    #[must_use]
    pub fn claims(&self, about: &ClaimSources<'_>) -> Value {
        let mut claims = match about.all {
            true => super::userinfo::claims(self.sign_in.subject, about.user, about.scope, about.request),
            false => Map::new(),
        };
        claims.extend(requested(about.user, about.request.id_token(), about.scope));
        let optional = self.optional().into_iter().filter_map(|(name, value)| Some((name, value?)));
        // Protocol claims come last: they override others.
        for (name, value) in self.always().into_iter().chain(optional) {
            claims.insert(name.to_owned(), value);
        }
        Value::Object(claims)
    }

    fn always(&self) -> [(&'static str, Value); 7] {
        [
            ("iss", json!(self.issuer)),
            ("sub", json!(self.sign_in.subject)),
            ("aud", json!(self.client_id)),
            ("iat", json!(self.issued_at)),
            ("exp", json!(self.issued_at.plus(self.lifetime))),
            ("auth_time", json!(self.sign_in.auth_time)),
            ("at_hash", json!(left_half(self.access_token))),
        ]
    }

    fn optional(&self) -> [(&'static str, Option<Value>); 4] {
        let nonce = match self.issuance {
            Issuance::Code { nonce } => nonce,
            Issuance::Refresh => None,
        };
        [
            ("nonce", nonce.map(Value::from)),
            ("acr", self.sign_in.acr.map(Value::from)),
            ("amr", (!self.sign_in.amr.is_empty()).then(|| json!(self.sign_in.amr))),
            ("sid", self.sign_in.session.map(Value::from)),
        ]
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::oidc::user_claims::Account;

    fn token(issuance: Issuance<'static>, issued_at: i64) -> IdToken<'static> {
        let auth_time = Timestamp::from_seconds(900);
        let sign_in = SignIn { subject: "42", auth_time, acr: Some("1"), amr: &["pwd"], session: Some("s") };
        IdToken {
            issuer: "https://id.example",
            client_id: "printer",
            sign_in,
            issuance,
            access_token: "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y",
            issued_at: Timestamp::from_seconds(issued_at),
            lifetime: 300,
        }
    }

    fn claims(token: &IdToken<'_>, request: &str) -> Value {
        payload_with(token, request, false)
    }

    fn payload_with(token: &IdToken<'_>, request: &str, all: bool) -> Value {
        let user = UserClaims::new(Account { username: "ada", email: Some("a@b"), ..Account::default() }, &Map::new());
        let (request, scope) = (ClaimsRequest::parse(request).unwrap(), Scope::of(["openid", "email"]));
        token.claims(&ClaimSources { user: &user, request: &request, scope: &scope, all })
    }

    #[test]
    fn an_id_token_says_who_signed_in_when_and_how() {
        let expected = json!({
            "iss": "https://id.example", "sub": "42", "aud": "printer", "iat": 1000, "exp": 1300, "auth_time": 900, "nonce": "n",
            "at_hash": "77QmUPtjPfzWtF2AnpK9RQ", "acr": "1", "amr": ["pwd"], "sid": "s",
        });
        assert_eq!(claims(&token(Issuance::Code { nonce: Some("n") }, 1000), "{}"), expected);
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let mut token = token(Issuance::Code { nonce: None }, 1000);
        token.sign_in = SignIn { acr: None, amr: &[], session: None, ..token.sign_in };
        let claims = claims(&token, "{}");
        assert_eq!(claims["aud"], "printer");
        assert!(["nonce", "acr", "amr", "sid", "azp"].iter().all(|name| claims.get(name).is_none()));
    }

    #[test]
    fn a_refreshed_id_token_has_the_old_sign_in_and_no_nonce() {
        let first = claims(&token(Issuance::Code { nonce: Some("n") }, 1000), "{}");
        let later = claims(&token(Issuance::Refresh, 5000), "{}");
        assert!(["iss", "sub", "aud", "auth_time", "sid", "acr"].iter().all(|name| first[name] == later[name]));
        assert_eq!((later.get("nonce"), &later["iat"], &later["exp"]), (None, &json!(5000), &json!(5300)));
    }

    #[test]
    fn an_id_token_tells_what_userinfo_tells_where_the_client_is_registered_so() {
        let token = token(Issuance::Code { nonce: Some("n") }, 1000);
        let without = claims(&token, "{}");
        let with = payload_with(&token, r#"{"userinfo": {"preferred_username": null}}"#, true);
        assert_eq!((without.get("email"), &with["email"]), (None, &json!("a@b")));
        assert_eq!(with.get("preferred_username"), None, "the scope profile was not granted");
        let protocol = ["iss", "sub", "aud", "iat", "exp", "auth_time", "nonce", "at_hash", "sid"];
        assert!(protocol.iter().all(|name| with[name] == without[name]));
    }

    #[test]
    fn claims_come_here_only_when_they_are_asked_for_here() {
        let token = token(Issuance::Refresh, 1000);
        assert_eq!(claims(&token, r#"{"id_token": {"email": null}}"#)["email"], "a@b");
        assert!(claims(&token, r#"{"userinfo": {"email": null}}"#).get("email").is_none());
        assert!(claims(&token, r#"{"id_token": {"preferred_username": null}}"#).get("preferred_username").is_none());
        let forged = claims(&token, r#"{"id_token": {"sub": {"value": "1"}, "auth_time": {"value": 1}}}"#);
        assert_eq!((&forged["sub"], &forged["auth_time"]), (&json!("42"), &json!(900)));
    }
}
