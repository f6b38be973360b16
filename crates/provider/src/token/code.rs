//! The authorization code grant (RFC 6749 §4.1.3, RFC 7636 §4.6).

use super::access::TokenSubject;
use super::requested_binding::RequestedBinding;
use crate::store::records::{Authentication, NewRefreshToken};
use oauth::dpop::check_binding;
use oauth::jose::ReplayKey;
use oauth::oidc::id_token::Issuance;
use oauth::oidc::offline;
use oauth::problem::{Fault, Finding};
use oauth::{
    AuthorizationCode, Binding, Client, ClientKind, CodeExchange, Error as OAuth, Prefix, Secret, SecretHash,
    Timestamp, TokenResponse,
};

use super::access::Lifetime;
use super::id_token::Request;
use crate::error::Error;
use crate::provider::Provider;
use crate::store::session_end::SessionClient;

/// A code that passed every check, and the binding of its access token.
struct Redeemed {
    hash: SecretHash,
    code: AuthorizationCode,
    binding: Binding,
    /// The DPoP proof, spent with the code.
    proof: Option<ReplayKey>,
}

impl Provider {
    pub(super) async fn code_grant(
        &self,
        client: &Client,
        exchange: &CodeExchange,
        requested: &RequestedBinding,
    ) -> Result<TokenResponse, Error> {
        let now = self.now();
        if !oauth::secret::well_formed(Prefix::Code, &exchange.code) {
            return Err(refused("not one of our codes", Fault::Malformed).into());
        }
        let hash = SecretHash::of(&exchange.code);
        let code = self.store().find_code(&hash, now).await?;
        let code = code.ok_or_else(|| refused("no such code, or its grant has ended", Fault::Unknown))?;
        // A spent code is checked as of its lifetime, so that a late replay is detected like an
        // early one.
        let at = if code.spent { code.expires_at.plus(-1) } else { now };
        let redeemed = code.redeem(client, exchange, at).and_then(|()| check_key(&code, requested));
        if let Err(error) = redeemed {
            if code.client_id == client.id {
                self.store().count_attempt(hash, code.family_id.clone()).await?;
            }
            return Err(self.with_age(error, code.expires_at, now).into());
        }
        let resources = requested.resources.clone().narrow(&code.binding.resources)?;
        let binding = Binding { resources, key: requested.key() };
        self.spend(client, Redeemed { hash, code, binding, proof: requested.once() }, now).await
    }

    /// Adds its age to the error for an expired code.
    fn with_age(&self, mut error: OAuth, expires_at: Timestamp, now: Timestamp) -> OAuth {
        let life = self.settings().code_ttl;
        if let Some(finding) = error.finding.take() {
            let expired = finding.fault == Fault::Expired;
            let aged = if expired { finding.aged(now.since(expires_at).saturating_add(life), life) } else { *finding };
            return error.found(aged);
        }
        error
    }

    async fn spend(&self, client: &Client, redeemed: Redeemed, now: Timestamp) -> Result<TokenResponse, Error> {
        let Redeemed { hash, code, binding, proof } = redeemed;
        // Only a public client's refresh token is bound to the DPoP key: a confidential client
        // authenticates when it refreshes (RFC 9449 §5).
        let key = binding.key.clone().filter(|_| client.kind == ClientKind::Public);
        let refresh_binding = Binding { resources: code.binding.resources.clone(), key };
        let authentication =
            Authentication { auth_time: code.auth_time, session: code.session.clone(), claims: code.claims.clone() };
        let access =
            self.new_access_token(TokenSubject { proof, ..subject(&code, binding) }, code.scope.clone(), now).await?;
        let request = Request {
            client,
            user_id: code.user_id,
            scope: &code.scope,
            authentication: &authentication,
            issuance: Issuance::Code { nonce: code.nonce.as_deref() },
        };
        let id_token = self.id_token(request, &access.secret, now).await?;
        let refresh = offline::gives_refresh_token(client, &code.scope).then(|| self.new_secret(Prefix::Refresh));
        let end = now.plus(self.settings().refresh_token_ttl);
        let refresh_row = refresh.as_ref().map(|secret| NewRefreshToken {
            binding: refresh_binding,
            ..first_refresh(secret, &code, authentication.clone(), Lifetime { issued_at: now, expires_at: end })
        });
        let answer = self.token_response(&access, refresh.as_ref());
        let session = authentication.session.filter(|_| id_token.is_some());
        let session_client =
            session.map(|session| SessionClient { session, client_id: client.id.clone(), user_id: code.user_id });
        if !self.store().spend_code(hash, access.row, refresh_row, session_client).await? {
            tracing::warn!(
                client_id = client.id,
                user_id = code.user_id,
                "a spent code came back: what it had issued is revoked"
            );
            return Err(refused("spent before", Fault::Spent).into());
        }
        Ok(TokenResponse { id_token, ..answer })
    }
}

fn subject(code: &AuthorizationCode, binding: Binding) -> TokenSubject {
    TokenSubject {
        client_id: Some(code.client_id.clone()),
        user_id: Some(code.user_id),
        grant_id: Some(code.grant_id.clone()),
        family_id: code.family_id.clone(),
        claims: code.claims.clone(),
        binding,
        auth_time: Some(code.auth_time),
        by_password: false,
        seed: None,
        proof: None,
    }
}

fn first_refresh(
    secret: &Secret,
    code: &AuthorizationCode,
    authentication: Authentication,
    lifetime: Lifetime,
) -> NewRefreshToken {
    NewRefreshToken {
        hash: secret.hash(),
        client_id: code.client_id.clone(),
        user_id: code.user_id,
        grant_id: code.grant_id.clone(),
        family_id: code.family_id.clone(),
        scope: code.scope.clone(),
        authentication: Some(authentication),
        binding: Binding::default(),
        issued_at: lifetime.issued_at,
        expires_at: lifetime.expires_at,
    }
}

/// A code that is bound to a key requires a DPoP proof of that key (RFC 9449 §10).
fn check_key(code: &AuthorizationCode, requested: &RequestedBinding) -> Result<(), OAuth> {
    check_binding(code.binding.key.as_deref(), requested.proof.as_ref())
        .map_err(|reason| OAuth::invalid_grant().because(reason))
}

fn refused(reason: &str, fault: Fault) -> OAuth {
    OAuth::invalid_grant().because(reason).found(Finding::new(fault, "code"))
}
