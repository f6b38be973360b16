use crate::browser;
use leptos::ev;
use leptos::prelude::*;

/// Lets every POST form be sent once: a second press is ignored until the answer comes. The label and the size of the
/// pressed button stay. It wakes last, so a form that another island answers in place is none of its own.
#[island]
pub fn BusyForms() -> impl IntoView {
    if cfg!(feature = "hydrate") {
        window_event_listener(ev::submit, |event| browser::submit_once(&event));
        // The page comes back from the browser's memory when somebody goes back to it: its buttons work again.
        browser::on_bfcache_restore(browser::clear_all_busy);
    }
}
