//! The last use of permanent tokens, in memory, stored by background writes, many at a time. An
//! introspection never waits for it, and a token that is used a thousand times a second costs one
//! row in one write.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::store::records::TokenUse;

/// Minimum seconds between two recorded uses of a token.
pub(crate) const RECORD_EVERY: i64 = 60;

/// Maximum number of pending tokens: further uses are dropped, since the next use of each token
/// serves as well.
const MAX_PENDING: usize = 10_000;
/// Maximum number of tokens per write.
pub(crate) const MAX_PER_WRITE: usize = 500;

/// Pending uses, the last of each token.
#[derive(Debug, Default)]
pub(crate) struct TokenUsage {
    waiting: Mutex<BTreeMap<String, TokenUse>>,
    /// Held during a write: readers wait for the uses that were taken.
    pub(crate) turn: tokio::sync::Mutex<()>,
}

impl TokenUsage {
    pub(crate) fn note(&self, id: String, used: TokenUse) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() < MAX_PENDING || waiting.contains_key(&id) {
            // Not every endpoint knows the client's address: a known one is kept.
            let before = waiting.remove(&id).and_then(|before| before.from);
            waiting.insert(id, TokenUse { from: used.from.or(before), ..used });
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    pub(crate) fn take(&self) -> Vec<(String, TokenUse)> {
        std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner)).into_iter().collect()
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
