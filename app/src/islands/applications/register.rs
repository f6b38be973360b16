//! Island: the form that registers an application.

use super::{clear_errors, refused, show_errors, typed};
use crate::api::applications as api;
use crate::browser::{self, Submission};
use crate::islands::forms::{Task, on_submit};
use crate::islands::status_region::{StatusRegion, call_with_retry};
use crate::views::applications::{ApplicationLabels, Labels, NEW, dialog, path_of};
use leptos::ev;
use leptos::prelude::*;
use oauth::answer::ApplicationAnswer;
use oauth::form::{ClientForm, visible};

/// The state of the island. `Copy`: its fields are handles.
#[derive(Clone, Copy)]
struct Register {
    status: StatusRegion,
    refusal: RwSignal<Option<ApplicationAnswer>>,
    dialog: RwSignal<Option<ApplicationAnswer>>,
}

/// Wraps the form. After success the URL becomes the application's: the secret is shown once, and
/// neither Back nor Reload registers again.
#[island]
pub fn RegisterIsland(words: ApplicationLabels, children: Children) -> impl IntoView {
    let status = StatusRegion::new(words.no_answer());
    let labels: Labels = StoredValue::new(words);
    let page = Register { status, refusal: RwSignal::new(None), dialog: RwSignal::new(None) };
    if cfg!(feature = "hydrate") {
        on_submit(move |submission| page.task_of(submission));
        // A secret is shown once: drop it when the page is left (bfcache).
        window_event_listener(ev::pagehide, move |_| page.dialog.set(None));
    }
    view! {
        <div class="desk" translate="no">
            {status.render()}
            {move || page.refusal.get().map(|answer| refused(answer, labels))}
            <div translate="yes" id="page-list" hidden=move || page.dialog.with(Option::is_some)>{children()}</div>
            {move || page.dialog.get().map(|open| dialog(open, "", labels))}
        </div>
    }
}

impl Register {
    /// The task of a submitted form; `None`: not handled here. Adding and removing rows is the job
    /// of [`super::UrlRowsIsland`], or of the server where that island is not hydrated.
    fn task_of(self, submission: &Submission) -> Option<Task> {
        let target = submission.target();
        if self.dialog.with_untracked(Option::is_some) {
            return Some(Box::pin(async move { open_application(&target) }));
        }
        let registers = matches!(submission.intent().as_str(), "register" | "") && target == ["POST ", NEW].concat();
        let (form, form_id) = (typed(submission.fields()), submission.text("form_id"));
        registers.then(|| -> Task { Box::pin(self.register(form, form_id)) })
    }

    async fn register(self, form: ClientForm, form_id: String) {
        self.status.clear();
        let answer = call_with_retry(|| Box::pin(api::register_application(form.clone(), form_id.clone()))).await;
        match answer {
            Ok(answer) if answer.is_refused() => {
                clear_errors(self.refusal);
                self.refusal.set(Some(show_errors(answer)));
            }
            Ok(answer) => self.registered(answer, &form.name),
            Err(error) => self.status.fail(error, Some(&return_to(&form))),
        }
    }

    fn registered(self, answer: ApplicationAnswer, name: &str) {
        let name = &visible(name);
        clear_errors(self.refusal);
        if let ApplicationAnswer::Registered(made) = &answer {
            browser::replace_url(&path_of(&made.client_id));
            // The form is gone, so the title changes too.
            browser::set_title(name);
            browser::set_element_text("page-title", name);
        }
        self.dialog.set(Some(answer));
    }
}

/// The URL that restores the typed values, for after a sign-in.
fn return_to(form: &ClientForm) -> String {
    let kind = if form.kind == oauth::ClientKind::Public { "native" } else { "web" };
    let pkce = if form.require_pkce { "" } else { "optional" };
    let single = [("name", form.name.as_str()), ("description", &form.description), ("type", kind), ("pkce", pkce)];
    let uris = form.redirect_uris.iter().map(|uri| ("redirect_uri", uri.as_str()));
    let scopes = form.optional_scopes.iter().map(|scope| ("optional_scope", scope.as_str()));
    browser::with_query(NEW, single.into_iter().chain(uris).chain(scopes).filter(|(_, value)| !value.is_empty()))
}

/// The secret dialog was closed: the application's page replaces the form.
fn open_application(target: &str) {
    if let Some(("GET", path)) = target.split_once(' ') {
        browser::navigate_replacing(path);
    }
}
