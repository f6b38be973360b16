use crate::components::{Glyph, Icon};
use crate::words::say;
use leptos::prelude::*;
use oauth::form::{ClientField, ClientForm, visible};

/// What two who changed an application at once have made of it, field by field.
#[component]
pub(super) fn Changed(stored: ClientForm, typed: ClientForm) -> AnyView {
    let rows: Vec<_> = stored
        .differs_from(&typed)
        .into_iter()
        .map(|field| row(field, values(&stored, field), values(&typed, field)))
        .collect();
    view! {
        <div class="note bad" role="alert" tabindex="-1" autofocus id="changed">
            <Icon glyph=Glyph::Alert/>
            <div><h2>{say("changed-title")}</h2><p>{say("changed-lead")}</p></div>
        </div>
        <div class="table">
            <table>
                <caption class="hidden-visually">{say("changed-title")}</caption>
                <thead><tr>
                    <th scope="col">{say("changed-field")}</th>
                    <th scope="col">{say("changed-now")}</th>
                    <th scope="col">{say("changed-typed")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(field: ClientField, stored: Vec<String>, typed: Vec<String>) -> AnyView {
    view! {
        <tr>
            <th scope="row">{say(label(field))}</th>
            <td data-label=say("changed-now")><Values values=stored/></td>
            <td data-label=say("changed-typed")><Values values=typed/></td>
        </tr>
    }
    .into_any()
}

#[component]
fn Values(values: Vec<String>) -> AnyView {
    let shown: Vec<String> = values.iter().map(|value| visible(value)).filter(|value| !value.is_empty()).collect();
    if shown.is_empty() {
        return view! { <span class="sub">{say("changed-nothing")}</span> }.into_any();
    }
    shown.into_iter().map(|value| view! { <div><bdi>{value}</bdi></div> }).collect::<Vec<_>>().into_any()
}

const fn label(field: ClientField) -> &'static str {
    match field {
        ClientField::Name => "application-name",
        ClientField::Description => "application-description",
        ClientField::RedirectUris => "application-redirect-urls",
        ClientField::RequirePkce => "changed-pkce",
        ClientField::OptionalScopes => "register-optional",
    }
}

fn values(form: &ClientForm, field: ClientField) -> Vec<String> {
    match field {
        ClientField::Name => vec![form.name.clone()],
        ClientField::Description => vec![form.description.clone()],
        ClientField::RedirectUris => form.redirect_uris.clone(),
        ClientField::RequirePkce if form.require_pkce => vec![say("changed-pkce-needed")],
        ClientField::RequirePkce => vec![say("changed-pkce-optional")],
        ClientField::OptionalScopes => form.optional_scopes.clone(),
    }
}
