//! The error page: for the person first, then details for the developer.

use crate::components::{Clock, Name, When};
use crate::controls::CopyButton;
use crate::frame::{self, Frame};
use crate::i18n::{translate, translate_message, translate_with, translate_with_views};
use crate::shell::{self, Document, Width};
use leptos::prelude::*;
use oauth::form::visible;
use oauth::{Message, Timestamp};

const MAX_RECEIVED: usize = 512;

/// An error page. It works without scripts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorPage {
    /// Title and heading.
    pub title: Message,
    /// What happened and what to do, for the person.
    pub text: Message,
    /// The application's name: a placeholder of `text`.
    pub name: Option<String>,
    /// When to try again: a placeholder of `text`.
    pub clock: Option<Timestamp>,
    /// What happened, for the developer.
    pub error: Message,
    /// The refused value; shown as text, cut to 512 characters.
    pub received: Option<String>,
    /// The `client_id` of the request.
    pub client_id: Option<String>,
    /// The id of the request in the log.
    pub request_id: String,
    /// When it happened.
    pub time: Timestamp,
    /// The id of the problem; its page explains how to fix it.
    pub problem: Option<String>,
    /// Name and `client_id` of the application, if the reader owns it.
    pub own: Option<(String, String)>,
    /// Whether to offer another account.
    pub switch: bool,
    /// Whether the details are open.
    pub expanded: bool,
}

/// An error: for the person first, for the developer below.
#[must_use]
pub fn error(frame: &Frame, page: ErrorPage) -> String {
    shell::render(frame, || {
        Document::new(translate_message(&page.title), view! { <Failure page=page/> }).width(Width::Narrow)
    })
}

#[component]
fn Failure(page: ErrorPage) -> AnyView {
    let name = page.name.clone().map(|name| view! { <Name of=name/> }).into_any();
    let clock = page.clock.map(|at| view! { <Clock at=at/> }).into_any();
    let text = translate_with_views(page.text.clone(), [("name", name), ("clock", clock)]);
    let switch =
        page.switch.then(|| view! { <a class="button" href="/login">{translate("call-other-person-switch")}</a> });
    view! {
        <div class="card" id="error-page">
            <h1>{translate_message(&page.title)}</h1>
            <p>{text}</p>
            <div class="actions"><a class="button" href="/">{translate("error-start")}</a>{switch}<Support/></div>
            <Details page=page/>
        </div>
    }
    .into_any()
}

/// The operator's help link, if set.
#[component]
fn Support() -> AnyView {
    let url = frame::current().brand.support_url.clone();
    url.map(|url| view! { <a href=url>{translate("help")}</a> }).into_any()
}

#[component]
fn Details(page: ErrorPage) -> AnyView {
    let cut = |text: String| visible(&text).chars().take(MAX_RECEIVED).collect::<String>();
    let fact =
        |label, value: String| view! { <dt>{translate(label)}</dt><dd><code dir="ltr"><Name of=value/></code></dd> };
    view! {
        <details open=page.expanded>
            <summary>{translate("error-details")}</summary>
            <dl class="facts" id="error-details">
                <dt>{translate("error-error")}</dt><dd>{translate_message(&page.error)}</dd>
                {page.received.map(|value| fact("problems-received", cut(value)))}
                {page.client_id.map(|value| fact("application-client-id", cut(value)))}
                {fact("error-request-id", page.request_id)}
                <dt>{translate("error-time")}</dt><dd><When at=page.time/></dd>
            </dl>
            <CopyButton
                target="error-details".to_owned() label=translate("error-copy") done=translate("error-copied") once=false
            />
            {page.problem.map(|id| view! { <p><a href=format!("/errors/{id}")>{translate("error-how-to-fix")}</a></p> })}
            {page.own.map(|(name, id)| view! { <Own name=name client_id=id/> })}
        </details>
    }
    .into_any()
}

/// A link to the application, for its owner.
#[component]
fn Own(name: String, client_id: String) -> AnyView {
    view! {
        <p>{translate("error-owner")}" "<OpenApplication name=name client_id=client_id/></p>
    }
    .into_any()
}

/// `Open Photo Printer`
#[component]
pub(super) fn OpenApplication(name: String, client_id: String) -> AnyView {
    let label = translate_with("error-open", [("name", visible(&name).into())]);
    view! { <a href=format!("/developer/applications/{client_id}")><bdi>{label}</bdi></a> }.into_any()
}
