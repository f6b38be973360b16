//! The dialogs over an application's page. Two of them hold a client secret.

use super::{Words, path_of};
use crate::views::{
    BackForm, Cancel, CopyWords, Dialog, Glyph, Icon, Note, Pieces, PostForm, SecretField, ToView, View, copy_of,
};
use leptos::prelude::*;
use oauth::answer::{ApplicationAnswer, RegisteredApplication, RotateQuestion};

/// The dialog of an answer over the page of this application; nothing where nothing is asked or shown.
pub(crate) fn dialog(answer: ApplicationAnswer, client_id: &str, words: Words) -> View {
    let path = path_of(client_id);
    match answer {
        ApplicationAnswer::Registered(made) => view! { <Registered made=made words=words/> }.view(),
        ApplicationAnswer::AlreadyRegistered(id) => view! { <AlreadyRegistered path=path_of(&id) words=words/> }.view(),
        ApplicationAnswer::Rotate(question) => view! { <Rotate question=question words=words/> }.view(),
        ApplicationAnswer::NewSecret(secret) => view! { <NewSecret secret=secret path=path words=words/> }.view(),
        ApplicationAnswer::AlreadyRotated => view! { <AlreadyRotated path=path words=words/> }.view(),
        _ => ().view(),
    }
}

#[component]
fn Registered(made: RegisteredApplication, words: Words) -> View {
    let say = words.get_value();
    let RegisteredApplication { client_id, secret, endpoints } = made;
    let (path, once) = (path_of(&client_id), secret.is_some());
    let copy = CopyWords { label: say.copy_id(), done: say.id_copied(), by_hand: say.copy_by_hand() };
    let endpoint =
        |(name, address): (String, String)| view! { <dt>{name}</dt><dd><code dir="ltr">{address}</code></dd> };
    let endpoints: Vec<_> = endpoints.into_iter().map(endpoint).collect();
    view! {
        <Dialog id="registered" title=say.registered().view() keep=once>
            {once.then(|| view! { <Once words=words/> })}
            <SecretField id="new-client-id" label=say.client_id() value=client_id focused=!once>
                {copy_of("new-client-id", copy, "button filled")}
            </SecretField>
            {secret.map(|secret| view! { <Secret secret=secret words=words/> })}
            <details><summary>{say.connect()}</summary><dl class="facts">{endpoints}</dl></details>
            <Done path=path words=words/>
        </Dialog>
    }
    .view()
}

#[component]
fn AlreadyRegistered(path: String, words: Words) -> View {
    let say = words.get_value();
    view! {
        <Dialog id="registered" title=say.registered().view()>
            <Note kind="warn">{say.already_registered()}</Note>
            <Done path=path words=words/>
        </Dialog>
    }
    .view()
}

#[component]
fn Rotate(question: RotateQuestion, words: Words) -> View {
    let say = words.get_value();
    let RotateQuestion { client_id, form_id, third } = question;
    let path = path_of(&client_id);
    let third = (!third.is_empty()).then(|| view! { <p class="hint"><Pieces of=third/></p> });
    view! {
        <Dialog id="rotate-secret" title=say.rotate().view()>
            <PostForm action=[&path, "/rotate"].concat()>
                <input type="hidden" name="form_id" value=form_id/>
                <fieldset>
                    <legend>{say.rotate_legend()}</legend>
                    {choice("day", say.rotate_day())}
                    {choice("now", say.rotate_now())}
                    {choice("week", say.rotate_week())}
                </fieldset>
                {third}
                <div class="actions">
                    <button type="submit" class="button filled">{say.ok()}</button>
                    <Cancel form="rotate-back" label=say.cancel()/>
                </div>
            </PostForm>
            <BackForm id="rotate-back" to=path/>
        </Dialog>
    }
    .view()
}

/// When the current secret stops working; in a day where nothing else is chosen.
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
fn NewSecret(secret: String, path: String, words: Words) -> View {
    let say = words.get_value();
    view! {
        <Dialog id="new-secret" title=say.new_secret().view() keep=true>
            <Once words=words/>
            <Secret secret=secret words=words/>
            <Done path=path words=words/>
        </Dialog>
    }
    .view()
}

#[component]
fn AlreadyRotated(path: String, words: Words) -> View {
    let say = words.get_value();
    view! {
        <Dialog id="new-secret" title=say.new_secret().view()>
            <Note kind="warn">{say.already_rotated()}</Note>
            <Done path=path words=words/>
        </Dialog>
    }
    .view()
}

#[component]
fn Once(words: Words) -> View {
    view! { <p class="once"><Icon glyph=Glyph::Alert/><span>{words.with_value(|say| say.once())}</span></p> }.view()
}

#[component]
fn Secret(secret: String, words: Words) -> View {
    let say = words.get_value();
    let copy = CopyWords { label: say.copy_secret(), done: say.secret_copied(), by_hand: say.copy_by_hand() };
    view! {
        <SecretField id="new-client-secret" label=say.secret() value=secret focused=true>
            {copy_of("new-client-secret", copy, "button filled")}
        </SecretField>
    }
    .view()
}

#[component]
fn Done(path: String, words: Words) -> View {
    let done = words.with_value(|say| say.done());
    view! { <form method="get" action=path class="actions"><button type="submit" class="button">{done}</button></form> }
        .view()
}
