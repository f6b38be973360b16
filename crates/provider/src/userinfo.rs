//! Userinfo (OpenID Connect Core §5.3): the claims about the user that an access token may read.

use crate::store::records::LiveToken;
use crate::usage::grants::CheckedBy;
use oauth::dpop::{DpopProof, check_binding, missing_proof};
use oauth::jose::Typ;
use oauth::oidc::{subject, userinfo};
use oauth::view::CheckEndpoint;
use oauth::{BearerError, Timestamp};
use serde_json::{Map, Value};

use crate::dpop::DpopRequest;
use crate::error::Error;
use crate::introspect::effective;
use crate::provider::Provider;

/// A token, by its authentication scheme.
#[derive(Clone, Copy, Debug)]
pub enum Presented<'a> {
    /// `Bearer` (RFC 6750).
    Bearer(&'a str),
    /// `DPoP`: bound to a key (RFC 9449 §7.1).
    Dpop(&'a str),
}

/// A userinfo response.
#[derive(Clone, Debug, PartialEq)]
pub enum UserInfo {
    /// As plain JSON.
    Plain(Map<String, Value>),
    /// As a signed JWT, if the client registered that (OpenID Connect Core §5.3.2).
    Signed(String),
}

impl Provider {
    /// The current claims about the user of this token.
    ///
    /// # Errors
    /// `Bearer`: `invalid_token` for a token that is not live, has no user, is for other resources,
    /// or is used without the key that it is bound to; `insufficient_scope` without `openid`.
    /// `OAuth` with the codes of RFC 9449 §7.1.
    pub async fn userinfo(&self, presented: Presented<'_>, dpop: &DpopRequest<'_>) -> Result<UserInfo, Error> {
        let now: Timestamp = self.now();
        let (token, proof) = match presented {
            Presented::Bearer(token) => (token, None),
            Presented::Dpop(token) => {
                (token, Some(self.check_proof(dpop, Some(token), now)?.ok_or_else(missing_proof)?))
            }
        };
        let token = self.live_token(token, None, now).await?.ok_or(BearerError::InvalidToken)?;
        self.check_use(&token, proof.as_ref()).await?;
        let scope = effective(&token);
        userinfo::check_scope(&scope)?;
        let user_id = token.user.as_ref().ok_or(BearerError::InvalidToken)?.id;
        let user = self.store().find_user(user_id).await?.filter(|user| !user.disabled);
        let user = user.ok_or(BearerError::InvalidToken)?;
        self.count_check(&token, &CheckedBy::Holder(CheckEndpoint::Userinfo), now);
        let request = token.claims.clone().unwrap_or_default();
        let claims = userinfo::claims(&subject(user.id), &user.standard_claims(), &scope, &request);
        self.in_form(claims, token.client_id.as_deref()).await
    }

    /// Whether the token may be used here: it is intended for this server, and a bound token is
    /// sent under the scheme and with the proof of its key.
    async fn check_use(&self, token: &LiveToken, proof: Option<&DpopProof>) -> Result<(), Error> {
        let key = token.binding.key.as_deref();
        check_binding(key, proof).map_err(|_| BearerError::InvalidToken)?;
        if key.is_some() != proof.is_some() || !self.is_for_us(token) {
            return Err(BearerError::InvalidToken.into());
        }
        match proof {
            Some(proof) => self.spend_proof(proof).await,
            None => Ok(()),
        }
    }

    async fn in_form(&self, claims: Map<String, Value>, client_id: Option<&str>) -> Result<UserInfo, Error> {
        let client = match client_id {
            Some(id) => self.store().find_client(id).await?,
            None => None,
        };
        let signed = client.and_then(|client| Some((client.registration.userinfo_signed_response_alg?, client.id)));
        let Some((algorithm, client_id)) = signed else { return Ok(UserInfo::Plain(claims)) };
        let claims = userinfo::signed(claims, &self.settings().issuer, &client_id);
        self.sign(algorithm, Typ::Jwt, &claims).await.map(UserInfo::Signed)
    }
}
