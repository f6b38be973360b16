//! The list of permanent tokens, with what can be done to it in place.

mod act;

use self::act::Act;
use super::desk::{Desk, asked};
use super::listen::{look, on_press, swap};
use crate::api::tokens as api;
use crate::browser;
use crate::views::tokens::{LIST, Labels, Panel, TokenLabels, dialog};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use oauth::answer::{Done, TokenDialog};
use oauth::view::TokensView;

/// What the island shows. Copied freely: its fields are handles.
#[derive(Clone, Copy)]
struct Tokens {
    desk: Desk,
    /// The list, once the server has answered with one; until then the server's HTML stands there.
    list: RwSignal<Option<TokensView>>,
    dialog: RwSignal<Option<TokenDialog>>,
}

/// Stands around the list that the server rendered. Every form of the page that it knows is answered in place.
#[island]
pub fn TokensIsland(words: TokenLabels, children: Children) -> impl IntoView {
    let desk = Desk::new(words.no_answer());
    let labels: Labels = StoredValue::new(words);
    let tokens = Tokens { desk, list: RwSignal::new(None), dialog: RwSignal::new(None) };
    if cfg!(feature = "hydrate") {
        tokens.listen();
    }
    let list = Signal::derive(move || tokens.list.get().unwrap_or_default());
    view! {
        <div class="desk" translate="no">
            {desk.places()}
            <div translate="yes" id="page-list" hidden=move || tokens.list.with(Option::is_some)>{children()}</div>
            {move || tokens.list.with(Option::is_some).then(|| view! { <Panel list=list labels=labels/> })}
            {move || tokens.dialog.get().map(|open| dialog(open, labels))}
        </div>
    }
}

impl Tokens {
    fn listen(self) {
        on_press(move |press| {
            let act = Act::of(press, self.dialog.with_untracked(Option::is_some))?;
            Some(Box::pin(self.perform(act)))
        });
        window_event_listener(ev::input, move |event| {
            if let Some(query) = browser::searched(&event) {
                self.search(query);
            }
        });
        window_event_listener(ev::click, move |event| {
            if let Some(path) = browser::link_within(&event, LIST) {
                event.prevent_default();
                browser::show_place(&path);
                self.load(|| ());
            }
        });
        window_event_listener(ev::keydown, |event| browser::focus_search(&event));
        window_event_listener(ev::popstate, move |_| self.load(|| ()));
        browser::on_return(move || {
            let (query, page) = browser::place();
            look(self.desk, self.list, Box::pin(api::look_at_tokens(query, page)));
        });
        // A value that was shown once goes with the page.
        window_event_listener(ev::pagehide, move |_| self.dialog.set(None));
    }

    async fn perform(self, act: Act) {
        self.desk.clear();
        let back = act.way_back();
        let answer = match act {
            Act::Close => return self.close(),
            Act::Search(query) => return self.search(query),
            Act::New => asked(|| Box::pin(api::open_new_token(String::new()))).await,
            Act::Add(form, id) => asked(|| Box::pin(api::add_scope(form.clone(), id.clone()))).await,
            Act::Remove(form, id, scope) => {
                asked(|| Box::pin(api::remove_scope(form.clone(), id.clone(), scope.clone()))).await
            }
            Act::Create(form, id) => asked(|| Box::pin(api::create_token(form.clone(), id.clone()))).await,
            Act::AskRevoke(id) => asked(|| Box::pin(api::ask_revoke_token(id.clone()))).await,
            Act::Revoke(id) => asked(|| Box::pin(api::revoke_token(id.clone()))).await,
            Act::AskRename(id) => asked(|| Box::pin(api::ask_rename_token(id.clone(), String::new()))).await,
            Act::Rename(id, name) => asked(|| Box::pin(api::rename_token(id.clone(), name.clone()))).await,
        };
        match answer {
            Ok(dialog) => self.show(dialog),
            Err(error) => self.desk.fail(error, back.as_deref()),
        }
    }

    fn show(self, dialog: TokenDialog) {
        browser::close_page_dialog();
        match dialog {
            TokenDialog::Revoked(revoked) => return self.revoked(revoked),
            TokenDialog::Renamed(renamed) => return self.renamed(renamed),
            _ => {}
        }
        if matches!(dialog, TokenDialog::Created(_) | TokenDialog::AlreadyCreated) {
            self.load(|| ());
        }
        let refused = dialog.is_refused();
        let is_new = |dialog: &TokenDialog| matches!(dialog, TokenDialog::New(_));
        let again = is_new(&dialog) && self.dialog.with_untracked(|before| before.as_ref().is_some_and(is_new));
        self.dialog.set(Some(dialog));
        match (refused, again) {
            (true, _) => browser::soon(|| browser::focus("problem")),
            (false, true) => browser::soon(|| browser::empty("scope")),
            (false, false) => {}
        }
    }

    /// The dialog is closed: what was made is told, and the focus goes to it.
    fn close(self) {
        let closed = self.dialog.get_untracked();
        self.put_away();
        if let Some(TokenDialog::Created(made)) = closed {
            self.named_row(made.announcement, &made.id);
        }
    }

    fn renamed(self, renamed: Done) {
        self.put_away();
        self.named_row(renamed.announcement, &renamed.next.unwrap_or_default());
    }

    /// The row has its name now: that is told, and the focus goes there.
    fn named_row(self, announcement: String, id: &str) {
        let name = ["token-", id].concat();
        self.desk.announce(announcement);
        self.load(move || browser::focus(&name));
    }

    fn put_away(self) {
        browser::close_modal();
        self.dialog.set(None);
        // Where the server had rendered the dialog, the address was the dialog's.
        let (query, page) = browser::place();
        browser::replace_place(&browser::address(LIST, &query, page));
    }

    fn revoked(self, revoked: Done) {
        self.put_away();
        browser::drop_focus();
        self.desk.announce(revoked.announcement);
        let next = [LIST, "/", &revoked.next.unwrap_or_default(), "/revoke"].concat();
        self.load(move || {
            browser::unfold("inactive-tokens");
            browser::focus_button(&[&next, "/account/tokens/new"]);
        });
    }

    fn search(self, query: String) {
        browser::replace_place(&browser::address(LIST, &query, 1));
        self.load(|| ());
    }

    /// Asks for the list as it stands where the reader is.
    fn load(self, then: impl FnOnce() + 'static) {
        let (query, page) = browser::place();
        let then: Box<dyn FnOnce()> = Box::new(then);
        spawn_local(async move {
            match asked(|| Box::pin(api::list_tokens(query.clone(), page))).await {
                Ok(list) if browser::place() == (query, page) => {
                    swap(self.list, list);
                    browser::soon(then);
                }
                // The reader has gone on: this is the answer to an older question.
                Ok(_) => {}
                Err(error) => self.desk.fail(error, None),
            }
        });
    }
}
