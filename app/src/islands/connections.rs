//! Island: the connected applications, removed in place.

use super::forms::{load, on_submit, poll};
use super::status_region::{StatusRegion, call_with_retry};
use crate::api::connections as api;
use crate::browser::{self, Submission};
use crate::views::connections::{ConnectionLabels, LIST, Labels, Panel, dialog, removal_path};
use leptos::prelude::*;
use oauth::answer::{ConnectionsDialog, ConnectionsView, Done};

/// The state of the island. `Copy`: its fields are handles.
#[derive(Clone, Copy)]
struct Connections {
    status: StatusRegion,
    /// The list from the last answer; until then the server's HTML is shown.
    list: RwSignal<Option<ConnectionsView>>,
    dialog: RwSignal<Option<ConnectionsDialog>>,
}

/// Wraps the server-rendered list and handles the forms that it knows.
#[island]
pub fn ConnectionsIsland(words: ConnectionLabels, children: Children) -> impl IntoView {
    let status = StatusRegion::new(words.no_answer());
    let labels: Labels = StoredValue::new(words);
    let connections = Connections { status, list: RwSignal::new(None), dialog: RwSignal::new(None) };
    if cfg!(feature = "hydrate") {
        connections.listen();
    }
    let list = Signal::derive(move || connections.list.get().unwrap_or_default());
    view! {
        <div class="desk" translate="no">
            {status.render()}
            <div translate="yes" id="page-list" hidden=move || connections.list.with(Option::is_some)>{children()}</div>
            {move || connections.list.with(Option::is_some).then(|| view! { <Panel list=list labels=labels/> })}
            {move || connections.dialog.get().map(|open| dialog(open, labels))}
        </div>
    }
}

/// What a submitted form asks for.
enum Action {
    Close,
    AskRemove(String),
    Remove(String),
}

impl Action {
    /// The action of a submitted form; `None`: not one of this page's.
    fn of(submission: &Submission, open: bool) -> Option<Self> {
        let target = submission.target();
        match target.split_once(' ')? {
            ("GET", LIST) if open => Some(Self::Close),
            (method, path) => {
                let id = path.strip_prefix(LIST)?.strip_prefix('/')?.strip_suffix("/remove")?.to_owned();
                Some(if method == "GET" { Self::AskRemove(id) } else { Self::Remove(id) })
            }
        }
    }
}

impl Connections {
    fn listen(self) {
        on_submit(move |submission| {
            let action = Action::of(submission, self.dialog.with_untracked(Option::is_some))?;
            Some(Box::pin(self.perform(action)))
        });
        browser::on_revisit(move || poll(self.status, self.list, Box::pin(api::poll_connections())));
    }

    async fn perform(self, action: Action) {
        self.status.clear();
        let answer = match action {
            Action::Close => return self.close_dialog(),
            Action::AskRemove(id) => call_with_retry(|| Box::pin(api::ask_remove_connection(id.clone()))).await,
            Action::Remove(id) => call_with_retry(|| Box::pin(api::remove_connection(id.clone()))).await,
        };
        match answer {
            Ok(ConnectionsDialog::Removed(gone)) => self.removed(gone),
            Ok(question) => {
                browser::close_page_dialog();
                self.dialog.set(Some(question));
            }
            Err(error) => self.status.fail(error, None),
        }
    }

    fn removed(self, gone: Done) {
        self.close_dialog();
        browser::blur_focused();
        self.status.announce(gone.announcement);
        let next = removal_path(&gone.next.unwrap_or_default());
        // Focus the next row, or the tab where the list is empty.
        let then = move || {
            browser::focus("selected-tab");
            browser::focus_button(&[&next]);
        };
        load(self.status, self.list, Box::pin(call_with_retry(|| Box::pin(api::list_connections()))), Box::new(then));
    }

    fn close_dialog(self) {
        browser::close_page_dialog();
        browser::close_modal();
        self.dialog.set(None);
        browser::replace_url(LIST);
    }
}
