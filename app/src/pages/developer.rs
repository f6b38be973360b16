//! The start page for developers: endpoints, and how to check a token.

use super::snippets::{Example, INTROSPECT, Placeholders, TOKENINFO};
use crate::components::Note;
use crate::controls::CopyButton;
use crate::frame::Frame;
use crate::i18n::{translate, translate_with};
use crate::shell::{self, Document, Width};
use leptos::prelude::*;

/// The path of the metadata document (RFC 8414 §3).
const METADATA: &str = "/.well-known/oauth-authorization-server";

/// The message key and the path of each endpoint.
pub(crate) const ENDPOINTS: [(&str, &str); 7] = [
    ("endpoint-issuer", ""),
    ("endpoint-metadata", METADATA),
    ("endpoint-authorize", "/oauth2/authorize"),
    ("endpoint-token", "/oauth2/token"),
    ("endpoint-tokeninfo", "/oauth2/tokeninfo"),
    ("endpoint-introspect", "/oauth2/introspect"),
    ("endpoint-revoke", "/oauth2/revoke"),
];

/// The start page for developers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeveloperPage {
    /// Whether this account may register applications.
    pub may_register: bool,
    /// The issuer, from which every endpoint follows.
    pub issuer: String,
}

/// The API and its endpoints.
#[must_use]
pub fn developer(frame: &Frame, page: DeveloperPage) -> String {
    shell::render(frame, || {
        let check = page.issuer.clone();
        let main = view! {
            <h1>{translate("api-title")}</h1>
            <section class="card" aria-labelledby="applications">
                <h2 id="applications">{translate("api-applications")}</h2>
                <p>{translate("api-applications-lead")}</p>
                <div class="actions"><a class="button filled" href="/developer/applications">{translate("oauth2-applications")}</a></div>
                {(!page.may_register).then(|| view! { <Note>{translate("applications-partial")}</Note> })}
            </section>
            <section class="card" aria-labelledby="endpoints">
                <h2 id="endpoints">{translate("api-endpoints")}</h2>
                <p>{translate("api-endpoints-lead")}</p>
                <Endpoints issuer=page.issuer place="api"/>
            </section>
            <Check issuer=check/>
            <section class="card" aria-labelledby="scripts">
                <h2 id="scripts">{translate("api-scripts")}</h2>
                <p>{translate("api-scripts-lead")}</p>
                <div class="actions"><a class="button" href="/account/tokens/new">{translate("api-scripts-create")}</a></div>
            </section>
        };
        Document::new(translate("api-title"), main).width(Width::Medium)
    })
}

/// How a token is checked, by its holder and by a service.
#[component]
fn Check(issuer: String) -> AnyView {
    let placeholders = Placeholders::of_issuer(&issuer);
    view! {
        <section class="card" aria-labelledby="check">
            <h2 id="check">{translate("api-check")}</h2>
            <p>{translate("api-check-holder")}</p>
            <div class="stack-tight"><Example snippet=TOKENINFO placeholders=placeholders.clone()/></div>
            <p>{translate("api-check-service")}</p>
            <div class="stack-tight"><Example snippet=INTROSPECT placeholders=placeholders/></div>
        </section>
    }
    .into_any()
}

/// The endpoint URLs with copy buttons. `place` prefixes their ids, since a page may show them
/// twice.
#[component]
pub(super) fn Endpoints(issuer: String, place: &'static str) -> AnyView {
    let rows: Vec<_> = ENDPOINTS.into_iter().map(|(name, path)| endpoint(place, name, &issuer, path)).collect();
    view! { <dl class="facts">{rows}</dl> }.into_any()
}

fn endpoint(place: &str, name: &'static str, issuer: &str, path: &'static str) -> AnyView {
    let (id, what) = (format!("{place}-{name}"), translate(name));
    let label = translate_with("endpoint-copy", [("name", what.clone().into())]);
    let done = translate_with("secret-copied", [("what", what.clone().into())]);
    let code = view! { <code id=id.clone() dir="ltr">{format!("{issuer}{path}")}</code> };
    let address = match path {
        METADATA => view! { <a href=METADATA>{code}</a> }.into_any(),
        _ => code.into_any(),
    };
    view! {
        <dt>{what}</dt>
        <dd><div class="actions">{address}<CopyButton target=id label=label done=done once=false/></div></dd>
    }
    .into_any()
}
