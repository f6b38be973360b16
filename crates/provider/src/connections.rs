//! Connected applications: what a user allowed, and how the user revokes it.

use crate::store::records::ScopeRow;
use oauth::view::{ConnectionDetail, ConnectionView, ScopeView};
use oauth::{Scope, Timestamp};

use crate::error::Error;
use crate::provider::Provider;
use crate::store::grant_usage;
use crate::store::grants::GrantListing;

impl Provider {
    /// The applications that the user allowed, newest first.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    pub async fn connections(&self, user_id: i64) -> Result<Vec<ConnectionView>, Error> {
        let now = self.now();
        // Written first, so that the list includes the latest usage.
        self.write_grant_usage().await;
        let known = self.store().list_scopes().await?;
        let since = self.store().grant_usage_since().await?;
        let grants = self.store().list_grants(user_id, now).await?;
        let counted = |grant: &GrantListing| since.filter(|since| is_late(*since, grant.granted_at, now));
        Ok(grants.into_iter().map(|grant| view(counted(&grant), grant, &known)).collect())
    }

    /// One connected application with the tokens of its grant.
    ///
    /// # Errors
    /// `NotFound` when the user has no such live grant.
    pub async fn connection(&self, user_id: i64, grant_id: &str) -> Result<ConnectionDetail, Error> {
        let found = self.connections(user_id).await?.into_iter().find(|connection| connection.id == grant_id);
        let connection = found.ok_or(Error::NotFound)?;
        let used = self.store().refresh_use(grant_id, self.now()).await?;
        Ok(ConnectionDetail { connection, refresh_tokens: used.live, last_refreshed: used.last_used })
    }

    /// Revokes a grant: all its codes and tokens are inactive from now on, and the next request
    /// requires consent again. Idempotent.
    ///
    /// # Errors
    /// `NotFound` when it belongs to another user; `Unavailable` when the write failed.
    pub async fn remove_connection(&self, user_id: i64, grant_id: &str) -> Result<(), Error> {
        let own = self.store().revoke_own_grant(grant_id.to_owned(), user_id, self.now()).await?;
        if own { Ok(()) } else { Err(Error::NotFound) }
    }
}

/// Whether counting began only within the shown period (after the consent and the first kept day),
/// so that the counts are incomplete.
fn is_late(since: Timestamp, granted_at: Timestamp, now: Timestamp) -> bool {
    since > granted_at && since.seconds() > grant_usage::first_day(now)
}

fn view(counted_since: Option<Timestamp>, grant: GrantListing, known: &[ScopeRow]) -> ConnectionView {
    let (checked_at, asked_by) = grant.last_check.unzip();
    ConnectionView {
        id: grant.id,
        client_name: grant.client_name,
        owner: grant.owner,
        scopes: scope_views(&grant.scope, known),
        allowed_at: grant.granted_at,
        last_used: grant.last_used.max(checked_at),
        uses: grant.uses,
        counted_since,
        last_check: asked_by,
    }
}

fn scope_views(scope: &Scope, known: &[ScopeRow]) -> Vec<ScopeView> {
    scope.iter().map(|name| scope_view(name, known)).collect()
}

/// A scope token with the operator's description; one without a description is still shown.
pub(crate) fn scope_view(name: &str, known: &[ScopeRow]) -> ScopeView {
    let row = known.iter().find(|row| row.name == name).cloned().unwrap_or_default();
    let titles = row.texts.into_iter().map(|(language, text)| (language, text.title));
    let titles = titles.filter(|(_, title)| !title.is_empty()).collect();
    ScopeView { name: name.to_owned(), title: row.title, titles, risk: row.risk, allowed: true, ..ScopeView::default() }
}
