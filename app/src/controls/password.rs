use crate::islands::PasswordIsland;
use crate::views::PasswordLabels;
use leptos::prelude::*;

/// "Show password" for the field with this id, and a status for what should be known about it.
#[component]
pub(crate) fn PasswordTools(field: String) -> AnyView {
    view! { <PasswordIsland field=field words=PasswordLabels::translate()/> }.into_any()
}
