//! RP-initiated logout: the question, and the page afterwards.

use crate::components::{Avatar, LinkButton, Name, PostForm};
use crate::frame::{self, Frame};
use crate::i18n::{translate, translate_with, translate_with_views};
use crate::shell::{self, Document, Width};
use leptos::prelude::*;
use oauth::form::visible;

/// The question whether to sign out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignOutPage {
    /// The signed request, for the hidden field.
    pub sealed: String,
    /// The application that asked, if known.
    pub client_name: Option<String>,
}

/// Asks the person who is signed in whether to sign out.
#[must_use]
pub fn sign_out(frame: &Frame, page: SignOutPage) -> String {
    shell::render(frame, || {
        let title = translate_with("sign-out-question", [("operator", frame::current().operator.clone().into())]);
        Document::new(title.clone(), view! { <Ask title=title page=page/> }).width(Width::Narrow)
    })
}

#[component]
fn Ask(title: String, page: SignOutPage) -> AnyView {
    let asked = page.client_name.map(|name| {
        let app = view! { <Name of=visible(&name)/> }.into_any();
        view! { <p>{translate_with_views("sign-out-asked", [("app", app)])}</p> }
    });
    let user = frame::current().user.clone().map(|user| {
        view! {
            <div class="account-card">
                <Avatar of=user.username.clone()/>
                <div><strong><Name of=user.username/></strong></div>
            </div>
        }
    });
    view! {
        <div class="card">
            <h1 tabindex="-1" autofocus>{title}</h1>
            {asked}
            {user}
            <p class="hint">{translate("sign-out-means")}</p>
            <div class="actions">
                <PostForm action="/logout/confirm">
                    <input type="hidden" name="request" value=page.sealed/>
                    <button type="submit" class="button filled" id="logout-confirm">{translate("sign-out")}</button>
                </PostForm>
                <LinkButton to="/account" label=translate("sign-out-stay")/>
            </div>
        </div>
    }
    .into_any()
}

/// "You are signed out", with a link to sign in.
#[must_use]
pub fn signed_out(frame: &Frame) -> String {
    shell::render(frame, || {
        let main = view! {
            <div class="card" id="logged-out">
                <h1 tabindex="-1" autofocus>{translate("signed-out")}</h1>
                <p>{translate("signed-out-text")}</p>
                <div class="actions"><a class="button" href="/login">{translate("sign-in")}</a></div>
            </div>
        };
        Document::new(translate("signed-out"), main).width(Width::Narrow)
    })
}
