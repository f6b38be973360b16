//! The password grant (RFC 6749 §4.3), if the operator enables it.

use super::access::TokenSubject;
use super::requested_binding::RequestedBinding;
use crate::store::records::{NewRefreshToken, User};
use std::net::IpAddr;

use oauth::oidc::offline;
use oauth::problem::{Fault, Finding};
use oauth::{
    Binding, Client, ClientKind, Credentials, Error as OAuth, GrantType, Prefix, Scope, Secret, TokenResponse,
};

use crate::clients::Endpoint;
use crate::error::Error;
use crate::provider::Provider;
use crate::settings::PasswordGrant;
use crate::sign_in::Origin;
use crate::store::grants::Allowed;
use crate::store::records::NewAccessToken;
use crate::store::refresh_tokens::Consent;

/// Credentials of a password grant (RFC 6749 §4.3.2), and the client's address.
pub(super) struct PasswordCredentials<'a> {
    pub username: &'a str,
    pub password: &'a str,
    pub address: IpAddr,
}

impl Provider {
    pub(super) async fn password_grant(
        &self,
        client: Option<&Client>,
        credentials: PasswordCredentials<'_>,
        asked: Option<Scope>,
        requested: &RequestedBinding,
    ) -> Result<TokenResponse, Error> {
        let PasswordCredentials { username, password, address } = credentials;
        let scope = match client {
            Some(client) => self.requested_scope(asked.as_ref(), client).await?,
            None => self.known_scope(asked.as_ref()).await?,
        };
        let user = self.check_password_from(username, password, origin(client, address)).await?;
        let granted = user.rights().limit(&scope);
        if granted.is_empty() && !scope.is_empty() {
            let finding = Finding::new(Fault::ScopeNotGrantable, "scope").sent(scope.to_string());
            return Err(OAuth::invalid_scope("The user may not grant any of the requested scope.")
                .found(finding)
                .into());
        }
        match client {
            Some(client) => self.token_pair(client, &user, granted, requested).await,
            None => self.access_token_only(&user, granted, requested).await,
        }
    }

    /// The client of a password grant: a first-party client, or none where the operator opened the
    /// grant (row U1).
    pub(super) async fn password_client(
        &self,
        credentials: &Credentials,
        from: IpAddr,
    ) -> Result<Option<Client>, Error> {
        let wrong = |fault| Finding::new(fault, "grant_type").sent(GrantType::Password.as_str());
        match (self.settings().password_grant, credentials) {
            (PasswordGrant::Off, _) => Err(OAuth::unsupported_grant_type().found(wrong(Fault::GrantOff)).into()),
            (PasswordGrant::Open, Credentials::None) => Ok(None),
            _ => {
                let client = self.authenticate_client(credentials, Endpoint::Token, from).await?;
                client.may(GrantType::Password)?;
                if !client.first_party {
                    return Err(OAuth::unauthorized_client("The password grant is for first-party clients.")
                        .found(wrong(Fault::FirstPartyOnly))
                        .into());
                }
                Ok(Some(client))
            }
        }
    }

    async fn access_token_only(
        &self,
        user: &User,
        scope: Scope,
        requested: &RequestedBinding,
    ) -> Result<TokenResponse, Error> {
        let now = self.now();
        let subject = TokenSubject {
            user_id: Some(user.id),
            family_id: self.new_id(now),
            binding: requested.binding(),
            by_password: true,
            proof: requested.once(),
            ..TokenSubject::default()
        };
        let access = self.new_access_token(subject, scope, now).await?;
        let answer = self.token_response(&access, None);
        self.store().insert_proven_token(access.row, user.proof()).await?;
        Ok(answer)
    }

    async fn token_pair(
        &self,
        client: &Client,
        user: &User,
        scope: Scope,
        requested: &RequestedBinding,
    ) -> Result<TokenResponse, Error> {
        let now = self.now();
        let family_id = self.new_id(now);
        let subject = TokenSubject {
            client_id: Some(client.id.clone()),
            user_id: Some(user.id),
            family_id: family_id.clone(),
            binding: requested.binding(),
            by_password: true,
            proof: requested.once(),
            ..TokenSubject::default()
        };
        let access = self.new_access_token(subject, scope.clone(), now).await?;
        let refresh = offline::gives_refresh_token(client, &scope).then(|| self.new_secret(Prefix::Refresh));
        let key = requested.key().filter(|_| client.kind == ClientKind::Public);
        let bound = Binding { key, ..requested.binding() };
        let refresh_row = refresh.as_ref().map(|secret| NewRefreshToken {
            binding: bound,
            scope: scope.clone(),
            ..self.first_refresh(secret, client, user, &access.row)
        });
        let allowed = Allowed { new_id: self.new_id(now), scope, refused: Scope::default(), seen: None };
        let consent = Consent { proof: user.proof(), client_id: client.id.clone(), allowed };
        let answer = self.token_response(&access, refresh.as_ref());
        self.store().insert_pair(access.row, refresh_row, consent).await?;
        Ok(answer)
    }

    fn first_refresh(&self, secret: &Secret, client: &Client, user: &User, access: &NewAccessToken) -> NewRefreshToken {
        NewRefreshToken {
            hash: secret.hash(),
            client_id: client.id.clone(),
            user_id: user.id,
            // The store sets the id of the grant that it finds or makes; the caller sets the scope.
            grant_id: String::new(),
            family_id: access.family_id.clone(),
            scope: Scope::default(),
            authentication: None,
            binding: Binding::default(),
            issued_at: access.issued_at,
            expires_at: access.issued_at.plus(self.settings().refresh_token_ttl),
        }
    }
}

/// Rate limits count an authenticated service by client, not by address: all of its users share its
/// address (row F2).
fn origin(client: Option<&Client>, address: IpAddr) -> Origin<'_> {
    match client.filter(|client| client.kind == ClientKind::Confidential) {
        Some(client) => Origin::Client(&client.id),
        None => Origin::Address(address),
    }
}
