use super::{LIST, Words};
use crate::views::{CopyWords, Dialog, Glyph, Icon, Note, Pieces, SecretField, ToView, View, copy_of};
use leptos::prelude::*;
use oauth::answer::CreatedToken;

/// "Token created". Done leads to the new row.
#[component]
pub(super) fn Created(created: CreatedToken, words: Words) -> View {
    let say = words.get_value();
    let copy = |label, done| CopyWords { label, done, by_hand: say.copy_by_hand() };
    let (value, call) = (copy(say.copy_value(), say.value_copied()), copy(say.copy_call(), say.call_copied()));
    view! {
        <Dialog id="token-created" title=say.token_created().view() keep=true>
            <p class="once"><Icon glyph=Glyph::Alert/><span>{say.once()}</span></p>
            <p><Pieces of=created.listed/></p>
            <SecretField id="token-value" label=say.value() value=created.value focused=true>
                {copy_of("token-value", value, "button filled")}
            </SecretField>
            <details>
                <summary>{say.try_it()}</summary>
                <pre dir="ltr" translate="no"><code id="token-call">{created.call}</code></pre>
                <div class="actions">{copy_of("token-call", call, "button small")}</div>
            </details>
            <Done created=created.id words=words/>
        </Dialog>
    }
    .view()
}

/// The form was sent twice.
#[component]
pub(super) fn AlreadyCreated(words: Words) -> View {
    let say = words.get_value();
    view! {
        <Dialog id="token-created" title=say.token_created().view()>
            <Note kind="warn">{say.already_created()}</Note>
            <Done words=words/>
        </Dialog>
    }
    .view()
}

#[component]
fn Done(#[prop(optional, into)] created: Option<String>, words: Words) -> View {
    view! {
        <form method="get" action=LIST class="actions">
            {created.map(|id| view! { <input type="hidden" name="created" value=id/> })}
            <button type="submit" class="button">{words.with_value(|say| say.done())}</button>
        </form>
    }
    .view()
}
