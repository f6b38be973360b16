//! The token endpoint (RFC 6749 §3.2); each grant type has a file in `token/`.

mod access;
mod client_credentials;
mod code;
mod id_token;
mod password;
mod refresh;
mod requested_binding;

use std::net::IpAddr;

use oauth::{Client, Credentials, Error as OAuth, Params, Resources, TokenRequest, TokenResponse};

pub use self::id_token::ACR;
use self::password::PasswordCredentials;
use self::requested_binding::RequestedBinding;
use crate::clients::Endpoint;
use crate::dpop::DpopRequest;
use crate::error::Error;
use crate::provider::Provider;

impl Provider {
    /// Handles a token request. `address` is the caller's, for the rate limits of passwords and of
    /// client secrets.
    ///
    /// # Errors
    /// `OAuth` with the codes of RFC 6749 §5.2, RFC 8707 §2 and RFC 9449 §5; `Throttled` and `Busy`
    /// from the password grant.
    pub async fn token(
        &self,
        authorization: Option<&str>,
        params: &Params,
        address: IpAddr,
        dpop: &DpopRequest<'_>,
    ) -> Result<TokenResponse, Error> {
        let credentials = Credentials::parse(authorization, params)?;
        let request = TokenRequest::parse(params)?;
        let resources = Resources::parse(params)?;
        // The DPoP proof first: one without the nonce spends neither the client assertion nor the
        // code.
        let requested = RequestedBinding { resources, proof: self.check_proof(dpop, None, self.now())? };
        match request {
            TokenRequest::Password { username, password, scope } => {
                let client = self.password_client(&credentials, address).await?;
                check_possession(client.as_ref(), &requested)?;
                let credentials = PasswordCredentials { username: &username, password: &password, address };
                self.password_grant(client.as_ref(), credentials, scope, &requested).await
            }
            request => {
                let client = self.authenticate_client(&credentials, Endpoint::Token, address).await?;
                client.may(request.grant_type())?;
                check_possession(Some(&client), &requested)?;
                self.client_grant(&client, request, &requested).await
            }
        }
    }

    async fn client_grant(
        &self,
        client: &Client,
        request: TokenRequest,
        requested: &RequestedBinding,
    ) -> Result<TokenResponse, Error> {
        match request {
            TokenRequest::Code(exchange) => self.code_grant(client, &exchange, requested).await,
            TokenRequest::Refresh { token, scope } => self.refresh_grant(client, &token, scope, requested).await,
            TokenRequest::ClientCredentials { scope } => self.client_credentials_grant(client, scope, requested).await,
            TokenRequest::Password { .. } => Err(OAuth::unsupported_grant_type().into()),
        }
    }
}

/// Refuses a client that must use DPoP and does not. A replayed proof is detected by the write that
/// issues the token: a proof with an invalid code stores nothing.
fn check_possession(client: Option<&Client>, requested: &RequestedBinding) -> Result<(), Error> {
    let must = client.is_some_and(|client| client.registration.requires_dpop());
    if must && requested.proof.is_none() { Err(oauth::dpop::proof_required().into()) } else { Ok(()) }
}
