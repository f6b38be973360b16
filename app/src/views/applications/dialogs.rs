//! Dialogs over an application's page. Two of them show a client secret once.

use super::{Labels, path_of};
use crate::views::{
    BackForm, Cancel, CopyLabels, Dialog, Glyph, Icon, Note, Pieces, PostForm, SecretField, ToView, View, copy_button,
};
use leptos::prelude::*;
use oauth::answer::{ApplicationAnswer, RegisteredApplication, RotateQuestion};

/// The dialog of an answer; nothing for answers without one.
pub(crate) fn dialog(answer: ApplicationAnswer, client_id: &str, labels: Labels) -> View {
    let path = path_of(client_id);
    match answer {
        ApplicationAnswer::Registered(made) => view! { <Registered made=made labels=labels/> }.view(),
        ApplicationAnswer::AlreadyRegistered(id) => {
            view! { <AlreadyRegistered path=path_of(&id) labels=labels/> }.view()
        }
        ApplicationAnswer::Rotate(question) => view! { <Rotate question=question labels=labels/> }.view(),
        ApplicationAnswer::NewSecret(secret) => view! { <NewSecret secret=secret path=path labels=labels/> }.view(),
        ApplicationAnswer::AlreadyRotated => view! { <AlreadyRotated path=path labels=labels/> }.view(),
        _ => ().view(),
    }
}

#[component]
fn Registered(made: RegisteredApplication, labels: Labels) -> View {
    let t = labels.get_value();
    let RegisteredApplication { client_id, secret, endpoints } = made;
    let (path, once) = (path_of(&client_id), secret.is_some());
    let copy = CopyLabels { label: t.copy_id(), done: t.id_copied(), by_hand: t.copy_by_hand() };
    let endpoint =
        |(name, address): (String, String)| view! { <dt>{name}</dt><dd><code dir="ltr">{address}</code></dd> };
    let endpoints: Vec<_> = endpoints.into_iter().map(endpoint).collect();
    view! {
        <Dialog id="registered" title=t.registered().view() locked=once>
            {once.then(|| view! { <ShownOnceNote labels=labels/> })}
            <SecretField id="new-client-id" label=t.client_id() value=client_id focused=!once>
                {copy_button("new-client-id", copy, "button filled")}
            </SecretField>
            {secret.map(|secret| view! { <Secret secret=secret labels=labels/> })}
            <details><summary>{t.connect()}</summary><dl class="facts">{endpoints}</dl></details>
            <Done path=path labels=labels/>
        </Dialog>
    }
    .view()
}

#[component]
fn AlreadyRegistered(path: String, labels: Labels) -> View {
    let t = labels.get_value();
    view! {
        <Dialog id="registered" title=t.registered().view()>
            <Note kind="warn">{t.already_registered()}</Note>
            <Done path=path labels=labels/>
        </Dialog>
    }
    .view()
}

#[component]
fn Rotate(question: RotateQuestion, labels: Labels) -> View {
    let t = labels.get_value();
    let RotateQuestion { client_id, form_id, third } = question;
    let path = path_of(&client_id);
    let third = (!third.is_empty()).then(|| view! { <p class="hint"><Pieces of=third/></p> });
    view! {
        <Dialog id="rotate-secret" title=t.rotate().view()>
            <PostForm action=[&path, "/rotate"].concat()>
                <input type="hidden" name="form_id" value=form_id/>
                <fieldset>
                    <legend>{t.rotate_legend()}</legend>
                    {choice("day", t.rotate_day())}
                    {choice("now", t.rotate_now())}
                    {choice("week", t.rotate_week())}
                </fieldset>
                {third}
                <div class="actions">
                    <button type="submit" class="button filled">{t.ok()}</button>
                    <Cancel form="rotate-back" label=t.cancel()/>
                </div>
            </PostForm>
            <BackForm id="rotate-back" to=path/>
        </Dialog>
    }
    .view()
}

/// The grace period of the current secret; a day by default.
fn choice(value: &'static str, label: String) -> View {
    let id = ["old_secret_until-", value].concat();
    view! {
        <div class="choice">
            <input type="radio" id=id.clone() name="old_secret_until" value=value checked=value == "day"/>
            <label for=id>{label}</label>
        </div>
    }
    .view()
}

#[component]
fn NewSecret(secret: String, path: String, labels: Labels) -> View {
    let t = labels.get_value();
    view! {
        <Dialog id="new-secret" title=t.new_secret().view() locked=true>
            <ShownOnceNote labels=labels/>
            <Secret secret=secret labels=labels/>
            <Done path=path labels=labels/>
        </Dialog>
    }
    .view()
}

#[component]
fn AlreadyRotated(path: String, labels: Labels) -> View {
    let t = labels.get_value();
    view! {
        <Dialog id="new-secret" title=t.new_secret().view()>
            <Note kind="warn">{t.already_rotated()}</Note>
            <Done path=path labels=labels/>
        </Dialog>
    }
    .view()
}

#[component]
fn ShownOnceNote(labels: Labels) -> View {
    view! { <p class="once"><Icon glyph=Glyph::Alert/><span>{labels.with_value(|t| t.once())}</span></p> }.view()
}

#[component]
fn Secret(secret: String, labels: Labels) -> View {
    let t = labels.get_value();
    let copy = CopyLabels { label: t.copy_secret(), done: t.secret_copied(), by_hand: t.copy_by_hand() };
    view! {
        <SecretField id="new-client-secret" label=t.secret() value=secret focused=true>
            {copy_button("new-client-secret", copy, "button filled")}
        </SecretField>
    }
    .view()
}

#[component]
fn Done(path: String, labels: Labels) -> View {
    let done = labels.with_value(|t| t.done());
    view! { <form method="get" action=path class="actions"><button type="submit" class="button">{done}</button></form> }
        .view()
}
