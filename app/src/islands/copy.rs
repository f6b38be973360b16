//! Island: a copy button, and clearing of values that are shown once.

use crate::browser;
use crate::views::{CopyButton, CopyLabels};
use leptos::ev;
use leptos::prelude::*;

/// Copies the text of the element with this id. The label never changes; a status confirms the
/// copy. A value that is shown `once` is selected, and cleared when the page is left, so that Back
/// cannot show it.
#[island]
pub fn CopyIsland(target: String, words: CopyLabels, class: String, once: bool) -> impl IntoView {
    if cfg!(feature = "hydrate") && once {
        let field = target.clone();
        browser::select(&field);
        window_event_listener(ev::pagehide, move |_| browser::clear_value(&field));
    }
    view! { <span class="copy" translate="no"><CopyButton target=target labels=words class=class/></span> }
}
