//! The applications that the person allowed, with what can be done about them in place.

use super::desk::{Desk, asked};
use super::listen::{load, look, on_press};
use crate::api::connections as api;
use crate::browser::{self, Press};
use crate::views::connections::{ConnectionLabels, LIST, Labels, Panel, dialog, removal};
use leptos::prelude::*;
use oauth::answer::{ConnectionsDialog, ConnectionsView, Done};

/// What the island shows. Copied freely: its fields are handles.
#[derive(Clone, Copy)]
struct Connections {
    desk: Desk,
    /// The list, once the server has answered with one; until then the server's HTML stands there.
    list: RwSignal<Option<ConnectionsView>>,
    dialog: RwSignal<Option<ConnectionsDialog>>,
}

/// Stands around the list that the server rendered. Every form of the page that it knows is answered in place.
#[island]
pub fn ConnectionsIsland(words: ConnectionLabels, children: Children) -> impl IntoView {
    let desk = Desk::new(words.no_answer());
    let labels: Labels = StoredValue::new(words);
    let connections = Connections { desk, list: RwSignal::new(None), dialog: RwSignal::new(None) };
    if cfg!(feature = "hydrate") {
        connections.listen();
    }
    let list = Signal::derive(move || connections.list.get().unwrap_or_default());
    view! {
        <div class="desk" translate="no">
            {desk.places()}
            <div translate="yes" id="page-list" hidden=move || connections.list.with(Option::is_some)>{children()}</div>
            {move || connections.list.with(Option::is_some).then(|| view! { <Panel list=list labels=labels/> })}
            {move || connections.dialog.get().map(|open| dialog(open, labels))}
        </div>
    }
}

/// What a press on the page asks for.
enum Act {
    Close,
    AskRemove(String),
    Remove(String),
}

impl Act {
    /// What the form that was sent asks for; none: it is not one of this page's.
    fn of(press: &Press, open: bool) -> Option<Self> {
        let target = press.target();
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
        on_press(move |press| {
            let act = Act::of(press, self.dialog.with_untracked(Option::is_some))?;
            Some(Box::pin(self.perform(act)))
        });
        browser::on_return(move || look(self.desk, self.list, Box::pin(api::look_at_connections())));
    }

    async fn perform(self, act: Act) {
        self.desk.clear();
        let answer = match act {
            Act::Close => return self.put_away(),
            Act::AskRemove(id) => asked(|| Box::pin(api::ask_remove_connection(id.clone()))).await,
            Act::Remove(id) => asked(|| Box::pin(api::remove_connection(id.clone()))).await,
        };
        match answer {
            Ok(ConnectionsDialog::Removed(gone)) => self.removed(gone),
            Ok(question) => {
                browser::close_page_dialog();
                self.dialog.set(Some(question));
            }
            Err(error) => self.desk.fail(error, None),
        }
    }

    fn removed(self, gone: Done) {
        self.put_away();
        browser::drop_focus();
        self.desk.announce(gone.announcement);
        let next = removal(&gone.next.unwrap_or_default());
        // The row beside, or where there is none the tab: what is below it is empty.
        let then = move || {
            browser::focus("selected-tab");
            browser::focus_button(&[&next]);
        };
        load(self.desk, self.list, Box::pin(asked(|| Box::pin(api::list_connections()))), Box::new(then));
    }

    fn put_away(self) {
        browser::close_page_dialog();
        browser::close_modal();
        self.dialog.set(None);
        browser::replace_place(LIST);
    }
}
