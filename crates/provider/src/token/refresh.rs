//! The refresh token grant with rotation (RFC 6749 §6, RFC 9700 §4.14.2).
//!
//! A successor is derived from its predecessor under the server's key. So an honest client whose answer was lost gets the
//! same successor again, although the database knows only hashes.

use oauth::dpop::check_binding;
use oauth::oidc::id_token::Occasion;
use oauth::problem::{Fault, Finding};
use oauth::{Binding, Client, Error as OAuth, Prefix, Scope, Secret, SecretHash, Timestamp, TokenResponse};

use super::access::Issued;
use super::id_token::Request;
use super::{Holder, Wanted};
use crate::error::Error;
use crate::provider::Provider;
use crate::store::refresh_tokens::{NewRefreshToken, RefreshToken, Rotated};

impl Provider {
    pub(super) async fn refresh_grant(
        &self,
        client: &Client,
        value: &str,
        asked: Option<Scope>,
        wanted: &Wanted,
    ) -> Result<TokenResponse, Error> {
        let now = self.now();
        if !oauth::secret::well_formed(Prefix::Refresh, value) {
            return Err(refused("not one of our refresh tokens", Fault::Malformed).into());
        }
        let hash = SecretHash::of(value);
        let token = self.store().find_refresh_token(&hash).await?;
        let token = token.ok_or_else(|| refused("no such refresh token, or its grant has ended", Fault::Unknown))?;
        check(&token, client, now)?;
        check_binding(token.binding.key.as_deref(), wanted.proof.as_ref())
            .map_err(|reason| OAuth::invalid_grant().because(reason))?;
        let scope = narrowed(&token, asked)?;
        let resources = wanted.resources.clone().narrow(&token.binding.resources)?;
        let holder = holder(&token, Binding { resources, key: wanted.key() });
        let access = self.new_access_token(holder, scope, now).await?;
        self.rotate((hash, value), &token, access, (client, now)).await
    }

    async fn rotate(
        &self,
        (spent, value): (SecretHash, &str),
        token: &RefreshToken,
        access: Issued,
        (client, now): (&Client, Timestamp),
    ) -> Result<TokenResponse, Error> {
        let successor = Secret::new(Prefix::Refresh, self.key().mac("refresh token", &[value.as_bytes()]));
        let id_token = self.refreshed_id_token(client, token, &access, now).await?;
        let answer = self.token_response(&access, Some(&successor));
        match self.store().rotate(spent, next(token, &successor, now), access.row).await? {
            Rotated::Yes => Ok(TokenResponse { id_token, ..answer }),
            Rotated::Dead => Err(refused("revoked", Fault::Revoked).into()),
            Rotated::Theft => {
                tracing::warn!(
                    client_id = token.client_id,
                    user_id = token.user_id,
                    "a rotated refresh token came back: its grant is ended"
                );
                Err(refused("rotated before, and its successor was used", Fault::Spent).into())
            }
        }
    }

    /// The ID token again, of the same sign-in (OpenID Connect Core §12.2).
    async fn refreshed_id_token(
        &self,
        client: &Client,
        token: &RefreshToken,
        access: &Issued,
        now: Timestamp,
    ) -> Result<Option<String>, Error> {
        let Some(authentication) = &token.authentication else { return Ok(None) };
        let (user_id, scope, occasion) = (token.user_id, &access.row.scope, Occasion::Refresh);
        self.id_token(Request { client, user_id, scope, authentication, occasion }, &access.secret, now).await
    }
}

fn holder(token: &RefreshToken, binding: Binding) -> Holder {
    let sign_in = token.authentication.as_ref();
    Holder {
        client_id: Some(token.client_id.clone()),
        user_id: Some(token.user_id),
        grant_id: Some(token.grant_id.clone()),
        family_id: token.family_id.clone(),
        claims: sign_in.map(|sign_in| sign_in.claims.clone()).unwrap_or_default(),
        binding,
        auth_time: sign_in.map(|sign_in| sign_in.auth_time),
    }
}

fn refused(reason: &str, fault: Fault) -> OAuth {
    OAuth::invalid_grant().because(reason).found(Finding::new(fault, "refresh_token"))
}

fn check(token: &RefreshToken, client: &Client, now: Timestamp) -> Result<(), OAuth> {
    let checks = [
        (token.client_id == client.id, "issued to another client", Fault::OtherClient),
        (!token.revoked, "revoked", Fault::Revoked),
        (now < token.expires_at, "expired", Fault::Expired),
    ];
    match checks.iter().find(|(held, ..)| !held) {
        Some((_, reason, fault)) => Err(refused(reason, *fault)),
        None => Ok(()),
    }
}

/// The scope asked for, which may be less than was granted and never more (RFC 6749 §6).
fn narrowed(token: &RefreshToken, asked: Option<Scope>) -> Result<Scope, OAuth> {
    match asked {
        None => Ok(token.scope.clone()),
        Some(asked) if token.scope.covers(&asked) => Ok(asked),
        Some(asked) => {
            let beyond = asked.minus(&token.scope).to_string();
            let finding = Finding::new(Fault::ScopeWider, "scope").sent(beyond).expected(token.scope.to_string());
            Err(OAuth::invalid_scope("The scope is wider than what was granted.").found(finding))
        }
    }
}

/// The successor keeps the whole scope, whatever this access token was narrowed to, and the chain's end.
fn next(token: &RefreshToken, successor: &Secret, now: Timestamp) -> NewRefreshToken {
    NewRefreshToken {
        hash: successor.hash(),
        client_id: token.client_id.clone(),
        user_id: token.user_id,
        grant_id: token.grant_id.clone(),
        family_id: token.family_id.clone(),
        scope: token.scope.clone(),
        authentication: token.authentication.clone(),
        binding: token.binding.clone(),
        issued_at: now,
        expires_at: token.expires_at,
    }
}
