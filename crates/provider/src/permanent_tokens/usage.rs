//! The last use of permanent tokens, stored by background writes, so that a check never waits.

use std::net::IpAddr;

use oauth::Timestamp;

use crate::provider::Provider;
use crate::store::records::{LiveToken, TokenUse};
use crate::usage::tokens::{MAX_PER_WRITE, RECORD_EVERY};

impl Provider {
    /// Records a use, without waiting for the database; losing one in a crash is harmless.
    pub(crate) fn record_token_use(&self, token: &LiveToken, from: Option<IpAddr>, now: Timestamp) {
        let Some(id) = token.permanent_id.as_ref().filter(|_| token.last_used.is_due(now, RECORD_EVERY)) else {
            return;
        };
        self.token_usage().note(id.clone(), TokenUse { at: now, from: from.map(|address| address.to_string()) });
    }

    /// Writes the pending uses. To be called every few seconds, and before shutdown
    /// ([`Provider::flush`]).
    pub async fn write_token_usage(&self) {
        self.write_due_grant_usage().await;
        let _turn = self.token_usage().turn.lock().await;
        if self.token_usage().is_empty() {
            return;
        }
        // Held from taking the uses until they are written, so that a flush waits for them.
        let place = self.background_writes().acquire().await;
        // Without the gate of a session: these are the uses of all tokens, even if the caller is
        // signed out meanwhile.
        let all_users = self.outside_sessions();
        // In several writes, so that other writes do not wait long.
        for part in self.token_usage().take().chunks(MAX_PER_WRITE) {
            if let Err(error) = all_users.store().write_token_usage(part.to_vec()).await {
                tracing::debug!(%error, "the last use of some tokens was lost");
            }
        }
        drop(place);
    }
}
