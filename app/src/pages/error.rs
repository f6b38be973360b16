use super::local_path;
use crate::components::{Name, When};
use crate::controls::CopyButton;
use crate::frame::Frame;
use crate::shell::{self, Document, Width};
use leptos::prelude::*;
use oauth::Timestamp;

const MAX_RECEIVED: usize = 512;

/// A page for what went wrong. It works without scripts and loads nothing but the style sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorPage {
    /// One sentence: title and heading.
    pub title: String,
    /// What happened and what to do next, for the person.
    pub text: String,
    /// What happened, for the developer.
    pub error: String,
    /// The value that was refused; shown as text, at most 512 characters.
    pub received: Option<String>,
    /// The client that the request named.
    pub client_id: Option<String>,
    /// The id of the request in the log.
    pub request_id: String,
    /// When it happened.
    pub time: Timestamp,
    /// Label and path of the way back.
    pub back: Option<(String, String)>,
    /// Whether the details stand open.
    pub expanded: bool,
}

/// An error, told to the person first and to the developer below.
#[must_use]
pub fn error(frame: &Frame, page: ErrorPage) -> String {
    shell::render(frame, || Document::new(page.title.clone(), view! { <Failure page=page/> }).width(Width::Narrow))
}

#[component]
fn Failure(page: ErrorPage) -> AnyView {
    let (label, path) = page.back.clone().unwrap_or_else(|| ("Go to the start page".to_owned(), "/".to_owned()));
    view! {
        <div class="card" id="error-page">
            <h1>{page.title.clone()}</h1>
            <p>{page.text.clone()}</p>
            <div class="actions"><a class="button" href=local_path(&path)>{label}</a></div>
            <Details page=page/>
        </div>
    }
    .into_any()
}

#[component]
fn Details(page: ErrorPage) -> AnyView {
    let received = page.received.map(|value| value.chars().take(MAX_RECEIVED).collect::<String>());
    let fact = |label: &'static str, value: String| view! { <dt>{label}</dt><dd><code><Name of=value/></code></dd> };
    view! {
        <details open=page.expanded>
            <summary>"Details for the developer"</summary>
            <dl class="facts" id="error-details">
                <dt>"Error"</dt><dd>{page.error}</dd>
                {received.map(|value| fact("Received", value))}
                {page.client_id.map(|value| fact("Client ID", value))}
                {fact("Request ID", page.request_id)}
                <dt>"Time"</dt><dd><When at=page.time/></dd>
            </dl>
            <CopyButton
                target="error-details".to_owned() label="Copy details".to_owned() done="Details copied".to_owned() once=false
            />
        </details>
    }
    .into_any()
}
