use crate::browser;
use leptos::prelude::*;

/// Arrow keys, Home and End on the tabs. A tab is chosen with Enter, because each is a page of its own (APG: manual
/// activation).
#[island]
pub fn TabKeys(children: Children) -> impl IntoView {
    if cfg!(feature = "hydrate") {
        browser::init_tabs();
    }
    view! { <div on:keydown=move |event| browser::move_in_tabs(&event)>{children()}</div> }
}
