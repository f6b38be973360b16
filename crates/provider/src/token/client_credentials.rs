//! The client credentials grant (RFC 6749 §4.4): the client acts for itself, without a user or a
//! refresh token.

use super::access::TokenSubject;
use super::requested_binding::RequestedBinding;
use oauth::problem::{Fault, Finding};
use oauth::{Client, ClientKind, Error as OAuth, Scope, TokenResponse};

use crate::error::Error;
use crate::provider::Provider;

impl Provider {
    pub(super) async fn client_credentials_grant(
        &self,
        client: &Client,
        asked: Option<Scope>,
        requested: &RequestedBinding,
    ) -> Result<TokenResponse, Error> {
        if client.kind == ClientKind::Public {
            let finding = Finding::new(Fault::NeedsSecret, "grant_type").sent("client_credentials");
            return Err(OAuth::unauthorized_client("A public client cannot act for itself.").found(finding).into());
        }
        let now = self.now();
        let scope = self.requested_scope(asked.as_ref(), client).await?;
        let subject = TokenSubject {
            client_id: Some(client.id.clone()),
            family_id: self.new_id(now),
            binding: requested.binding(),
            proof: requested.once(),
            ..TokenSubject::default()
        };
        let access = self.new_access_token(subject, scope, now).await?;
        let answer = self.token_response(&access, None);
        self.store().insert_access_token(access.row).await?;
        Ok(answer)
    }
}
