//! Issuing access tokens: opaque, or signed for services that require it (RFC 9068).

use crate::store::records::NewAccessToken;
use oauth::access_token_jwt::AccessTokenJwt;
use oauth::jose::{ReplayKey, Typ};
use oauth::oidc::{self, ClaimsRequest};
use oauth::user::current_scope;
use oauth::{Binding, Prefix, Scope, Secret, Timestamp, TokenResponse};

use super::ACR;
use crate::error::Error;
use crate::provider::Provider;
use crate::signing::ALGORITHMS;

/// Client, user and binding of new tokens.
#[derive(Default)]
pub(super) struct TokenSubject {
    pub client_id: Option<String>,
    pub user_id: Option<i64>,
    pub grant_id: Option<String>,
    pub family_id: String,
    /// The claims requested by name for userinfo.
    pub claims: ClaimsRequest,
    pub binding: Binding,
    /// The DPoP proof of the request.
    pub proof: Option<ReplayKey>,
    /// When the user signed in; `None` without a browser sign-in.
    pub auth_time: Option<Timestamp>,
    /// Whether the token is issued for the user's password.
    pub by_password: bool,
    /// The seed that the token is derived from, so that a retry derives the same one; `None`: a
    /// random token.
    pub seed: Option<[u8; 32]>,
}

/// When a token is issued, and the first second at which it is expired.
#[derive(Clone, Copy)]
pub(super) struct Lifetime {
    pub issued_at: Timestamp,
    pub expires_at: Timestamp,
}

/// An access token in clear, and its row.
pub(super) struct IssuedToken {
    pub secret: Secret,
    pub row: NewAccessToken,
}

impl Provider {
    /// A new access token, to be stored. A signed one contains the scope that is effective now,
    /// since services verify it without introspection.
    pub(super) async fn new_access_token(
        &self,
        mut subject: TokenSubject,
        scope: Scope,
        now: Timestamp,
    ) -> Result<IssuedToken, Error> {
        let lifetime = Lifetime { issued_at: now, expires_at: now.plus(self.settings().access_token_ttl) };
        let (resources, readers) = self.services_of(subject.binding.resources).await?;
        subject.binding.resources = resources;
        let (secret, scope) = match subject.client_id.clone() {
            Some(client_id) if readers => {
                let scope = self.current_scope(&client_id, subject.user_id, &scope).await?;
                (self.signed_token(&client_id, &subject, &scope, lifetime).await?, scope)
            }
            _ => (
                subject.seed.map_or_else(|| self.new_secret(Prefix::Access), |seed| Secret::new(Prefix::Access, seed)),
                scope,
            ),
        };
        let row = NewAccessToken {
            hash: secret.hash(),
            client_id: subject.client_id,
            user_id: subject.user_id,
            grant_id: subject.grant_id,
            family_id: subject.family_id,
            scope,
            claims: subject.claims,
            binding: subject.binding,
            issued_at: now,
            expires_at: lifetime.expires_at,
            by_password: subject.by_password,
            proof: subject.proof,
        };
        Ok(IssuedToken { secret, row })
    }

    /// The scope that client and user may have now.
    async fn current_scope(&self, client_id: &str, user_id: Option<i64>, scope: &Scope) -> Result<Scope, Error> {
        let client = self.store().find_client(client_id).await?.ok_or(Error::NotFound)?;
        let rights = match user_id {
            Some(id) => Some(self.store().find_user(id).await?.ok_or(Error::NotFound)?.rights()),
            None => None,
        };
        Ok(current_scope(scope, client.scope.as_ref(), rights.as_ref()))
    }

    async fn signed_token(
        &self,
        client_id: &str,
        subject: &TokenSubject,
        scope: &Scope,
        lifetime: Lifetime,
    ) -> Result<Secret, Error> {
        let token = AccessTokenJwt {
            issuer: &self.settings().issuer,
            subject: &subject.user_id.map_or_else(|| client_id.to_owned(), oidc::subject),
            resources: &subject.binding.resources,
            client_id,
            scope,
            id: &subject.seed.map_or_else(|| self.nonce(), |seed| oauth::hex::encode(&seed[..16])),
            issued_at: lifetime.issued_at,
            expires_at: lifetime.expires_at,
            sign_in: subject.auth_time.map(|moment| (moment, Some(ACR))),
            key_thumbprint: subject.binding.key.as_deref(),
        };
        self.sign(ALGORITHMS[0], Typ::AccessToken, &token.claims()).await.map(Secret::signed)
    }

    pub(super) fn token_response(&self, access: &IssuedToken, refresh: Option<&Secret>) -> TokenResponse {
        TokenResponse {
            access_token: access.secret.expose().to_owned(),
            token_type: access.row.binding.token_type(),
            expires_in: self.settings().access_token_ttl,
            scope: access.row.scope.to_string(),
            refresh_token: refresh.map(|secret| secret.expose().to_owned()),
            id_token: None,
        }
    }
}
