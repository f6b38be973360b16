//! The browsers in which the person is signed in, with what can be done about them in place.

use super::desk::{Desk, asked};
use super::listen::{load, look, on_press};
use crate::api::sessions as api;
use crate::browser::{self, Press};
use crate::views::sessions::{HERE, LIST, Labels, OTHERS, Panel, SessionLabels, dialog};
use leptos::prelude::*;
use oauth::answer::{SessionsDialog, SessionsView};

/// What the island shows. Copied freely: its fields are handles.
#[derive(Clone, Copy)]
struct Sessions {
    desk: Desk,
    /// The list, once the server has answered with one; until then the server's HTML stands there.
    list: RwSignal<Option<SessionsView>>,
    dialog: RwSignal<Option<SessionsDialog>>,
}

/// Stands around the list that the server rendered. Every form of the page that it knows is answered in place.
#[island]
pub fn SessionsIsland(words: SessionLabels, children: Children) -> impl IntoView {
    let desk = Desk::new(words.no_answer());
    let labels: Labels = StoredValue::new(words);
    let sessions = Sessions { desk, list: RwSignal::new(None), dialog: RwSignal::new(None) };
    if cfg!(feature = "hydrate") {
        sessions.listen();
    }
    let list = Signal::derive(move || sessions.list.get().unwrap_or_default());
    view! {
        <div class="desk" translate="no">
            {desk.places()}
            <div translate="yes" id="page-list" hidden=move || sessions.list.with(Option::is_some)>{children()}</div>
            {move || sessions.list.with(Option::is_some).then(|| view! { <Panel list=list labels=labels/> })}
            {move || sessions.dialog.get().map(|open| dialog(open, labels))}
        </div>
    }
}

/// What a press on the page asks for.
enum Act {
    Close,
    AskOthers,
    EndOthers,
    End(String),
}

impl Act {
    /// What the form that was sent asks for; none: it is not one of this page's.
    fn of(press: &Press, open: bool) -> Option<Self> {
        let target = press.target();
        match target.split_once(' ')? {
            ("GET", LIST) if open => Some(Self::Close),
            ("GET", OTHERS) => Some(Self::AskOthers),
            ("POST", OTHERS) => Some(Self::EndOthers),
            ("POST", path) if !press.is(HERE) => {
                let id = path.strip_prefix(LIST)?.strip_prefix('/')?.strip_suffix("/end")?;
                Some(Self::End(id.to_owned()))
            }
            _ => None,
        }
    }
}

impl Sessions {
    fn listen(self) {
        on_press(move |press| {
            let act = Act::of(press, self.dialog.with_untracked(Option::is_some))?;
            Some(Box::pin(self.perform(act)))
        });
        browser::on_return(move || look(self.desk, self.list, Box::pin(api::look_at_sessions())));
    }

    async fn perform(self, act: Act) {
        self.desk.clear();
        let answer = match act {
            Act::Close => return self.put_away(),
            Act::AskOthers => asked(|| Box::pin(api::ask_end_others())).await,
            Act::EndOthers => asked(|| Box::pin(api::end_others())).await,
            Act::End(id) => asked(|| Box::pin(api::end_session(id.clone()))).await,
        };
        match answer {
            Ok(SessionsDialog::Ended(announcement)) => {
                self.put_away();
                self.desk.announce(announcement);
                let then = || browser::focus("selected-tab");
                load(self.desk, self.list, Box::pin(asked(|| Box::pin(api::list_sessions()))), Box::new(then));
            }
            Ok(question) => self.dialog.set(Some(question)),
            Err(error) => self.desk.fail(error, None),
        }
    }

    fn put_away(self) {
        browser::close_page_dialog();
        browser::close_modal();
        self.dialog.set(None);
        browser::replace_place(LIST);
    }
}
