//! Island: idempotent submits. A POST form is sent once until its answer comes.

use crate::browser;
use leptos::ev;
use leptos::prelude::*;

/// Submits every POST form once: a second submit is ignored until the answer comes, and the button
/// keeps label and size. Hydrated last, so that other islands handle their forms first.
#[island]
pub fn BusyForms() -> impl IntoView {
    if cfg!(feature = "hydrate") {
        window_event_listener(ev::submit, |event| browser::submit_once(&event));
        // Back may restore the page from the bfcache: its buttons work again.
        browser::on_bfcache_restore(browser::clear_all_busy);
    }
}
