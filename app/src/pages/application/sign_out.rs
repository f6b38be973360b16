use crate::components::{Field, PostForm, Text};
use crate::views::applications::path_of;
use crate::words::say;
use leptos::prelude::*;
use oauth::answer::{Told, told_of};
use oauth::form::SignOutForm;
use oauth::view::ApplicationView;

const ADDRESSES: &str = "post_logout_redirect_uris";
const BACK_CHANNEL: &str = "backchannel_logout_uri";

/// How the application takes part in signing out: folded away, since most do not.
#[component]
pub(super) fn SignOut(application: ApplicationView, form: SignOutForm, errors: Vec<Told>) -> AnyView {
    let error = told_of(&errors, ADDRESSES);
    let back_channel = Text {
        name: BACK_CHANNEL,
        value: form.back_channel.clone(),
        hint: say("application-back-channel-hint"),
        error: told_of(&errors, BACK_CHANNEL),
        ..Text::default()
    };
    let open = error.is_some() || back_channel.error.is_some();
    view! {
        <section class="card" aria-labelledby="sign-out-settings">
            <h2 id="sign-out-settings">{say("application-sign-out")}</h2>
            <details open=open>
                <summary>{say("application-sign-out-lead")}</summary>
                <PostForm action=format!("{}/sign-out", path_of(&application.client_id)) class="stack">
                    <input type="hidden" name="version" value=application.version/>
                    <div class="field">
                        <label for=ADDRESSES>{say("application-after-sign-out")}</label>
                        <p class="hint" id=format!("{ADDRESSES}-hint")>{say("application-after-sign-out-hint")}</p>
                        <textarea
                            id=ADDRESSES name=ADDRESSES rows="3" dir="ltr" class="mono"
                            autocomplete="off" autocapitalize="none" spellcheck="false"
                            aria-describedby=format!("{ADDRESSES}-hint {ADDRESSES}-error")
                            aria-invalid=error.is_some().then_some("true")
                        >{form.addresses.join("\n")}</textarea>
                        <p class="field-error" id=format!("{ADDRESSES}-error")>{error}</p>
                    </div>
                    <Field label=say("application-back-channel") text=back_channel/>
                    <button type="submit" class="button">{say("application-sign-out-save")}</button>
                </PostForm>
            </details>
        </section>
    }
    .into_any()
}
