use crate::components::Note;
use crate::frame::Frame;
use crate::shell::{self, Document, Width};
use leptos::prelude::*;

/// The start page for developers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeveloperPage {
    /// Whether this account may register applications.
    pub may_register: bool,
    /// The issuer, from which every endpoint follows.
    pub issuer: String,
}

/// Where the API and its endpoints are.
#[must_use]
pub fn developer(frame: &Frame, page: DeveloperPage) -> String {
    shell::render(frame, || {
        let main = view! {
            <h1>"API"</h1>
            <section class="card" aria-labelledby="applications">
                <h2 id="applications">"Applications"</h2>
                <p>"Register an application to let people sign in to it, or to let it act for them."</p>
                <div class="actions"><a class="button filled" href="/developer/applications">"OAuth2 Applications"</a></div>
                {(!page.may_register).then(|| view! {
                    <Note>"Your account has partial access, so you can look but not register. Ask an administrator for full access."</Note>
                })}
            </section>
            <section class="card" aria-labelledby="endpoints">
                <h2 id="endpoints">"Endpoints"</h2>
                <p>"A client library finds all of these through the first one."</p>
                <Endpoints issuer=page.issuer/>
            </section>
            <section class="card" aria-labelledby="scripts">
                <h2 id="scripts">"For a script of your own"</h2>
                <p>"A permanent token is the simplest way: no registration, and it acts as you."</p>
                <div class="actions"><a class="button" href="/account/tokens/new">"Create a permanent token"</a></div>
            </section>
        };
        Document::new("API", main).width(Width::Medium)
    })
}

/// The endpoints as full addresses, to copy.
#[component]
pub(super) fn Endpoints(issuer: String) -> AnyView {
    let endpoints = [
        ("Metadata", "/.well-known/oauth-authorization-server"),
        ("Authorize", "/oauth2/authorize"),
        ("Token", "/oauth2/token"),
        ("Token information", "/oauth2/tokeninfo"),
        ("Introspection", "/oauth2/introspect"),
        ("Revocation", "/oauth2/revoke"),
    ];
    let row = |(name, path)| view! { <dt>{name}</dt><dd><code dir="ltr">{format!("{issuer}{path}")}</code></dd> };
    let rows: Vec<_> = endpoints.into_iter().map(row).collect();
    view! {
        <dl class="facts"><dt>"Issuer"</dt><dd><code dir="ltr">{issuer.clone()}</code></dd>{rows}</dl>
    }
    .into_any()
}
