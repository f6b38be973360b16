//! Usage of grants: every token check is counted in memory, and background writes store the counts
//! by grant and day, all grants in one write. A check never waits for it.

use crate::store::records::{CachedClient, LiveToken};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use oauth::Timestamp;
use oauth::view::CheckEndpoint;

use crate::store::records::GrantUse;

/// Seconds between two writes: a server that checks the tokens of ten thousand grants writes few
/// rows a second.
const WRITE_EVERY: i64 = 60;
/// Maximum number of pending grants (about 12 MB); usage of further grants is not counted.
const MAX_GRANTS: usize = 65_536;
/// Number of pending grants that triggers a write.
const WRITE_AT: usize = MAX_GRANTS / 2;
/// Maximum number of grants per write, so that other writes run in between.
pub(crate) const MAX_PER_WRITE: usize = 100;
/// Grants of a failed write are written one by one; after this many failures the rest is given up.
pub(crate) const MAX_FAILURES: usize = 3;

/// Who sent a token check.
#[derive(Debug)]
pub(crate) enum CheckedBy {
    /// A service, by its client credentials.
    Client(Arc<CachedClient>),
    /// A service, by a token.
    Token(Arc<LiveToken>),
    /// The token's holder, at this server's endpoint.
    Holder(CheckEndpoint),
}

impl CheckedBy {
    const fn endpoint(&self) -> CheckEndpoint {
        match self {
            Self::Holder(endpoint) => *endpoint,
            Self::Client(_) | Self::Token(_) => CheckEndpoint::Introspection,
        }
    }

    fn client_id(&self) -> Option<&str> {
        match self {
            Self::Client(known) => Some(&known.client.id),
            Self::Token(token) => token.client_id.as_deref(),
            Self::Holder(_) => None,
        }
    }
}

/// Pending counts, by grant.
#[derive(Debug, Default)]
pub(crate) struct GrantUsage {
    waiting: Mutex<HashMap<Arc<str>, GrantUse>>,
    /// Held during a write: readers wait for the counts that were taken.
    pub(crate) turn: tokio::sync::Mutex<()>,
    /// Whether the database has recorded when counting began.
    pub(crate) begun: AtomicBool,
    /// The second of the last write.
    pub(crate) written_at: AtomicI64,
}

impl GrantUsage {
    pub(crate) fn note(&self, grant: &Arc<str>, checked_by: &CheckedBy, now: Timestamp) {
        let (endpoint, client_id) = (checked_by.endpoint(), checked_by.client_id());
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(counted) = waiting.get_mut(grant) {
            counted.uses += 1;
            (counted.at, counted.endpoint) = (now, endpoint);
            // Fast path: the same service usually checks again, so nothing is copied.
            if counted.client_id.as_deref() != client_id {
                counted.client_id = client_id.map(str::to_owned);
            }
        } else if waiting.len() < MAX_GRANTS {
            let client_id = client_id.map(str::to_owned);
            waiting.insert(grant.clone(), GrantUse { uses: 1, at: now, endpoint, client_id });
        }
    }

    pub(crate) fn are_due(&self, now: Timestamp) -> bool {
        let since = now.seconds().saturating_sub(self.written_at.load(Ordering::Relaxed));
        // A last write in the future is from before the clock was set back.
        !(0..WRITE_EVERY).contains(&since)
            || self.waiting.lock().unwrap_or_else(PoisonError::into_inner).len() >= WRITE_AT
    }

    /// Takes the pending counts, sorted by grant, so that two servers do not deadlock on their
    /// rows.
    pub(crate) fn take(&self) -> Vec<(Arc<str>, GrantUse)> {
        let taken = std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        let mut taken: Vec<_> = taken.into_iter().collect();
        taken.sort_unstable_by(|one, other| one.0.cmp(&other.0));
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) fn note(uses: &GrantUsage, grant: &str, endpoint: CheckEndpoint, second: i64) {
        uses.note(&Arc::from(grant), &CheckedBy::Holder(endpoint), Timestamp::from_seconds(second));
    }

    fn counted(uses: i64, second: i64, endpoint: CheckEndpoint) -> GrantUse {
        GrantUse { uses, at: Timestamp::from_seconds(second), endpoint, client_id: None }
    }

    #[test]
    fn many_checks_of_a_grant_are_one_count_and_the_last_asker() {
        let uses = GrantUsage::default();
        for second in 0..1000 {
            note(&uses, "b", CheckEndpoint::Tokeninfo, second);
        }
        note(&uses, "b", CheckEndpoint::Userinfo, 1000);
        note(&uses, "a", CheckEndpoint::Tokeninfo, 7);
        let taken = [
            ("a".into(), counted(1, 7, CheckEndpoint::Tokeninfo)),
            ("b".into(), counted(1001, 1000, CheckEndpoint::Userinfo)),
        ];
        assert_eq!(uses.take(), taken);
        assert!(uses.take().is_empty());
    }

    #[test]
    fn what_waits_is_bounded_and_a_known_grant_still_counts() {
        let uses = GrantUsage::default();
        for number in 0..=MAX_GRANTS {
            note(&uses, &format!("{number:06}"), CheckEndpoint::Userinfo, 1);
        }
        note(&uses, "000000", CheckEndpoint::Userinfo, 2);
        let waiting = uses.take();
        assert_eq!(
            (waiting.len(), waiting.first()),
            (MAX_GRANTS, Some(&("000000".into(), counted(2, 2, CheckEndpoint::Userinfo))))
        );
    }
}
