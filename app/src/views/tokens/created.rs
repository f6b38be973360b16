//! The dialog that shows a new token once.

use super::labels::Labels;
use super::paths::LIST;
use crate::views::{CopyLabels, Dialog, Glyph, Icon, Note, Pieces, SecretField, ToView, View, copy_button};
use leptos::prelude::*;
use oauth::answer::CreatedToken;

/// "Token created": shows the value once. Done leads to the new row.
#[component]
pub(super) fn Created(created: CreatedToken, labels: Labels) -> View {
    let t = labels.get_value();
    let copy = |label, done| CopyLabels { label, done, by_hand: t.copy_by_hand() };
    let (value, call) = (copy(t.copy_value(), t.value_copied()), copy(t.copy_call(), t.call_copied()));
    view! {
        <Dialog id="token-created" title=t.token_created().view() locked=true>
            <p class="once"><Icon glyph=Glyph::Alert/><span>{t.once()}</span></p>
            <p><Pieces of=created.listed/></p>
            <SecretField id="token-value" label=t.value() value=created.value focused=true>
                {copy_button("token-value", value, "button filled")}
            </SecretField>
            <details>
                <summary>{t.try_it()}</summary>
                <pre dir="ltr" translate="no"><code id="token-call">{created.call}</code></pre>
                <div class="actions">{copy_button("token-call", call, "button small")}</div>
            </details>
            <Done created=created.id labels=labels/>
        </Dialog>
    }
    .view()
}

/// The form was submitted twice: the token exists already.
#[component]
pub(super) fn AlreadyCreated(labels: Labels) -> View {
    let t = labels.get_value();
    view! {
        <Dialog id="token-created" title=t.token_created().view()>
            <Note kind="warn">{t.already_created()}</Note>
            <Done labels=labels/>
        </Dialog>
    }
    .view()
}

#[component]
fn Done(#[prop(optional, into)] created: Option<String>, labels: Labels) -> View {
    view! {
        <form method="get" action=LIST class="actions">
            {created.map(|id| view! { <input type="hidden" name="created" value=id/> })}
            <button type="submit" class="button">{labels.with_value(|t| t.done())}</button>
        </form>
    }
    .view()
}
