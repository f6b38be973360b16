//! Token checks: introspection (RFC 7662) and tokeninfo (row F1).
//!
//! The effective scope of a token is its scope ∩ the client's scope ∩ the user's rights, as of now.

use crate::store::records::LiveToken;
use crate::usage::grants::CheckedBy;
use std::net::IpAddr;
use std::sync::Arc;

use oauth::introspection::Confirmation;
use oauth::problem::{Fault, Finding};
use oauth::user::current_scope;
use oauth::view::CheckEndpoint;
use oauth::{
    BearerError, ClientKind, Credentials, Error as OAuth, ErrorCode, Introspection, Prefix, Scope, SecretHash,
    Timestamp, TokenInfo, access_token_jwt,
};

use crate::clients::Endpoint;
use crate::error::Error;
use crate::provider::Provider;

/// Who sends an introspection request.
#[derive(Debug)]
pub enum Caller<'a> {
    /// A client with client credentials.
    Client(&'a Credentials),
    /// A holder of a bearer token.
    Bearer(&'a str),
}

impl Provider {
    /// Introspects a token for an authorized caller; returns the JSON of [`Introspection`], which
    /// is cached with the token. Unknown, expired, revoked and disabled tokens are all "inactive".
    ///
    /// # Errors
    /// `OAuth(invalid_client)` or `Bearer` when the caller may not ask (RFC 7662 §2.1).
    pub async fn introspect(&self, caller: Caller<'_>, token: &str, from: IpAddr) -> Result<Arc<str>, Error> {
        let now = self.now();
        let checked_by = self.may_introspect(caller, from, now).await?;
        let Some(token) = self.live_token(token, Some(from), now).await? else {
            return json(&Introspection::inactive());
        };
        self.count_check(&token, &checked_by, now);
        if let Some(answer) = token.answer.get() {
            return Ok(answer.clone());
        }
        let answer = json(&self.introspection(&token))?;
        Ok(token.answer.get_or_init(|| answer).clone())
    }

    async fn may_introspect(&self, caller: Caller<'_>, from: IpAddr, now: Timestamp) -> Result<CheckedBy, Error> {
        match caller {
            Caller::Client(credentials) => {
                let known = self.authenticated(credentials, Endpoint::Introspection, from).await?;
                if known.client.kind == ClientKind::Public {
                    let finding = Finding::new(Fault::NeedsSecret, "client_id").sent(credentials.method());
                    return Err(OAuth::invalid_client()
                        .because("a public client may not introspect")
                        .found(finding)
                        .into());
                }
                Ok(CheckedBy::Client(known))
            }
            Caller::Bearer(token) => {
                let token = self.live_token(token, None, now).await?.ok_or(BearerError::InvalidToken)?;
                if token.binding.key.is_some() || !self.is_for_us(&token) {
                    return Err(BearerError::InvalidToken.into());
                }
                if effective(&token).contains(oauth::scope::INTROSPECT) {
                    return Ok(CheckedBy::Token(token));
                }
                Err(BearerError::InsufficientScope(Scope::of([oauth::scope::INTROSPECT.to_owned()])).into())
            }
        }
    }

    fn introspection(&self, token: &LiveToken) -> Introspection {
        let scope = effective(token);
        let subject = token.user.as_ref().map(|user| user.id.to_string()).or_else(|| token.client_id.clone());
        Introspection {
            active: true,
            scope: Some(scope.to_string()),
            client_id: token.client_id.clone(),
            username: token.user.as_ref().map(|user| user.username.clone()),
            token_type: Some(token.binding.token_type()),
            exp: token.expires_at.map(Timestamp::seconds),
            iat: Some(token.issued_at.seconds()),
            sub: subject,
            aud: token.binding.resources.audience(),
            iss: Some(self.settings().issuer.clone()),
            cnf: token.binding.key.clone().map(|jkt| Confirmation { jkt }),
            access: token.user.as_ref().map(|user| user.rights.access),
        }
    }

    /// Whether the token may be used at this server as a resource: at userinfo, and to introspect.
    /// A token for other resources only is refused: otherwise any of them could use it here
    /// (RFC 8707 §1).
    pub(crate) fn is_for_us(&self, token: &LiveToken) -> bool {
        let (resources, issuer) = (&token.binding.resources, self.settings().issuer.as_str());
        if resources.is_empty() {
            return true;
        }
        let userinfo = ["oauth2/userinfo", "oauth2/userinfo/", "oauth/userinfo", "oauth/userinfo/"];
        resources.contains(issuer) || userinfo.iter().any(|path| resources.contains(&format!("{issuer}/{path}")))
    }

    /// Describes a token to its holder (row F1). A token that is bound to a key is refused: the
    /// request proves no possession, so a service without introspection would accept a stolen token
    /// (RFC 9449 §7.2). Introspection returns the key.
    ///
    /// # Errors
    /// `OAuth(invalid_token)` when the token is not active, for any reason.
    pub async fn tokeninfo(&self, token: &str, from: IpAddr) -> Result<TokenInfo, Error> {
        let now = self.now();
        let found = self.live_token(token, Some(from), now).await?;
        let token = found.filter(|token| token.binding.key.is_none());
        let token = token.ok_or_else(|| OAuth::new(ErrorCode::InvalidToken, "The token is not valid."))?;
        self.count_check(&token, &CheckedBy::Holder(CheckEndpoint::Tokeninfo), now);
        let scope = effective(&token);
        Ok(TokenInfo {
            id: token.user.as_ref().map(|user| user.id),
            scope: scope.iter().map(str::to_owned).collect(),
            username: token.user.as_ref().map(|user| user.username.clone()),
            client_id: token.client_id.clone(),
            access: token.user.as_ref().map(|user| user.rights.access),
            aud: token.binding.resources.audience(),
            expires_in: token.expires_at.map(|end| end.since(now)),
        })
    }

    /// Whether the next check of this token is a cache hit: for tests and measurements.
    #[must_use]
    pub fn is_cached(&self, token: &str) -> bool {
        self.store().caches().tokens.get(&SecretHash::of(token)).is_some()
    }

    /// The live access or permanent token with this value. Its prefix, or `typ` if it is signed,
    /// selects the table, and a value with a wrong checksum never reaches the database.
    pub(crate) async fn live_token(
        &self,
        value: &str,
        from: Option<IpAddr>,
        now: Timestamp,
    ) -> Result<Option<Arc<LiveToken>>, Error> {
        let hash = SecretHash::of(value);
        if oauth::secret::well_formed(Prefix::Access, value) || access_token_jwt::is_like(value) {
            return self.store().find_live_access_token(&hash, now).await;
        }
        if !oauth::secret::well_formed(Prefix::Permanent, value) {
            return Ok(None);
        }
        let found = self.store().find_live_permanent_token(&hash).await?;
        if let Some(token) = &found {
            self.record_token_use(token, from, now);
        }
        Ok(found)
    }
}

fn json(answer: &Introspection) -> Result<Arc<str>, Error> {
    serde_json::to_string(answer).map(Arc::from).map_err(|error| Error::Internal(format!("introspection: {error}")))
}

/// The effective scope of the token now.
pub(crate) fn effective(token: &LiveToken) -> Scope {
    let rights = token.user.as_ref().map(|user| &user.rights);
    current_scope(&token.scope, token.client_scope.as_ref(), rights)
}
