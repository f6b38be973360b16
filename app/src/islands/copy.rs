use crate::browser;
use crate::views::{CopyButton, CopyLabels};
use leptos::ev;
use leptos::prelude::*;

/// Copies the element with this id. The button's name never changes; a status says so once the value is on the clipboard.
/// A value that is shown `once` is selected at first, and goes with the page, so that Back cannot show it again.
#[island]
pub fn CopyIsland(target: String, words: CopyLabels, class: String, once: bool) -> impl IntoView {
    if cfg!(feature = "hydrate") && once {
        let field = target.clone();
        browser::select(&field);
        window_event_listener(ev::pagehide, move |_| browser::clear_value(&field));
    }
    view! { <span class="copy" translate="no"><CopyButton target=target labels=words class=class/></span> }
}
