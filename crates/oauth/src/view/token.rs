//! The permanent-token list as pages show it.

use crate::Timestamp;
use serde::{Deserialize, Serialize};

/// A permanent token in its owner's list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TokenView {
    /// Its id, not its value.
    pub id: String,
    /// What its owner called it.
    pub name: String,
    /// Enough to recognise it: `jtn_pt_…k3f9`.
    pub hint: String,
    /// Its scopes.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used.
    pub last_used: Option<Timestamp>,
    /// The address or client that last used it.
    pub last_used_from: Option<String>,
    /// It was used, but not in the last 90 days.
    pub idle: bool,
    /// When it was revoked; `None`: it works.
    pub revoked_at: Option<Timestamp>,
    /// Its owner may no longer hold some of its scopes.
    pub lost_scopes: bool,
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TokenRow {
    /// The token.
    pub token: TokenView,
    /// How many more scopes there are than a row shows at once: "+2 more".
    pub more: String,
}

impl TokenRow {
    /// The number of scopes that a row shows.
    pub const SHOWN: usize = 3;
}

/// The list of permanent tokens: one page of it, and what was revoked lately.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokensView {
    /// The tokens that work, newest first.
    #[serde(default)]
    pub rows: Vec<TokenRow>,
    /// Tokens that were revoked lately.
    #[serde(default)]
    pub inactive: Vec<TokenRow>,
    /// The heading above those.
    pub inactive_title: String,
    /// The search text.
    pub query: String,
    /// Where in the list this page is.
    pub page: PageNumbers,
    /// The same as text.
    pub place: String,
    /// The address of the page before.
    pub newer: Option<String>,
    /// The address of the page after.
    pub older: Option<String>,
}

impl TokensView {
    /// The list length from which search is offered.
    const SEARCHABLE: i64 = 10;

    /// Whether the search field is shown.
    #[must_use]
    pub const fn is_searchable(&self) -> bool {
        !self.query.is_empty() || self.page.total >= Self::SEARCHABLE
    }

    /// Whether the person has no token at all.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.page.total == 0 && self.query.is_empty()
    }
}

/// The page numbers of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageNumbers {
    /// This page, from 1.
    pub page: i64,
    /// How many pages there are.
    pub pages: i64,
    /// How many entries there are.
    pub total: i64,
}
