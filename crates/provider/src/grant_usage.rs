//! Counts checks of tokens by grant: written behind, so that a check never waits for it.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use oauth::Timestamp;

use crate::provider::Provider;
use crate::store::records::{GrantUse, LiveToken};
use crate::usage::grants::{CheckedBy, MAX_FAILURES, MAX_PER_WRITE};

impl Provider {
    /// Counts a check of a token, without making its caller wait.
    pub(crate) fn count_check(&self, token: &LiveToken, checked_by: &CheckedBy, now: Timestamp) {
        if let Some(grant) = &token.grant_id {
            self.grant_usage().note(grant, checked_by, now);
        }
    }

    /// Writes down the counts where they have waited for long, or are many.
    pub(crate) async fn write_due_grant_usage(&self) {
        if self.grant_usage().are_due(self.now()) {
            self.write_grant_usage().await;
        }
    }

    /// Writes down the counts that wait: what somebody did a moment ago is not missing where they look.
    pub(crate) async fn write_grant_usage(&self) {
        let _turn = self.grant_usage().turn.lock().await;
        // Held from before they are taken until they stand in the database, so that nobody takes it for settled.
        let place = self.background_writes().acquire().await;
        self.grant_usage().written_at.store(self.now().seconds(), Ordering::Relaxed);
        // What everybody's applications did, whoever asks for their own and is signed out meanwhile.
        let everybodys = self.outside_sessions();
        everybodys.begin_counting().await;
        for part in self.grant_usage().take().chunks(MAX_PER_WRITE) {
            everybodys.write_part(part).await;
        }
        drop(place);
    }

    async fn write_part(&self, part: &[(Arc<str>, GrantUse)]) {
        if self.store().add_grant_usage(part.to_vec()).await.is_ok() {
            return;
        }
        // One whose person or client was just deleted does not take the others with it; more than a few are the database's own fault.
        let mut faults = 0;
        for one in part {
            faults += usize::from(self.store().add_grant_usage(vec![one.clone()]).await.is_err());
            if faults == MAX_FAILURES {
                return tracing::debug!("what some applications did was not counted");
            }
        }
    }

    /// Notes that counting began, unless it began before.
    async fn begin_counting(&self) {
        let begun = &self.grant_usage().begun;
        if begun.load(Ordering::Relaxed) {
            return;
        }
        let noted = self.store().begin_grant_usage(self.now()).await;
        begun.store(noted.is_ok(), Ordering::Relaxed);
    }
}
