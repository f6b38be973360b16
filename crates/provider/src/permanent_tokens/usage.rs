//! The last use of permanent tokens: kept in memory and written behind, many at a time. An introspection never waits for
//! it, and a token that is used a thousand times a second costs one row in one write.

use crate::store::records::LiveToken;
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use oauth::Timestamp;

use crate::provider::Provider;

/// A use is written down at most once in so many seconds for each token.
const RECORD_EVERY: i64 = 60;

/// So many tokens wait to be written, at most: more are forgotten, since the next use of each is as good.
const MAX_PENDING: usize = 10_000;
/// So many of them are written at once.
const MAX_PER_WRITE: usize = 500;

/// A use of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenUse {
    /// When.
    pub at: Timestamp,
    /// The address that it came from.
    pub from: Option<String>,
}

/// The uses that are not written yet, the last of each token.
#[derive(Debug, Default)]
pub(crate) struct TokenUsage {
    waiting: Mutex<BTreeMap<String, TokenUse>>,
    /// Held while they are written: whoever looks meanwhile waits for what was taken.
    turn: tokio::sync::Mutex<()>,
}

impl TokenUsage {
    fn note(&self, id: String, used: TokenUse) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() < MAX_PENDING || waiting.contains_key(&id) {
            // Where it came from is not known at every door; what was known stays.
            let before = waiting.remove(&id).and_then(|before| before.from);
            waiting.insert(id, TokenUse { from: used.from.or(before), ..used });
        }
    }

    fn is_empty(&self) -> bool {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    fn take(&self) -> Vec<(String, TokenUse)> {
        std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner)).into_iter().collect()
    }
}

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

#[cfg(test)]
mod tests {
    use super::{MAX_PENDING, TokenUsage, TokenUse};
    use oauth::Timestamp;

    fn used(seconds: i64) -> TokenUse {
        TokenUse { at: Timestamp::from_seconds(seconds), from: None }
    }

    #[test]
    fn many_uses_of_a_token_are_one_and_the_last() {
        let token_usage = TokenUsage::default();
        for second in 0..1000 {
            token_usage.note("b".to_owned(), used(second));
        }
        token_usage.note("a".to_owned(), used(7));
        assert_eq!(token_usage.take(), [("a".to_owned(), used(7)), ("b".to_owned(), used(999))]);
        assert!(token_usage.take().is_empty());
    }

    #[test]
    fn what_waits_is_bounded_and_a_known_token_still_counts() {
        let token_usage = TokenUsage::default();
        for number in 0..=MAX_PENDING {
            token_usage.note(format!("{number:06}"), used(1));
        }
        token_usage.note("000000".to_owned(), used(2));
        let waiting = token_usage.take();
        assert_eq!((waiting.len(), waiting.first()), (MAX_PENDING, Some(&("000000".to_owned(), used(2)))));
    }
}
