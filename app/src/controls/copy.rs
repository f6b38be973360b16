use crate::i18n::translate;
use crate::islands::CopyIsland;
use crate::views::CopyLabels;
use leptos::prelude::*;

/// A button that copies a value. It stands alone with its status in its parent.
#[component]
pub(crate) fn CopyButton(
    /// The id of the field or element to copy.
    target: String,
    /// What the button is called.
    label: String,
    /// What the status says after success.
    done: String,
    /// Whether the value is shown once: then it is cleared when the page is left.
    once: bool,
) -> AnyView {
    let labels = CopyLabels { label, done, by_hand: translate("copy-by-hand") };
    let class = if once { "button filled" } else { "button small" }.to_owned();
    view! { <CopyIsland target=target words=labels class=class once=once/> }.into_any()
}
