use crate::words::{date, moment};
use leptos::prelude::*;
use oauth::Timestamp;
use oauth::form::visible;

/// A name that somebody chose: without invisible characters, and unable to turn the text around it.
#[component]
pub(crate) fn Name(#[prop(into)] of: String) -> AnyView {
    view! { <bdi>{visible(&of)}</bdi> }.into_any()
}

/// The first letter of a name, as a picture.
#[component]
pub(crate) fn Avatar(#[prop(into)] of: String, #[prop(default = "avatar")] class: &'static str) -> AnyView {
    let letter: String = visible(&of).trim().chars().take(1).flat_map(char::to_uppercase).collect();
    view! { <span class=class aria-hidden="true">{letter}</span> }.into_any()
}

/// A moment in UTC. In the browser an island adds how long ago it was.
#[component]
pub(crate) fn When(at: Timestamp) -> AnyView {
    view! {
        <time datetime=at.iso()>{moment(at)}</time>
        <span class="ago" data-ago=at.seconds()></span>
    }
    .into_any()
}

/// A day in UTC, where the hour says nothing.
#[component]
pub(crate) fn Day(at: Timestamp) -> AnyView {
    view! { <time datetime=at.iso()>{date(at)}</time> }.into_any()
}
