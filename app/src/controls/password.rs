//! Server half of "Show password".

use crate::islands::PasswordIsland;
use crate::views::PasswordLabels;
use leptos::prelude::*;

/// "Show password" for the field with this id, with a status for Caps Lock.
#[component]
pub(crate) fn PasswordTools(field: String) -> AnyView {
    view! { <PasswordIsland field=field words=PasswordLabels::translate()/> }.into_any()
}
