//! The token endpoint's use case (RFC 6749 §3.2): one file for each grant.

mod client_credentials;
mod code;
mod id_token;
mod password;
mod refresh;

use std::net::IpAddr;

use oauth::oidc::ClaimsRequest;
use oauth::{
    Client, Credentials, Error as OAuth, Params, Prefix, Scope, Secret, Timestamp, TokenRequest, TokenResponse,
};

pub use self::id_token::ACR;
use crate::clients::Endpoint;
use crate::error::Error;
use crate::provider::Provider;
use crate::store::access_tokens::NewAccessToken;

/// Whom new tokens belong to.
struct Holder {
    client_id: Option<String>,
    user_id: Option<i64>,
    grant_id: Option<String>,
    family_id: String,
    /// The claims that userinfo is asked for by name.
    claims: ClaimsRequest,
}

impl Provider {
    /// Answers a token request. `address` is the caller's, for the throttle of the password grant.
    ///
    /// # Errors
    /// `OAuth` with the codes of RFC 6749 §5.2; `Throttled` and `Busy` from the password grant.
    pub async fn token(
        &self,
        authorization: Option<&str>,
        params: &Params,
        address: IpAddr,
    ) -> Result<TokenResponse, Error> {
        let credentials = Credentials::parse(authorization, params)?;
        match TokenRequest::parse(params)? {
            TokenRequest::Password { username, password, scope } => {
                self.password_grant(&credentials, (&username, &password), scope, address).await
            }
            request => {
                let client = self.authenticate_client(&credentials, Endpoint::Token).await?;
                client.may(request.grant_type())?;
                self.client_grant(&client, request).await
            }
        }
    }

    async fn client_grant(&self, client: &Client, request: TokenRequest) -> Result<TokenResponse, Error> {
        match request {
            TokenRequest::Code(exchange) => self.code_grant(client, &exchange).await,
            TokenRequest::Refresh { token, scope } => self.refresh_grant(client, &token, scope).await,
            TokenRequest::ClientCredentials { scope } => self.client_credentials_grant(client, scope).await,
            TokenRequest::Password { .. } => Err(OAuth::unsupported_grant_type().into()),
        }
    }

    /// A new access token and its row.
    fn new_access_token(&self, holder: Holder, scope: Scope, now: Timestamp) -> (Secret, NewAccessToken) {
        let secret = self.new_secret(Prefix::Access);
        let row = NewAccessToken {
            hash: secret.hash(),
            client_id: holder.client_id,
            user_id: holder.user_id,
            grant_id: holder.grant_id,
            family_id: holder.family_id,
            scope,
            claims: holder.claims,
            issued_at: now,
            expires_at: now.plus(self.settings().access_token_ttl),
        };
        (secret, row)
    }

    fn token_response(&self, access: &Secret, scope: &Scope, refresh: Option<&Secret>) -> TokenResponse {
        TokenResponse {
            access_token: access.expose().to_owned(),
            token_type: "Bearer",
            expires_in: self.settings().access_token_ttl,
            scope: scope.to_string(),
            refresh_token: refresh.map(|secret| secret.expose().to_owned()),
            id_token: None,
        }
    }
}
