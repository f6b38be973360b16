//! Known browsers: those that signed in to an account before. A cookie holds a mark per account,
//! bound to the account by a MAC under the server's key. It contains no name, needs no storage and
//! grants no access: it only selects the rate limit counters.

use oauth::secret::same;

use crate::provider::Provider;

/// Maximum accounts with a mark in one browser; the most recent ones are kept.
const MAX_ACCOUNTS: usize = 8;

/// Characters of a mark, and of the mark with its MAC.
const MARK_BYTES: usize = 16;
const ENTRY_BYTES: usize = MARK_BYTES + 32;

impl Provider {
    /// The cookie value for a browser in which this account has just signed in; `before` is the old
    /// value.
    #[must_use]
    pub fn remember_browser(&self, username: &str, before: Option<&str>) -> String {
        let known = self.known_browser(username, before);
        let mark = known.unwrap_or_else(|| self.nonce().chars().take(MARK_BYTES).collect());
        let entry = format!("{mark}{}", self.browser_mac(username, &mark));
        let others = entries(before).filter(|other| *other != entry).take(MAX_ACCOUNTS - 1);
        std::iter::once(entry.as_str()).chain(others).collect::<Vec<_>>().join(".")
    }

    /// The mark of this account in the cookie of a known browser.
    pub(super) fn known_browser(&self, name: &str, cookie: Option<&str>) -> Option<String> {
        let found = entries(cookie).filter_map(|entry| entry.split_at_checked(MARK_BYTES));
        let mut known = found.filter(|(mark, mac)| same(&self.browser_mac(name, mark), mac));
        known.next().map(|(mark, _)| mark.to_owned())
    }

    fn browser_mac(&self, name: &str, mark: &str) -> String {
        let mac = self.key().mac("known browser", &[name.as_bytes(), mark.as_bytes()]);
        oauth::hex::encode(&mac[..(ENTRY_BYTES - MARK_BYTES) / 2])
    }
}

/// The entries of a cookie that have the format of a mark.
fn entries(cookie: Option<&str>) -> impl Iterator<Item = &str> {
    let shaped = |entry: &&str| entry.len() == ENTRY_BYTES && entry.bytes().all(|byte| byte.is_ascii_hexdigit());
    cookie.unwrap_or_default().split('.').take(MAX_ACCOUNTS).filter(shaped)
}
