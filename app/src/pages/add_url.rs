//! The question before a redirect URI is added to an application.

use crate::i18n::{translate, translate_with_views};
use crate::views::ConfirmDialog;
use leptos::prelude::*;
use oauth::form::visible;
use oauth::redirect_uri;

/// Phishing guard: anybody can send a request with a foreign redirect URI and wait for the owner to
/// press the button, so the question names the host.
#[component]
pub(super) fn AddUrl(problem: String, uri: String, version: i64, path: String, back: String) -> AnyView {
    let action = format!("{path}/problems/{problem}/add");
    let fields = view! { <input type="hidden" name="version" value=version/> }.into_any();
    let host = view! { <bdi>{redirect_uri::authority(&uri)}</bdi> };
    let title = translate_with_views("problems-add-question", [("host", host.into_any())]);
    view! {
        <ConfirmDialog id="add-url" title=title action=action back=back ok=translate("problems-add") cancel=translate("cancel") fields=fields>
            <p>{translate("problems-add-lead")}</p>
            <p><code dir="ltr">{visible(&uri)}</code></p>
        </ConfirmDialog>
    }
    .into_any()
}
