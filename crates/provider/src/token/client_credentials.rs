//! The client credentials grant (RFC 6749 §4.4): a client acts for itself; no user, no refresh token.

use oauth::oidc::ClaimsRequest;
use oauth::problem::{Fault, Finding};
use oauth::{Client, ClientKind, Error as OAuth, Scope, TokenResponse};

use super::Holder;
use crate::error::Error;
use crate::provider::Provider;

impl Provider {
    pub(super) async fn client_credentials_grant(
        &self,
        client: &Client,
        asked: Option<Scope>,
    ) -> Result<TokenResponse, Error> {
        if client.kind == ClientKind::Public {
            let finding = Finding::new(Fault::NeedsSecret, "grant_type").sent("client_credentials");
            return Err(OAuth::unauthorized_client("A public client cannot act for itself.").found(finding).into());
        }
        let now = self.now();
        let scope = self.requested_scope(asked.as_ref(), client).await?;
        let holder = Holder {
            client_id: Some(client.id.clone()),
            user_id: None,
            grant_id: None,
            family_id: self.new_id(now),
            claims: ClaimsRequest::default(),
        };
        let (access, row) = self.new_access_token(holder, scope.clone(), now);
        self.store().insert_access_token(row).await?;
        Ok(self.token_response(&access, &scope, None))
    }
}
