//! The language of a page (i18n).

use axum::http::{HeaderMap, header};

use super::cookies::{LANGUAGE, cookie};
use crate::header::text;
use crate::state::Site;

/// The language of a page: the cookie's, else the best of `Accept-Language`, else the operator's
/// default.
#[must_use]
pub fn language(site: &Site, headers: &HeaderMap) -> app::Language {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).map(text);
    chosen(site, headers)
        .or_else(|| accepted.and_then(|accepted| app::Language::negotiate(&accepted)))
        .unwrap_or_else(|| site.language())
}

/// The language of the cookie [`LANGUAGE`].
pub(super) fn chosen(site: &Site, headers: &HeaderMap) -> Option<app::Language> {
    cookie(headers, &site.preference_name(LANGUAGE)).and_then(|tag| app::Language::parse(&tag))
}
