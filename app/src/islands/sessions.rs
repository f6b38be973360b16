//! Island: the sessions, signed out in place.

use super::forms::{load, on_submit, poll};
use super::status_region::{StatusRegion, call_with_retry};
use crate::api::sessions as api;
use crate::browser::{self, Submission};
use crate::views::sessions::{HERE, LIST, Labels, OTHERS, Panel, SessionLabels, dialog};
use leptos::prelude::*;
use oauth::answer::{SessionsDialog, SessionsView};

/// The state of the island. `Copy`: its fields are handles.
#[derive(Clone, Copy)]
struct Sessions {
    status: StatusRegion,
    /// The list from the last answer; until then the server's HTML is shown.
    list: RwSignal<Option<SessionsView>>,
    dialog: RwSignal<Option<SessionsDialog>>,
}

/// Wraps the server-rendered list and handles the forms that it knows.
#[island]
pub fn SessionsIsland(words: SessionLabels, children: Children) -> impl IntoView {
    let status = StatusRegion::new(words.no_answer());
    let labels: Labels = StoredValue::new(words);
    let sessions = Sessions { status, list: RwSignal::new(None), dialog: RwSignal::new(None) };
    if cfg!(feature = "hydrate") {
        sessions.listen();
    }
    let list = Signal::derive(move || sessions.list.get().unwrap_or_default());
    view! {
        <div class="desk" translate="no">
            {status.render()}
            <div translate="yes" id="page-list" hidden=move || sessions.list.with(Option::is_some)>{children()}</div>
            {move || sessions.list.with(Option::is_some).then(|| view! { <Panel list=list labels=labels/> })}
            {move || sessions.dialog.get().map(|open| dialog(open, labels))}
        </div>
    }
}

/// What a submitted form asks for.
enum Action {
    Close,
    AskOthers,
    EndOthers,
    End(String),
}

impl Action {
    /// The action of a submitted form; `None`: not one of this page's.
    fn of(submission: &Submission, open: bool) -> Option<Self> {
        let target = submission.target();
        match target.split_once(' ')? {
            ("GET", LIST) if open => Some(Self::Close),
            ("GET", OTHERS) => Some(Self::AskOthers),
            ("POST", OTHERS) => Some(Self::EndOthers),
            ("POST", path) if !submission.has_id(HERE) => {
                let id = path.strip_prefix(LIST)?.strip_prefix('/')?.strip_suffix("/end")?;
                Some(Self::End(id.to_owned()))
            }
            _ => None,
        }
    }
}

impl Sessions {
    fn listen(self) {
        on_submit(move |submission| {
            let action = Action::of(submission, self.dialog.with_untracked(Option::is_some))?;
            Some(Box::pin(self.perform(action)))
        });
        browser::on_revisit(move || poll(self.status, self.list, Box::pin(api::poll_sessions())));
    }

    async fn perform(self, action: Action) {
        self.status.clear();
        let answer = match action {
            Action::Close => return self.close_dialog(),
            Action::AskOthers => call_with_retry(|| Box::pin(api::ask_end_others())).await,
            Action::EndOthers => call_with_retry(|| Box::pin(api::end_others())).await,
            Action::End(id) => call_with_retry(|| Box::pin(api::end_session(id.clone()))).await,
        };
        match answer {
            Ok(SessionsDialog::Ended(announcement)) => {
                self.close_dialog();
                self.status.announce(announcement);
                let then = || browser::focus("selected-tab");
                load(
                    self.status,
                    self.list,
                    Box::pin(call_with_retry(|| Box::pin(api::list_sessions()))),
                    Box::new(then),
                );
            }
            Ok(question) => self.dialog.set(Some(question)),
            Err(error) => self.status.fail(error, None),
        }
    }

    fn close_dialog(self) {
        browser::close_page_dialog();
        browser::close_modal();
        self.dialog.set(None);
        browser::replace_url(LIST);
    }
}
