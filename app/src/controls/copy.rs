use crate::islands::CopyIsland;
use crate::words::say;
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
    view! {
        <span class="scripted">
            <button
                type="button" class="button small" data-copy=target data-once=once.then_some("")
                data-done=done data-by-hand=say("copy-by-hand")
            >{label}</button>
        </span>
        <span role="status" class="copied"></span>
        <CopyIsland/>
    }
    .into_any()
}
