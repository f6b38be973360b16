use crate::views::{Name, ToView, View};
use leptos::prelude::*;
use oauth::form::visible;

/// What stands in a question in the place of a name. From the private use area, so that nobody is called so.
pub(crate) const NAME: char = '\u{e000}';

/// The question that people will be asked by an application of this name; nothing while it has none. `heading` is the
/// question with [`NAME`] in the place of the name.
#[component]
pub(crate) fn Preview(heading: String, name: String) -> View {
    let name = visible(&name).trim().to_owned();
    let Some((before, after)) = heading.split_once(NAME).filter(|_| !name.is_empty()) else { return ().view() };
    view! { <p class="hint">{before.to_owned()}<Name of=name/>{after.to_owned()}</p> }.view()
}
