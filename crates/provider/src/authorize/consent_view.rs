//! Content of the consent page.

use super::step::{Checked, UserGrant};
use oauth::Timestamp;
use oauth::oidc::offline;
use oauth::view::ConsentView;

use crate::connections::scope_view;
use crate::error::Error;
use crate::provider::Provider;

/// A client registered less than this many seconds ago is marked as new.
const NEW_CLIENT_AGE: i64 = 7 * 86_400;

/// Links and form value of the consent page.
pub(super) struct ConsentLinks {
    /// The sealed value of the consent form.
    pub sealed: String,
    /// The path to sign in as another user.
    pub switch_url: String,
}

impl Provider {
    pub(super) async fn consent_view(
        &self,
        checked: &Checked,
        held: UserGrant<'_>,
        links: ConsentLinks,
        now: Timestamp,
    ) -> Result<ConsentView, Error> {
        let UserGrant { user, grant } = held;
        let client = &checked.client;
        let registered_by = match client.owner {
            Some(owner) => self.store().find_user(owner).await?.map(|owner| owner.username),
            None => None,
        };
        let known = self.store().list_scopes().await?;
        let may = user.rights().limit(&checked.scope);
        let before = grant.map(|grant| &grant.scope);
        let scopes = checked.scope.iter().map(|name| {
            let mut view = scope_view(name, &known);
            view.new = before.is_none_or(|scope| !scope.contains(name));
            view.optional = client.optional_scope.contains(name);
            view.allowed = may.contains(name);
            view
        });
        Ok(ConsentView {
            client_name: client.name.clone(),
            client_description: client.description.clone(),
            username: user.username.clone(),
            full_name: user.full_name(),
            email: user.email.clone(),
            scopes: scopes.collect(),
            away: offline::gives_refresh_token(client, &may),
            destination: oauth::redirect_uri::destination(&checked.target.callback.redirect_uri),
            registered_by,
            registered_at: client.created_at,
            young: now.since(client.created_at) < NEW_CLIENT_AGE,
            sealed: links.sealed,
            switch_url: links.switch_url,
            public_client: client.kind == oauth::ClientKind::Public,
        })
    }
}
