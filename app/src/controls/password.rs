use crate::islands::PasswordIsland;
use crate::words::say;
use leptos::prelude::*;

/// "Show password" for the field with this id, and a status for what should be known about it.
#[component]
pub(crate) fn PasswordTools(field: String) -> AnyView {
    view! {
        <span class="scripted">
            <button
                type="button" class="quiet" aria-controls=field
                data-show=say("password-show") data-hide=say("password-hide") data-caps=say("password-caps")
                data-visible=say("password-visible") data-visible-caps=say("password-visible-caps")
            >{say("password-show")}</button>
        </span>
        <span role="status" class="hint below-status"></span>
        <PasswordIsland/>
    }
    .into_any()
}
