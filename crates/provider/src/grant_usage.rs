//! Counts token checks by grant, in memory; background writes store the counts, so that a check
//! never waits.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use oauth::Timestamp;

use crate::provider::Provider;
use crate::store::records::{GrantUse, LiveToken};
use crate::usage::grants::{CheckedBy, MAX_FAILURES, MAX_PER_WRITE};

impl Provider {
    /// Counts a check of a token, without waiting for the database.
    pub(crate) fn count_check(&self, token: &LiveToken, checked_by: &CheckedBy, now: Timestamp) {
        if let Some(grant) = &token.grant_id {
            self.grant_usage().note(grant, checked_by, now);
        }
    }

    /// Writes the counts if they are old or many.
    pub(crate) async fn write_due_grant_usage(&self) {
        if self.grant_usage().are_due(self.now()) {
            self.write_grant_usage().await;
        }
    }

    /// Writes the pending counts, so that lists include the latest usage.
    pub(crate) async fn write_grant_usage(&self) {
        let _turn = self.grant_usage().turn.lock().await;
        // Held from taking the counts until they are written, so that a flush waits for them.
        let place = self.background_writes().acquire().await;
        self.grant_usage().written_at.store(self.now().seconds(), Ordering::Relaxed);
        // Without the gate of a session: these are the counts of all grants, even if the caller is
        // signed out meanwhile.
        let all_users = self.outside_sessions();
        all_users.begin_counting().await;
        for part in self.grant_usage().take().chunks(MAX_PER_WRITE) {
            all_users.write_part(part).await;
        }
        drop(place);
    }

    async fn write_part(&self, part: &[(Arc<str>, GrantUse)]) {
        if self.store().add_grant_usage(part.to_vec()).await.is_ok() {
            return;
        }
        // A grant whose user or client was just deleted fails alone; more than a few failures are
        // an error of the database.
        let mut faults = 0;
        for one in part {
            faults += usize::from(self.store().add_grant_usage(vec![one.clone()]).await.is_err());
            if faults == MAX_FAILURES {
                return tracing::debug!("what some applications did was not counted");
            }
        }
    }

    /// Records when counting began, unless that is recorded already.
    async fn begin_counting(&self) {
        let begun = &self.grant_usage().begun;
        if begun.load(Ordering::Relaxed) {
            return;
        }
        let noted = self.store().begin_grant_usage(self.now()).await;
        begun.store(noted.is_ok(), Ordering::Relaxed);
    }
}
