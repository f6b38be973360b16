use leptos::prelude::*;

/// Tells the times of the page in the reader's zone.
#[island]
pub fn LocalTimes() -> impl IntoView {
    #[cfg(not(feature = "ssr"))]
    crate::browser::localize_times();
}
