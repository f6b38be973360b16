//! The consent page (RFC 6749 §4.1.1), and the page after an answer to a native app.

mod about;
mod requested_scopes;

use self::about::{About, Destination};
use self::requested_scopes::RequestedScopes;
use crate::components::{Avatar, LinkButton, Name, PostForm};
use crate::frame::{self, Frame};
use crate::i18n::{translate, translate_with, translate_with_views};
use crate::shell::{self, Document, Width};
use leptos::prelude::*;
use oauth::Message;
use oauth::form::visible;
use oauth::view::ConsentView;

/// Asks whether an application may act for the person.
#[must_use]
pub fn consent(frame: &Frame, view: ConsentView) -> String {
    shell::render(&Frame { question: true, ..frame.clone() }, || {
        let title = translate_with("consent-title", [("app", visible(&view.client_name).into())]);
        Document::new(title, view! { <Consent view=view/> }).width(Width::Narrow)
    })
}

/// The page that stays in the browser when a private-use URI scheme opens a native app
/// (RFC 8252 §7.1). `address`: the redirect with the response.
#[must_use]
pub fn answered(frame: &Frame, app: &str, address: &str) -> String {
    let (app, address) = (visible(app), address.to_owned());
    shell::render(frame, || {
        let open = translate_with("consent-open", [("app", app.clone().into())]);
        let text = translate_with_views("consent-answered-text", [("app", view! { <Name of=app/> }.into_any())]);
        let main = view! {
            <div class="card">
                <h1 tabindex="-1" autofocus>{translate("consent-answered")}</h1>
                <p>{text}</p>
                <div class="actions"><a class="button filled" href=address id="open-app">{open}</a></div>
            </div>
        };
        Document::new(translate("consent-answered"), main).width(Width::Narrow)
    })
}

#[component]
fn Consent(view: ConsentView) -> AnyView {
    let app = visible(&view.client_name);
    let question = Message::new("consent-question").with("operator", frame::current().operator.clone());
    let named = view! { <Name of=app.clone()/> }.into_any();
    let ConsentView { sealed, switch_url, .. } = view.clone();
    let about = view.clone();
    view! {
        <div class="card consent">
            <div class="who-asks">
                <Avatar of=app.clone() class="app-icon"/>
                <h1 tabindex="-1" autofocus>{translate_with_views(question, [("app", named)])}</h1>
            </div>
            <div class="whose">
                <Who view=view.clone()/>
                <LinkButton to=switch_url label=translate("consent-switch") class="button small"/>
            </div>
            <PostForm action="/consent" class="stack" id="consent">
                <input type="hidden" name="request" value=sealed/>
                <RequestedScopes app=app view=view.clone()/>
                <Destination view=view.clone()/>
                <div class="decision">
                    <button type="submit" class="button" id="consent-deny" name="decision" value="deny">{translate("consent-deny")}</button>
                    <button type="submit" class="button filled" id="consent-allow" name="decision" value="allow">{translate("consent-allow")}</button>
                </div>
            </PostForm>
            <About view=about/>
            <p class="hint">{translate("consent-remove")}</p>
        </div>
    }
    .into_any()
}

/// The account that the consent is for.
#[component]
fn Who(view: ConsentView) -> AnyView {
    let ConsentView { username, full_name, email, .. } = view;
    let first = full_name.clone().unwrap_or_else(|| username.clone());
    let rest: Vec<String> = full_name.map(|_| username).into_iter().chain(email).collect();
    view! {
        <div class="account-card">
            <Avatar of=first.clone()/>
            <div>
                <strong><Name of=first/></strong>
                {(!rest.is_empty()).then(|| view! { <span class="sub"><Name of=rest.join(" · ")/></span> })}
            </div>
        </div>
    }
    .into_any()
}
