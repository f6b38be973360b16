//! A table that becomes a list of cards on narrow screens.

use super::{ToView, View};
use leptos::prelude::*;

/// A table. `actions` is the visually hidden header of the column of buttons.
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
