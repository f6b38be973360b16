//! Island: one application of a developer, changed in place.

use super::action::Action;
use super::{REFUSED, clear_errors, refused, render, show_errors, typed};
use crate::api::applications as api;
use crate::browser::{self, Fields};
use crate::islands::forms::on_submit;
use crate::islands::status_region::{StatusRegion, call_with_retry};
use crate::views::ToView;
use crate::views::applications::{ApplicationLabels, Labels, Problems, SETTINGS, Secrets, dialog, path_of};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use oauth::answer::{ApplicationAnswer, ApplicationNow, SavedApplication};
use oauth::form::{ClientForm, visible};

/// The state of the island. `Copy`: its fields are handles.
#[derive(Clone, Copy)]
struct Application {
    status: StatusRegion,
    labels: Labels,
    client_id: StoredValue<String>,
    /// The saved settings; `None` while the page shows a refused form.
    stored: StoredValue<Option<ClientForm>>,
    /// Secrets and problems; the server's HTML shows the first values.
    now: RwSignal<ApplicationNow>,
    /// Whether the island renders those parts itself.
    took_over: StoredValue<bool>,
    refusal: RwSignal<Option<ApplicationAnswer>>,
    dialog: RwSignal<Option<ApplicationAnswer>>,
}

/// Wraps the server-rendered page and handles the forms that it knows.
#[island]
pub fn ApplicationIsland(
    words: ApplicationLabels,
    client_id: String,
    version: i64,
    seen: String,
    children: Children,
) -> impl IntoView {
    let status = StatusRegion::new(words.no_answer());
    let labels: Labels = StoredValue::new(words);
    let page = Application {
        status,
        labels,
        client_id: StoredValue::new(client_id),
        stored: StoredValue::new(None),
        now: RwSignal::new(ApplicationNow { version, seen, ..ApplicationNow::default() }),
        took_over: StoredValue::new(false),
        refusal: RwSignal::new(None),
        dialog: RwSignal::new(None),
    };
    if cfg!(feature = "hydrate") {
        page.listen();
    }
    view! {
        <div class="desk" translate="no">
            {status.render()}
            {move || page.refusal.get().map(|answer| refused(answer, labels))}
            <div translate="yes" id="page-list">{children()}</div>
            {move || page.dialog.get().map(|open| dialog(open, &page.client_id.get_value(), labels))}
        </div>
    }
}

impl Application {
    fn listen(self) {
        let at_first = Fields::at_first(SETTINGS).filter(|_| browser::element_text(REFUSED).is_empty());
        self.stored.set_value(at_first.map(|fields| typed(&fields)));
        on_submit(move |submission| {
            let action = Action::of(submission, &self.path(), self.dialog.with_untracked(Option::is_some))?;
            Some(Box::pin(self.perform(action)))
        });
        browser::on_revisit(move || self.poll());
        browser::on_before_unload(move || self.is_unsaved());
        // A secret is shown once: drop it when the page is left (bfcache).
        window_event_listener(ev::pagehide, move |_| self.dialog.set(None));
    }

    fn path(self) -> String {
        self.client_id.with_value(|id| path_of(id))
    }

    /// Whether the form differs from the saved settings.
    fn is_unsaved(self) -> bool {
        let Some(typed) = Fields::of_id(SETTINGS).map(|fields| typed(&fields)) else { return false };
        self.stored.with_value(|stored| stored.as_ref().is_none_or(|stored| !stored.differs_from(&typed).is_empty()))
    }

