//! Island: times in the time zone of the browser.

use leptos::prelude::*;

/// Localizes the times of the page.
#[island]
pub fn LocalTimes() -> impl IntoView {
    #[cfg(not(feature = "ssr"))]
    crate::browser::localize_times();
}
