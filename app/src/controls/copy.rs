//! Server half of the copy button.

use crate::i18n::translate;
use crate::islands::CopyIsland;
use crate::views::CopyLabels;
use leptos::prelude::*;

/// A button that copies a value. Its status needs a parent of its own.
#[component]
pub(crate) fn CopyButton(
    /// The id of the field or element to copy.
    target: String,
    /// The label of the button.
    label: String,
    /// The status after success.
    done: String,
    /// Whether the value is shown once: it is cleared when the page is left.
    once: bool,
) -> AnyView {
    let labels = CopyLabels { label, done, by_hand: translate("copy-by-hand") };
    let class = if once { "button filled" } else { "button small" }.to_owned();
    view! { <CopyIsland target=target words=labels class=class once=once/> }.into_any()
}
