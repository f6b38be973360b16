//! Island: keyboard navigation of the tabs.

use crate::browser;
use leptos::prelude::*;

/// Arrow keys, Home and End move the focus; Enter selects, because each tab is a page (ARIA APG:
/// tabs with manual activation).
#[island]
pub fn TabKeys(children: Children) -> impl IntoView {
    if cfg!(feature = "hydrate") {
        browser::init_tabs();
    }
    view! { <div on:keydown=move |event| browser::move_in_tabs(&event)>{children()}</div> }
}
