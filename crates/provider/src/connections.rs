//! Connected applications: what a person allowed, and how they take it back.

use oauth::Scope;
use oauth::view::{ConnectionView, ScopeView};

use crate::error::Error;
use crate::provider::Provider;
use crate::store::grants::GrantListing;
use crate::store::scopes::ScopeRow;

impl Provider {
    /// The applications that the person allowed, newest first.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    pub async fn connections(&self, user_id: i64) -> Result<Vec<ConnectionView>, Error> {
        let known = self.store().list_scopes().await?;
        let grants = self.store().list_grants(user_id).await?;
        Ok(grants.into_iter().map(|grant| view(grant, &known)).collect())
    }

    /// Takes access back: every code and token of the grant is dead from now on, and the person is asked again next time.
    ///
    /// # Errors
    /// `NotFound` when there is no such live grant of this person.
    pub async fn remove_connection(&self, user_id: i64, grant_id: &str) -> Result<(), Error> {
        let ended = self.store().revoke_own_grant(grant_id.to_owned(), user_id, self.now()).await?;
        if ended { Ok(()) } else { Err(Error::NotFound) }
    }
}

fn view(grant: GrantListing, known: &[ScopeRow]) -> ConnectionView {
    ConnectionView {
        id: grant.id,
        client_name: grant.client_name,
        owner: grant.owner,
        scopes: scope_views(&grant.scope, known),
        allowed_at: grant.granted_at,
        last_used: grant.last_used,
    }
}

fn scope_views(scope: &Scope, known: &[ScopeRow]) -> Vec<ScopeView> {
    scope.iter().map(|name| scope_view(name, known)).collect()
}

/// A scope token with the operator's sentence for it; one without a sentence is still shown.
pub(crate) fn scope_view(name: &str, known: &[ScopeRow]) -> ScopeView {
    let title = known.iter().find(|row| row.name == name).map(|row| row.title.clone()).unwrap_or_default();
    ScopeView { name: name.to_owned(), title, new: false, optional: false, allowed: true }
}