    async fn perform(self, action: Action) {
        self.status.clear();
        let id = self.client_id.get_value();
        let answer = match action {
            Action::Close => return self.close_dialog(),
            Action::Save(form, version) => return self.save(id, form, version).await,
            Action::AskRotate => call_with_retry(|| Box::pin(api::ask_rotate(id.clone()))).await,
            Action::Rotate(until, form) => {
                call_with_retry(|| Box::pin(api::rotate_secret(id.clone(), until.clone(), form.clone()))).await
            }
            Action::Clear => call_with_retry(|| Box::pin(api::clear_problems(id.clone()))).await,
        };
        match answer {
            Ok(ApplicationAnswer::Cleared(announcement)) => {
                self.status.announce(announcement);
                self.load(|| browser::focus("connect-summary"));
            }
            Ok(answer) => {
                browser::close_page_dialog();
                let new = !matches!(answer, ApplicationAnswer::Rotate(_));
                self.dialog.set(Some(answer));
                if new {
                    self.load(|| ());
                }
            }
            Err(error) => self.status.fail(error, None),
        }
    }

    async fn save(self, id: String, form: ClientForm, version: i64) {
        let answer = call_with_retry(|| Box::pin(api::save_application(id.clone(), form.clone(), version))).await;
        match answer {
            Ok(ApplicationAnswer::Saved(saved)) => {
                clear_errors(self.refusal);
                self.stored.set_value(Some(form));
                self.saved(saved);
            }
            Ok(answer) => {
                clear_errors(self.refusal);
                if let ApplicationAnswer::Changed(changed) = &answer {
                    self.set_version(changed.version);
                }
                self.refusal.set(Some(show_errors(answer)));
            }
            Err(error) => self.status.fail(error, None),
        }
    }

    fn saved(self, saved: SavedApplication) {
        browser::set_defaults(SETTINGS);
        let name = visible(&saved.name);
        browser::set_element_text("application-name", &name);
        browser::set_title(&name);
        self.set_version(saved.version);
        self.status.announce(saved.announcement);
    }

    /// The version that the next save replaces (optimistic locking).
    fn set_version(self, version: i64) {
        browser::set_hidden("version", &version.to_string());
        self.now.update_untracked(|now| now.version = version);
    }

    fn close_dialog(self) {
        browser::close_modal();
        self.dialog.set(None);
        // A server-rendered dialog has a URL and title of its own.
        browser::replace_url(&self.path());
        browser::set_title(&browser::element_text("application-name"));
    }

    /// Loads what the last action may have changed.
    fn load(self, then: impl FnOnce() + 'static) {
        let then: Box<dyn FnOnce()> = Box::new(then);
        spawn_local(async move {
            match call_with_retry(|| Box::pin(api::find_application(self.client_id.get_value()))).await {
                Ok(now) => self.show(now, then),
                Err(error) => self.status.fail(error, None),
            }
        });
    }

    /// Polls when the page becomes visible again. Settings that somebody else saved are loaded by a
    /// reload, unless there are unsaved changes: then saving reports the conflict.
    fn poll(self) {
        spawn_local(async move {
            match api::poll_application(self.client_id.get_value()).await {
                Ok(now) if now.version == self.now.with_untracked(|known| known.version) => {
                    self.show(now, Box::new(|| ()));
                }
                Ok(_) if self.is_unsaved() || browser::is_edited() || browser::is_dialog_open() => {}
                Ok(_) => browser::reload(),
                Err(error) if self.is_unsaved() && error.kind.is_session_over() => self.status.fail(error, None),
                Err(error) => self.status.reload_or_fail(error),
            }
        });
    }

    fn show(self, now: ApplicationNow, then: Box<dyn FnOnce()>) {
        if self.now.with_untracked(|known| known.seen != now.seen) {
            self.now.set(now);
            self.take_over();
        }
        browser::next_tick(then);
    }

    /// Renders secrets and problems from the first change on.
    fn take_over(self) {
        if self.took_over.get_value() {
            return;
        }
        self.took_over.set_value(true);
        render("secrets-part", move || view! { <Secrets lines=self.now.get().secrets/> }.view());
        render("problems-part", move || {
            let (lines, id) = (self.now.get().problems, self.client_id.get_value());
            view! { <Problems lines=lines client_id=id labels=self.labels/> }.view()
        });
    }
}
