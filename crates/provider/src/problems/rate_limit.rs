//! Rate limit for recorded problems, per minute. The `client_id` of a public client is no secret,
//! so a flood of requests in its name must cost next to nothing: requests over the limit get the
//! same response and are not recorded.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use oauth::Timestamp;

/// Problems of one client, by all anonymous requests together or by one signed-in user.
const PER_CLIENT: u32 = 20;

/// Problems of all clients together.
const PER_SERVER: u32 = 600;

/// Length of a window, in seconds.
const WINDOW: i64 = 60;

/// Counts of the current window.
#[derive(Debug)]
pub(crate) struct NoteRateLimit {
    each: u32,
    all: u32,
    window: Mutex<Window>,
}

impl Default for NoteRateLimit {
    fn default() -> Self {
        Self::new(PER_CLIENT, PER_SERVER)
    }
}

#[derive(Debug, Default)]
struct Window {
    minute: i64,
    all: u32,
    /// Bounded, since only allowed problems are counted.
    each: HashMap<(String, Option<i64>), u32>,
}

impl NoteRateLimit {
    /// A rate limit with this many per minute for each client, and for all together.
    pub(crate) fn new(each: u32, all: u32) -> Self {
        Self { each, all, window: Mutex::default() }
    }

    /// Whether one more is allowed now; counts it if so.
    pub(crate) fn allows(&self, client_id: &str, user_id: Option<i64>, now: Timestamp) -> bool {
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        let minute = now.seconds().div_euclid(WINDOW);
        if window.minute != minute {
            *window = Window { minute, ..Window::default() };
        }
        if window.all >= self.all {
            return false;
        }
        let count = window.each.entry((client_id.to_owned(), user_id)).or_default();
        if *count >= self.each {
            return false;
        }
        *count += 1;
        window.all += 1;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp::from_seconds(1_800_000_000);

    fn allowed(limit: &NoteRateLimit, client_id: &str, user_id: Option<i64>, tries: u32) -> usize {
        (0..tries).filter(|_| limit.allows(client_id, user_id, NOON)).count()
    }

    #[test]
    fn a_flood_in_the_name_of_one_client_leaves_the_others_theirs() {
        let limit = NoteRateLimit::default();
        assert_eq!(allowed(&limit, "spa", None, 1000), 20);
        assert_eq!(allowed(&limit, "web", None, 3), 3);
        assert_eq!(allowed(&limit, "spa", Some(1), 3), 3, "the owner's own are counted apart");
        assert!(limit.allows("spa", None, NOON.plus(60)), "the next minute begins anew");
    }

    #[test]
    fn a_flood_of_names_is_bounded_too() {
        let limit = NoteRateLimit::default();
        let noted = (0..10_000).filter(|number| limit.allows(&format!("c{number}"), None, NOON)).count();
        assert_eq!(noted, 600);
        assert!(limit.allows("c0", None, NOON.plus(60)));
    }
}
