use crate::components::{Avatar, Day, LinkButton, Name, Note, PostForm, Rights, sentence_of};
use crate::controls::ConsentNote;
use crate::frame::{self, Frame};
use crate::shell::{self, Document, Width};
use leptos::prelude::*;
use oauth::Scope;
use oauth::form::visible;
use oauth::view::{ConsentView, ScopeView};

/// Asks whether an application may act as the person.
#[must_use]
pub fn consent(frame: &Frame, view: ConsentView) -> String {
    let title = format!("Allow {}?", visible(&view.client_name));
    shell::render(frame, || Document::new(title, view! { <Consent view=view/> }).width(Width::Narrow))
}

#[component]
fn Consent(view: ConsentView) -> AnyView {
    let operator = frame::current().operator.clone();
    let app = visible(&view.client_name);
    let ConsentView { sealed, switch_url, scopes, .. } = view.clone();
    view! {
        <div class="card">
            <Avatar of=app.clone() class="app-icon"/>
            <h1 tabindex="-1" autofocus><Name of=app.clone()/>{format!(" wants to access {operator} as you")}</h1>
            <Who view=view.clone()/>
            <LinkButton to=switch_url label="Use another account" class="button small"/>
            <PostForm action="/consent" class="stack" id="consent">
                <input type="hidden" name="request" value=sealed/>
                <Asked app=app scopes=scopes/>
                <About view=view/>
                <p class="hint">"You can remove this access at any time in Tokens and sessions."</p>
                <div class="decision">
                    <button type="submit" class="button" id="consent-deny" name="decision" value="deny">"Deny"</button>
                    <button type="submit" class="button filled" id="consent-allow" name="decision" value="allow">"Allow"</button>
                </div>
            </PostForm>
        </div>
    }
    .into_any()
}

/// Whose access it is about, before anything else.
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

/// What is asked for: the new part first, then what may be left out, then what was allowed before.
#[component]
fn Asked(app: String, scopes: Vec<ScopeView>) -> AnyView {
    let all = scopes.clone();
    let (optional, needed): (Vec<_>, Vec<_>) = scopes.into_iter().partition(|scope| scope.optional && scope.allowed);
    let (new, known): (Vec<_>, Vec<_>) = needed.into_iter().partition(|scope| scope.new);
    let again = !known.is_empty();
    let heading = if again { "New this time".to_owned() } else { format!("{app} will be able to") };
    view! {
        {(!new.is_empty()).then(|| view! { <div class="stack-tight"><h2>{heading}</h2><Rights scopes=new/></div> })}
        {all.is_empty().then(|| view! { <p>{format!("{app} asks for no rights beyond knowing who you are.")}</p> })}
        {(!optional.is_empty()).then(|| view! { <Optional all=all optional=optional/> })}
        {again.then(|| view! { <details open><summary>"You already allow"</summary><Rights scopes=known/></details> })}
    }
    .into_any()
}

#[component]
fn Optional(all: Vec<ScopeView>, optional: Vec<ScopeView>) -> AnyView {
    let given = all.iter().filter(|scope| scope.allowed);
    let asked = Scope::of(given.map(|scope| scope.name.as_str()));
    let boxes: Vec<_> = optional.into_iter().map(checkbox).collect();
    view! {
        <fieldset id="optional-scopes">
            <legend>"You can choose"</legend>
            {boxes}
        </fieldset>
        <ConsentNote asked=asked/>
    }
    .into_any()
}

fn checkbox(scope: ScopeView) -> AnyView {
    let id = format!("optional-{}", scope.name);
    let sentence = sentence_of(&scope);
    view! {
        <div class="choice">
            <input type="checkbox" id=id.clone() name="optional_scope" value=scope.name.clone() checked/>
            <label for=id class="right"><span>{sentence}</span><code dir="ltr">{scope.name}</code></label>
        </div>
    }
    .into_any()
}

/// Who stands behind the application and where the answer goes.
#[component]
fn About(view: ConsentView) -> AnyView {
    let web = view.destination.starts_with("https://");
    let owner = view.registered_by.map(|name| view! { <Name of=name/> }.into_any());
    let description = visible(&view.client_description);
    view! {
        {(!description.is_empty()).then(|| view! { <p>"In its own words: “"<bdi>{description}</bdi>"”"</p> })}
        <p>"You will be sent to "
            {if web { view! { <code dir="ltr">{view.destination}</code> }.into_any() } else { view.destination.into_any() }}
            "."
        </p>
        {view.public_client.then(|| view! {
            <Note>"This application runs on the device of whoever uses it. Allow it only if you have just started it yourself."</Note>
        })}
        <details>
            <summary>"About this application"</summary>
            <dl class="facts">
                <dt>"Registered by"</dt><dd>{owner.unwrap_or_else(|| frame::current().operator.clone().into_any())}</dd>
                <dt>"Registered on"</dt><dd><Day at=view.registered_at/></dd>
            </dl>
        </details>
    }
    .into_any()
}
