use super::{ToView, View};
use leptos::prelude::*;

/// A table of a list. Where a row ends with buttons, `actions` names their column for those who do not see it.
pub(crate) fn table(caption: String, heads: Vec<String>, actions: Option<String>, rows: View) -> View {
    let heads: Vec<_> = heads.into_iter().map(|name| view! { <th scope="col">{name}</th> }.view()).collect();
    let last = actions.map(|name| view! { <th scope="col"><span class="hidden-visually">{name}</span></th> });
    view! {
        <div class="table">
            <table>
                <caption class="hidden-visually">{caption}</caption>
                <thead><tr>{heads}{last}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .view()
}
