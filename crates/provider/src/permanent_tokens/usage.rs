//! The last use of permanent tokens: written behind, so that a check never waits for it.

use std::net::IpAddr;

use oauth::Timestamp;

use crate::provider::Provider;
use crate::store::records::{LiveToken, TokenUse};
use crate::usage::tokens::{MAX_PER_WRITE, RECORD_EVERY};

impl Provider {
    /// Notes a use without making its caller wait; losing one in a crash is harmless.
    pub(crate) fn record_token_use(&self, token: &LiveToken, from: Option<IpAddr>, now: Timestamp) {
        let Some(id) = token.permanent_id.as_ref().filter(|_| token.last_used.is_due(now, RECORD_EVERY)) else {
            return;
        };
        self.token_usage().note(id.clone(), TokenUse { at: now, from: from.map(|address| address.to_string()) });
    }

    /// Writes down the uses that wait. To be called every few seconds, and before the server stops ([`Provider::flush`]).
    pub async fn write_token_usage(&self) {
        self.write_due_grant_usage().await;
        let _turn = self.token_usage().turn.lock().await;
        if self.token_usage().is_empty() {
            return;
        }
        // Held from before the uses are taken until they stand in the database, so that nobody takes it for settled.
        let place = self.background_writes().acquire().await;
        // Uses of all tokens, whoever asks for his own and is signed out meanwhile.
        let everybodys = self.outside_sessions();
        // In steps, so that nobody waits long for the writer.
        for part in self.token_usage().take().chunks(MAX_PER_WRITE) {
            if let Err(error) = everybodys.store().write_token_usage(part.to_vec()).await {
                tracing::debug!(%error, "the last use of some tokens was lost");
            }
        }
        drop(place);
    }
}
