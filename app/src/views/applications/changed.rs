//! An edit conflict: what is stored and what was typed, side by side.

use super::Labels;
use crate::views::{Glyph, Icon, ToView, View};
use leptos::prelude::*;
use oauth::answer::{ChangedApplication, ChangedField};

/// An edit conflict, field by field.
#[component]
pub(crate) fn Changed(changed: ChangedApplication, labels: Labels) -> View {
    let t = labels.get_value();
    let rows: Vec<_> = changed.rows.into_iter().map(|field| row(field, labels)).collect();
    let heads =
        [t.changed_field(), t.changed_now(), t.changed_typed()].map(|name| view! { <th scope="col">{name}</th> });
    view! {
        <div class="note bad" role="alert" tabindex="-1" autofocus id="changed">
            <Icon glyph=Glyph::Alert/>
            <div><h2>{t.changed()}</h2><p>{t.changed_lead()}</p></div>
        </div>
        <div class="table">
            <table>
                <caption class="hidden-visually">{t.changed()}</caption>
                <thead><tr>{heads.to_vec()}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .view()
}

fn row(field: ChangedField, labels: Labels) -> View {
    let t = labels.get_value();
    let ChangedField { field, stored, typed } = field;
    view! {
        <tr>
            <th scope="row">{field}</th>
            <td data-label=t.changed_now()>{values(stored, labels)}</td>
            <td data-label=t.changed_typed()>{values(typed, labels)}</td>
        </tr>
    }
    .view()
}

fn values(values: Vec<String>, labels: Labels) -> View {
    if values.is_empty() {
        let nothing = labels.with_value(|t| t.changed_nothing());
        return view! { <span class="sub">{nothing}</span> }.view();
    }
    values.into_iter().map(|value| view! { <div><bdi>{value}</bdi></div> }).collect::<Vec<_>>().view()
}
