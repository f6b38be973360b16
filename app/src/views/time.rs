use super::{ToView, View};
use crate::browser;
use leptos::prelude::*;
use oauth::Timestamp;
use oauth::form::visible;

/// A name that somebody chose: without invisible characters, and unable to turn the text around it.
#[component]
pub(crate) fn Name(#[prop(into)] of: String) -> View {
    view! { <bdi>{visible(&of)}</bdi> }.view()
}

/// The first letter of a name, as a picture.
#[cfg(any(feature = "ssr", feature = "account"))]
#[component]
pub(crate) fn Avatar(#[prop(into)] of: String, #[prop(default = "avatar")] class: &'static str) -> View {
    let letter: Option<char> = visible(&of).trim().chars().next();
    view! { <span class=class aria-hidden="true">{letter.map(String::from)}</span> }.view()
}

/// A moment: in UTC from the server, in the reader's zone and with how long ago it was from an island.
#[component]
pub(crate) fn When(at: Timestamp) -> View {
    view! {
        <time datetime=at.iso()>{browser::moment(at)}</time>
        <span class="ago">{browser::relative_time(at)}</span>
    }
    .view()
}

/// A day, where the hour says nothing.
#[component]
pub(crate) fn Day(at: Timestamp) -> View {
    view! { <time datetime=at.iso() class="day">{browser::day(at)}</time> }.view()
}

/// The hour of a moment, where the day is today.
#[component]
#[cfg(feature = "ssr")]
pub(crate) fn Clock(at: Timestamp) -> View {
    view! { <time datetime=at.iso() class="clock">{browser::clock(at)}</time> }.view()
}
