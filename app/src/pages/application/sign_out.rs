//! Logout settings of an application: post-logout redirects and back-channel logout.

use crate::components::{Field, PostForm, Text};
use crate::i18n::translate;
use crate::views::applications::path_of;
use leptos::prelude::*;
use oauth::answer::{FieldMessage, message_for};
use oauth::form::SignOutForm;
use oauth::view::ApplicationView;

const ADDRESSES: &str = "post_logout_redirect_uris";
const BACK_CHANNEL: &str = "backchannel_logout_uri";

/// Logout settings, collapsed by default.
#[component]
pub(super) fn SignOut(application: ApplicationView, form: SignOutForm, errors: Vec<FieldMessage>) -> AnyView {
    let error = message_for(&errors, ADDRESSES);
    let back_channel = Text {
        name: BACK_CHANNEL,
        value: form.back_channel.clone(),
        hint: translate("application-back-channel-hint"),
        error: message_for(&errors, BACK_CHANNEL),
        ..Text::default()
    };
    let open = error.is_some() || back_channel.error.is_some();
    view! {
        <section class="card" aria-labelledby="sign-out-settings">
            <h2 id="sign-out-settings">{translate("application-sign-out")}</h2>
            <details open=open>
                <summary>{translate("application-sign-out-lead")}</summary>
                <PostForm action=format!("{}/sign-out", path_of(&application.client_id)) class="stack">
                    <input type="hidden" name="version" value=application.version/>
                    <div class="field">
                        <label for=ADDRESSES>{translate("application-after-sign-out")}</label>
                        <p class="hint" id=format!("{ADDRESSES}-hint")>{translate("application-after-sign-out-hint")}</p>
                        <textarea
                            id=ADDRESSES name=ADDRESSES rows="3" dir="ltr" class="mono"
                            autocomplete="off" autocapitalize="none" spellcheck="false"
                            aria-describedby=format!("{ADDRESSES}-hint {ADDRESSES}-error")
                            aria-invalid=error.is_some().then_some("true")
                        >{form.addresses.join("\n")}</textarea>
                        <p class="field-error" id=format!("{ADDRESSES}-error")>{error}</p>
                    </div>
                    <Field label=translate("application-back-channel") text=back_channel/>
                    <button type="submit" class="button">{translate("application-sign-out-save")}</button>
                </PostForm>
            </details>
        </section>
    }
    .into_any()
}
