//! Names, avatars, and times as `<time>` elements.

use super::{ToView, View};
use crate::browser;
use leptos::prelude::*;
use oauth::Timestamp;
use oauth::form::visible;

/// A user-chosen name: without invisible characters, isolated by `<bdi>`.
#[component]
pub(crate) fn Name(#[prop(into)] of: String) -> View {
    view! { <bdi>{visible(&of)}</bdi> }.view()
}

/// An avatar: the first letter of a name.
#[cfg(any(feature = "ssr", feature = "account"))]
#[component]
pub(crate) fn Avatar(#[prop(into)] of: String, #[prop(default = "avatar")] class: &'static str) -> View {
    let letter: Option<char> = visible(&of).trim().chars().next();
    view! { <span class=class aria-hidden="true">{letter.map(String::from)}</span> }.view()
}

/// A date and time: UTC from the server; local, with the relative time, from an island.
#[component]
pub(crate) fn When(at: Timestamp) -> View {
    view! {
        <time datetime=at.iso()>{browser::moment(at)}</time>
        <span class="ago">{browser::relative_time(at)}</span>
    }
    .view()
}

/// A date.
#[component]
pub(crate) fn Day(at: Timestamp) -> View {
    view! { <time datetime=at.iso() class="day">{browser::day(at)}</time> }.view()
}

/// A time of today.
#[component]
#[cfg(feature = "ssr")]
pub(crate) fn Clock(at: Timestamp) -> View {
    view! { <time datetime=at.iso() class="clock">{browser::clock(at)}</time> }.view()
}
