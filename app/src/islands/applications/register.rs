//! The form that registers an application.

use super::{clear_refusal, mark, refused, typed};
use crate::api::applications as api;
use crate::browser::{self, Press};
use crate::islands::desk::{Desk, asked};
use crate::islands::listen::{Task, on_press};
use crate::views::applications::{ApplicationLabels, Labels, NEW, dialog, path_of};
use leptos::ev;
use leptos::prelude::*;
use oauth::answer::ApplicationAnswer;
use oauth::form::{ClientForm, visible};

/// What the island knows. Copied freely: its fields are handles.
#[derive(Clone, Copy)]
struct Register {
    desk: Desk,
    refusal: RwSignal<Option<ApplicationAnswer>>,
    dialog: RwSignal<Option<ApplicationAnswer>>,
}

/// Stands around the form. When the application is there, the page is the application's: its secret is shown once, and
/// neither Back nor Reload sends the form again.
#[island]
pub fn RegisterIsland(words: ApplicationLabels, children: Children) -> impl IntoView {
    let desk = Desk::new(words.no_answer());
    let labels: Labels = StoredValue::new(words);
    let page = Register { desk, refusal: RwSignal::new(None), dialog: RwSignal::new(None) };
    if cfg!(feature = "hydrate") {
        on_press(move |press| page.known(press));
        // A secret that was shown once goes with the page.
        window_event_listener(ev::pagehide, move |_| page.dialog.set(None));
    }
    view! {
        <div class="desk" translate="no">
            {desk.places()}
            {move || page.refusal.get().map(|answer| refused(answer, labels))}
            <div translate="yes" id="page-list" hidden=move || page.dialog.with(Option::is_some)>{children()}</div>
            {move || page.dialog.get().map(|open| dialog(open, "", labels))}
        </div>
    }
}

impl Register {
    /// What a press leads to; none: it is not one of this island's. Rows more or less are another island's; where that one sleeps, the
    /// server makes them.
    fn known(self, press: &Press) -> Option<Task> {
        let target = press.target();
        if self.dialog.with_untracked(Option::is_some) {
            return Some(Box::pin(async move { done(&target) }));
        }
        let registers = matches!(press.intent().as_str(), "register" | "") && target == ["POST ", NEW].concat();
        let (form, form_id) = (typed(press.fields()), press.text("form_id"));
        registers.then(|| -> Task { Box::pin(self.register(form, form_id)) })
    }

    async fn register(self, form: ClientForm, form_id: String) {
        self.desk.clear();
        let answer = asked(|| Box::pin(api::register_application(form.clone(), form_id.clone()))).await;
        match answer {
            Ok(answer) if answer.is_refused() => {
                clear_refusal(self.refusal);
                self.refusal.set(Some(mark(answer)));
            }
            Ok(answer) => self.registered(answer, &form.name),
            Err(error) => self.desk.fail(error, Some(&way_back(&form))),
        }
    }

    fn registered(self, answer: ApplicationAnswer, name: &str) {
        let name = &visible(name);
        clear_refusal(self.refusal);
        if let ApplicationAnswer::Registered(made) = &answer {
            browser::replace_place(&path_of(&made.client_id));
            // The form is gone, and so is what the page was called.
            browser::set_title(name);
            browser::write("page-title", name);
        }
        self.dialog.set(Some(answer));
    }
}

/// The address at which what was typed stands again, for somebody who has to sign in first.
fn way_back(form: &ClientForm) -> String {
    let kind = if form.kind == oauth::ClientKind::Public { "native" } else { "web" };
    let pkce = if form.require_pkce { "" } else { "optional" };
    let single = [("name", form.name.as_str()), ("description", &form.description), ("type", kind), ("pkce", pkce)];
    let uris = form.redirect_uris.iter().map(|uri| ("redirect_uri", uri.as_str()));
    let scopes = form.optional_scopes.iter().map(|scope| ("optional_scope", scope.as_str()));
    browser::with_query(NEW, single.into_iter().chain(uris).chain(scopes).filter(|(_, value)| !value.is_empty()))
}

/// The secret is put away; the application's page comes in the place of the form.
fn done(target: &str) {
    if let Some(("GET", path)) = target.split_once(' ') {
        browser::go_instead(path);
    }
}
