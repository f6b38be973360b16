//! The page "Delete account": what ends, what prevents it, and the password.

use crate::components::{BackForm, Cancel, Name, Note, PasswordField, PostForm, Problems, Text, error_of};
use crate::frame::{self, Frame};
use crate::i18n::{translate, translate_with, translate_with_views};
use crate::shell::{self, Document, Width, title_of};
use leptos::prelude::*;
use oauth::Message;
use oauth::form::FieldError;
use oauth::view::{AccountDeletionView, OwnedApplication};

/// The page on which people delete their own account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeleteAccountPage {
    /// What ends, and what prevents the deletion.
    pub view: AccountDeletionView,
    /// The field `password`.
    pub errors: Vec<FieldError>,
}

/// Counts what ends and asks for the password; where something prevents the deletion, says what.
#[must_use]
pub fn delete_account(frame: &Frame, page: DeleteAccountPage) -> String {
    shell::render(frame, || {
        let title = title_of(&translate("delete-account"), !page.errors.is_empty());
        let DeleteAccountPage { view, errors } = page;
        let inner = if view.is_possible() {
            view! { <WhatEnds view=view/><Problems errors=errors.clone()/><DeleteAccountForm errors=errors/> }
                .into_any()
        } else {
            view! { <Blocked view=view/> }.into_any()
        };
        let main = view! { <div class="card"><h1>{translate("delete-account")}</h1>{inner}</div> };
        Document::new(title, main).width(Width::Narrow)
    })
}

#[component]
fn WhatEnds(view: AccountDeletionView) -> AnyView {
    let own = view.applications;
    let names: Vec<_> = own.iter().map(|owned| view! { <li><Name of=owned.name.clone()/></li> }).collect();
    let applications = i64::try_from(own.len()).unwrap_or(i64::MAX);
    view! {
        <p>{translate("leave-lead")}</p>
        <ul class="bullets">
            <li>{translate_with("leave-tokens", [("count", view.tokens.into())])}</li>
            <li>{translate_with("leave-sessions", [("count", view.sessions.into())])}</li>
            <li>{translate_with("leave-connections", [("count", view.connections.into())])}</li>
            {(applications > 0).then(|| view! {
                <li>{translate_with("leave-applications", [("count", applications.into())])}<ul class="bullets">{names}</ul></li>
            })}
        </ul>
        <p>{translate("leave-forever")}</p>
    }
    .into_any()
}

#[component]
fn DeleteAccountForm(errors: Vec<FieldError>) -> AnyView {
    let password =
        Text { name: "password", error: error_of(&errors, "password"), focused: errors.is_empty(), ..Text::default() };
    let username = frame::current().user.clone().map(|user| user.username);
    view! {
        <PostForm action="/account/delete" class="stack">
            <input type="text" name="username" value=username autocomplete="username" aria-label=translate("username") hidden/>
            <PasswordField label=translate("password") text=password/>
            <div class="actions">
                <button type="submit" class="button danger">{translate("delete-account")}</button>
                <Cancel form="back"/>
            </div>
        </PostForm>
        <BackForm id="back" to="/account"/>
    }
    .into_any()
}

#[component]
fn Blocked(view: AccountDeletionView) -> AnyView {
    let used: Vec<OwnedApplication> = view.applications.into_iter().filter(|owned| owned.people > 0).collect();
    let rows: Vec<_> = used.iter().map(used_row).collect();
    view! {
        <div role="alert" id="in-the-way">
            <Note kind="warn">
                {view.last_administrator.then(|| view! { <p>{translate("leave-last-administrator")}</p><p>{translate("leave-make-another")}</p> })}
                {(!rows.is_empty()).then(|| view! { <p>{translate("leave-in-use")}</p><ul class="bullets">{rows}</ul> })}
            </Note>
        </div>
        <p><a href="/account">{translate("leave-back")}</a></p>
    }
    .into_any()
}

fn used_row(owned: &OwnedApplication) -> AnyView {
    let address = format!("/developer/applications/{}", owned.client_id);
    let link = view! { <a href=address><Name of=owned.name.clone()/></a> }.into_any();
    view! { <li>{translate_with_views(Message::new("leave-used-by").with("count", owned.people), [("name", link)])}</li> }
        .into_any()
}
