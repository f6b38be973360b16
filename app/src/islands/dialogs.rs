//! Island: makes the dialog that the server rendered open modal.

use crate::browser;
use leptos::ev;
use leptos::prelude::*;

/// Makes the dialog that the server rendered open modal. Escape cancels it.
#[island]
pub fn OpenDialog() -> impl IntoView {
    if cfg!(feature = "hydrate") {
        browser::make_modal();
        window_event_listener(ev::keydown, |event| browser::escape_page_dialog(&event));
    }
}
