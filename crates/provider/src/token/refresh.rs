//! The refresh token grant with rotation (RFC 6749 §6, RFC 9700 §4.14.2).
//!
//! Successor and access token are derived from the predecessor under the server's key. A client
//! that lost the response gets the same response on a retry within some seconds, although the
//! database stores only hashes.

use super::access::TokenSubject;
use super::requested_binding::RequestedBinding;
use crate::store::records::{NewRefreshToken, RefreshToken};
use oauth::dpop::check_binding;
use oauth::jose::ReplayKey;
use oauth::oidc::OPENID;
use oauth::oidc::id_token::Issuance;
use oauth::problem::{Fault, Finding};
use oauth::{Binding, Client, Error as OAuth, Prefix, Scope, Secret, SecretHash, Timestamp, TokenResponse};

use super::access::IssuedToken;
use super::id_token::Request;
use crate::error::Error;
use crate::provider::Provider;
use crate::store::refresh_tokens::Rotated;

impl Provider {
    pub(super) async fn refresh_grant(
        &self,
        client: &Client,
        value: &str,
        asked: Option<Scope>,
        requested: &RequestedBinding,
    ) -> Result<TokenResponse, Error> {
        let now = self.now();
        if !oauth::secret::well_formed(Prefix::Refresh, value) {
            return Err(refused("not one of our refresh tokens", Fault::Malformed).into());
        }
        let hash = SecretHash::of(value);
        let token = self.store().find_refresh_token(&hash).await?;
        let token = token.ok_or_else(|| refused("no such refresh token, or its grant has ended", Fault::Unknown))?;
        check(&token, client, now)?;
        check_binding(token.binding.key.as_deref(), requested.proof.as_ref())
            .map_err(|reason| OAuth::invalid_grant().because(reason))?;
        let asked = self.recheck_scope(&token, asked).await?;
        let scope = narrowed(&token, asked)?;
        let resources = requested.resources.clone().narrow(&token.binding.resources)?;
        let binding = Binding { resources, key: requested.key() };
        let refresh = Refresh { client, hash, value, token: &token, scope, binding, proof: requested.once() };
        let (rotated, answer) = self.rotate(&refresh, now, now).await?;
        let (rotated, answer) = match rotated {
            Rotated::Before(first_use) => self.rotate(&refresh, first_use, now).await?,
            done => (done, answer),
        };
        rotation_error(rotated, &token).map_or(Ok(answer), |error| Err(error.into()))
    }

    /// Ignores unknown scope tokens next to `openid`, as the authorization request does: clients
    /// repeat the scope that they requested.
    async fn recheck_scope(&self, token: &RefreshToken, asked: Option<Scope>) -> Result<Option<Scope>, Error> {
        match asked {
            Some(asked) if asked.contains(OPENID) && !token.scope.covers(&asked) => {
                Ok(Some(self.known_scope(Some(&asked)).await?))
            }
            asked => Ok(asked),
        }
    }

    /// Rotates; the response is that of a first use at `used_at`, so that a retry gets the same
    /// tokens.
    async fn rotate(
        &self,
        refresh: &Refresh<'_>,
        used_at: Timestamp,
        now: Timestamp,
    ) -> Result<(Rotated, TokenResponse), Error> {
        let token = refresh.token;
        let successor = Secret::new(Prefix::Refresh, self.key().mac("refresh token", &[refresh.value.as_bytes()]));
        let access = self.new_access_token(self.subject(refresh), refresh.scope.clone(), used_at).await?;
        let id_token = self.refreshed_id_token(refresh.client, token, &access, used_at).await?;
        let expires_in = access.row.expires_at.since(now).max(0);
        let answer = TokenResponse { id_token, expires_in, ..self.token_response(&access, Some(&successor)) };
        let next = next(token, &successor, used_at);
        Ok((self.store().rotate(refresh.hash.clone(), next, access.row, now).await?, answer))
    }

    /// The seed covers everything that limits the access token: a retry with another scope,
    /// resource or key derives another token, of which the store allows only a few.
    fn subject(&self, refresh: &Refresh<'_>) -> TokenSubject {
        let (scope, resources) = (refresh.scope.to_string(), refresh.binding.resources.to_stored().unwrap_or_default());
        let key = refresh.binding.key.as_deref().unwrap_or_default();
        let parts = [refresh.value.as_bytes(), scope.as_bytes(), resources.as_bytes(), key.as_bytes()];
        let seed = self.key().mac("access token of a refresh", &parts);
        TokenSubject {
            seed: Some(seed),
            proof: refresh.proof.clone(),
            ..subject(refresh.token, refresh.binding.clone())
        }
    }

    /// A new ID token for the same sign-in (OpenID Connect Core §12.2).
    async fn refreshed_id_token(
        &self,
        client: &Client,
        token: &RefreshToken,
        access: &IssuedToken,
        now: Timestamp,
    ) -> Result<Option<String>, Error> {
        let Some(authentication) = &token.authentication else { return Ok(None) };
        let (user_id, scope, issuance) = (token.user_id, &access.row.scope, Issuance::Refresh);
        self.id_token(Request { client, user_id, scope, authentication, issuance }, &access.secret, now).await
    }
}

/// A validated refresh.
struct Refresh<'a> {
    client: &'a Client,
    hash: SecretHash,
    value: &'a str,
    token: &'a RefreshToken,
    /// The scope of the access token.
    scope: Scope,
    /// The binding of the access token.
    binding: Binding,
    /// The DPoP proof of the key.
    proof: Option<ReplayKey>,
}

/// The error of a failed rotation.
fn rotation_error(rotated: Rotated, token: &RefreshToken) -> Option<OAuth> {
    match rotated {
        Rotated::Yes => None,
        Rotated::Dead => Some(refused("revoked", Fault::Revoked)),
        Rotated::Before(_) => Some(refused("retried with other wishes too often", Fault::Spent)),
        Rotated::Theft(reason) => {
            let (client_id, user_id) = (&token.client_id, token.user_id);
            tracing::warn!(client_id, user_id, reason, "a rotated refresh token came back: its grant is ended");
            Some(refused(reason, Fault::Spent))
        }
    }
}

fn subject(token: &RefreshToken, binding: Binding) -> TokenSubject {
    let sign_in = token.authentication.as_ref();
    TokenSubject {
        client_id: Some(token.client_id.clone()),
        user_id: Some(token.user_id),
        grant_id: Some(token.grant_id.clone()),
        family_id: token.family_id.clone(),
        claims: sign_in.map(|sign_in| sign_in.claims.clone()).unwrap_or_default(),
        binding,
        auth_time: sign_in.map(|sign_in| sign_in.auth_time),
        // A browser sign-in is stored with the token family; the password grant stores none.
        by_password: sign_in.is_none(),
        seed: None,
        proof: None,
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

/// The requested scope: it may be narrower than the granted one, never wider (RFC 6749 §6).
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

/// The successor keeps the whole scope, even if this access token has a narrower one, and the
/// family's expiry.
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
