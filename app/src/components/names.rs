use leptos::prelude::*;
use oauth::form::visible;

/// The first letter of a name, as a picture.
#[component]
pub(crate) fn Avatar(#[prop(into)] of: String, #[prop(default = "avatar")] class: &'static str) -> AnyView {
    let letter: String = visible(&of).trim().chars().take(1).flat_map(char::to_uppercase).collect();
    view! { <span class=class aria-hidden="true">{letter}</span> }.into_any()
}
