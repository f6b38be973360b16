use super::Words;
use crate::views::{Glyph, Icon, ToView, View};
use leptos::prelude::*;
use oauth::answer::{ChangedApplication, ChangedField};

/// What two who changed an application at once have made of it, field by field.
#[component]
pub(crate) fn Changed(changed: ChangedApplication, words: Words) -> View {
    let say = words.get_value();
    let rows: Vec<_> = changed.rows.into_iter().map(|field| row(field, words)).collect();
    let heads =
        [say.changed_field(), say.changed_now(), say.changed_typed()].map(|name| view! { <th scope="col">{name}</th> });
    view! {
        <div class="note bad" role="alert" tabindex="-1" autofocus id="changed">
            <Icon glyph=Glyph::Alert/>
            <div><h2>{say.changed()}</h2><p>{say.changed_lead()}</p></div>
        </div>
        <div class="table">
            <table>
                <caption class="hidden-visually">{say.changed()}</caption>
                <thead><tr>{heads.to_vec()}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .view()
}

fn row(field: ChangedField, words: Words) -> View {
    let say = words.get_value();
    let ChangedField { field, stored, typed } = field;
    view! {
        <tr>
            <th scope="row">{field}</th>
            <td data-label=say.changed_now()>{values(stored, words)}</td>
            <td data-label=say.changed_typed()>{values(typed, words)}</td>
        </tr>
    }
    .view()
}

fn values(values: Vec<String>, words: Words) -> View {
    if values.is_empty() {
        let nothing = words.with_value(|say| say.changed_nothing());
        return view! { <span class="sub">{nothing}</span> }.view();
    }
    values.into_iter().map(|value| view! { <div><bdi>{value}</bdi></div> }).collect::<Vec<_>>().view()
}
