//! The preview of the consent question.

use crate::views::{Name, ToView, View};
use leptos::prelude::*;
use oauth::form::visible;

/// Placeholder for the name: a private-use character, which no name contains.
pub(crate) const NAME: char = '\u{e000}';

/// The consent question for an application of this name; nothing while the name is empty. `heading`
/// contains [`NAME`] as placeholder.
#[component]
pub(crate) fn Preview(heading: String, name: String) -> View {
    let name = visible(&name).trim().to_owned();
    let Some((before, after)) = heading.split_once(NAME).filter(|_| !name.is_empty()) else { return ().view() };
    view! { <p class="hint">{before.to_owned()}<Name of=name/>{after.to_owned()}</p> }.view()
}
