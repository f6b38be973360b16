//! "Connect your code": endpoints and example programs of an application.

use crate::i18n::{translate, translate_with_views};
use crate::pages::developer::Endpoints;
use crate::pages::snippets::Examples;
use leptos::prelude::*;
use oauth::ClientKind;
use oauth::view::{ApplicationView, ScopeChoice};

/// Endpoints and client id, and example programs.
#[component]
pub(super) fn Connect(application: ApplicationView, scopes: Vec<ScopeChoice>, issuer: String) -> AnyView {
    let secret = application.kind == ClientKind::Confidential;
    // The examples cover client secrets and public clients.
    let examples = !application.redirect_uris.is_empty() && !application.by_key;
    view! {
        <details class="card" id="connect">
            <summary id="connect-summary">{translate("connect-title")}</summary>
            <Endpoints issuer=issuer.clone() place="connect"/>
            <dl class="facts">
                <dt>{translate("application-client-id")}</dt><dd><code dir="ltr">{application.client_id.clone()}</code></dd>
            </dl>
            {examples.then(|| view! {
                <h2>{translate("connect-examples")}</h2>
                <p>{translate("connect-lead")}</p>
                {secret.then(|| view! { <p>{translate_with_views("connect-secret", [("variable", variable())])}</p> })}
                <Examples application=application scopes=scopes issuer=issuer/>
            })}
        </details>
    }
    .into_any()
}

fn variable() -> AnyView {
    view! { <code dir="ltr">"CLIENT_SECRET"</code> }.into_any()
}
