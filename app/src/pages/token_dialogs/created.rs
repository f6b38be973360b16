use super::LIST;
use crate::components::{Dialog, Glyph, Icon, Name, Note, SecretField};
use crate::words::{say, sentence};
use leptos::prelude::*;

/// "Token created". Done leads to the new row.
#[component]
pub(super) fn Created(id: String, name: String, value: String, issuer: String) -> AnyView {
    let listed = sentence("token-in-list", [("name", view! { <Name of=name/> }.into_any())]);
    // The value itself would end in the shell's history.
    let call = format!("curl -H \"Authorization: Bearer $TOKEN\" \"{issuer}/oauth2/tokeninfo\"");
    view! {
        <Dialog id="token-created" open=true title=say("token-created").into_any() keep=true>
            <p class="once"><Icon glyph=Glyph::Alert/><span>{say("token-once")}</span></p>
            <p>{listed}</p>
            <SecretField id="token-value" label=say("token-value") copy=say("token-copy") value=value focused=true/>
            <details>
                <summary>{say("token-try")}</summary>
                <pre dir="ltr"><code>{call}</code></pre>
            </details>
            <Done created=id/>
        </Dialog>
    }
    .into_any()
}

/// The form was sent twice.
#[component]
pub(super) fn AlreadyCreated() -> AnyView {
    view! {
        <Dialog id="token-created" open=true title=say("token-created").into_any()>
            <Note kind="warn">{say("token-already-created")}</Note>
            <Done/>
        </Dialog>
    }
    .into_any()
}

#[component]
fn Done(#[prop(optional, into)] created: Option<String>) -> AnyView {
    view! {
        <form method="get" action=LIST class="actions">
            {created.map(|id| view! { <input type="hidden" name="created" value=id/> })}
            <button type="submit" class="button filled">{say("token-done")}</button>
        </form>
    }
    .into_any()
}
