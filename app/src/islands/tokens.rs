//! Island: the permanent tokens, searched and changed in place.

mod action;

use self::action::Action;
use super::forms::{on_submit, poll, replace_list};
use super::status_region::{StatusRegion, call_with_retry};
use crate::api::tokens as api;
use crate::browser;
use crate::views::tokens::{LIST, Labels, Panel, TokenLabels, dialog};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use oauth::answer::{Done, TokenDialog};
use oauth::view::TokensView;

/// The state of the island. `Copy`: its fields are handles.
#[derive(Clone, Copy)]
struct Tokens {
    status: StatusRegion,
    /// The list from the last answer; until then the server's HTML is shown.
    list: RwSignal<Option<TokensView>>,
    dialog: RwSignal<Option<TokenDialog>>,
}

/// Wraps the server-rendered list and handles the forms that it knows.
#[island]
pub fn TokensIsland(words: TokenLabels, children: Children) -> impl IntoView {
    let status = StatusRegion::new(words.no_answer());
    let labels: Labels = StoredValue::new(words);
    let tokens = Tokens { status, list: RwSignal::new(None), dialog: RwSignal::new(None) };
    if cfg!(feature = "hydrate") {
        tokens.listen();
    }
    let list = Signal::derive(move || tokens.list.get().unwrap_or_default());
    view! {
        <div class="desk" translate="no">
            {status.render()}
            <div translate="yes" id="page-list" hidden=move || tokens.list.with(Option::is_some)>{children()}</div>
            {move || tokens.list.with(Option::is_some).then(|| view! { <Panel list=list labels=labels/> })}
            {move || tokens.dialog.get().map(|open| dialog(open, labels))}
        </div>
    }
}

impl Tokens {
    fn listen(self) {
        on_submit(move |submission| {
            let action = Action::of(submission, self.dialog.with_untracked(Option::is_some))?;
            Some(Box::pin(self.perform(action)))
        });
        window_event_listener(ev::input, move |event| {
            if let Some(query) = browser::search_text(&event) {
                self.search(query);
            }
        });
        window_event_listener(ev::click, move |event| {
            if let Some(path) = browser::list_link(&event, LIST) {
                event.prevent_default();
                browser::push_url(&path);
                self.load(|| ());
            }
        });
        window_event_listener(ev::keydown, |event| browser::focus_search(&event));
        window_event_listener(ev::popstate, move |_| self.load(|| ()));
        browser::on_revisit(move || {
            let (query, page) = browser::list_position();
            poll(self.status, self.list, Box::pin(api::poll_tokens(query, page)));
        });
        // A token is shown once: drop it when the page is left (bfcache).
        window_event_listener(ev::pagehide, move |_| self.dialog.set(None));
    }

    async fn perform(self, action: Action) {
        self.status.clear();
        let back = action.return_to();
        let answer = match action {
            Action::Close => return self.close(),
            Action::Search(query) => return self.search(query),
            Action::New => call_with_retry(|| Box::pin(api::open_new_token(String::new()))).await,
            Action::Add(form, id) => call_with_retry(|| Box::pin(api::add_scope(form.clone(), id.clone()))).await,
            Action::Remove(form, id, scope) => {
                call_with_retry(|| Box::pin(api::remove_scope(form.clone(), id.clone(), scope.clone()))).await
            }
            Action::Create(form, id) => call_with_retry(|| Box::pin(api::create_token(form.clone(), id.clone()))).await,
            Action::AskRevoke(id) => call_with_retry(|| Box::pin(api::ask_revoke_token(id.clone()))).await,
            Action::Revoke(id) => call_with_retry(|| Box::pin(api::revoke_token(id.clone()))).await,
            Action::AskRename(id) => {
                call_with_retry(|| Box::pin(api::ask_rename_token(id.clone(), String::new()))).await
            }
            Action::Rename(id, name) => call_with_retry(|| Box::pin(api::rename_token(id.clone(), name.clone()))).await,
        };
        match answer {
            Ok(dialog) => self.show(dialog),
            Err(error) => self.status.fail(error, back.as_deref()),
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
            (true, _) => browser::next_tick(|| browser::focus("problem")),
            (false, true) => browser::next_tick(|| browser::clear_field("scope")),
            (false, false) => {}
        }
    }

    /// Closes the dialog; a new token is announced and its row focused.
    fn close(self) {
        let closed = self.dialog.get_untracked();
        self.close_dialog();
        if let Some(TokenDialog::Created(made)) = closed {
            self.announce_row(made.announcement, &made.id);
        }
    }

    fn renamed(self, renamed: Done) {
        self.close_dialog();
        self.announce_row(renamed.announcement, &renamed.next.unwrap_or_default());
    }

    /// Announces a row and focuses it.
    fn announce_row(self, announcement: String, id: &str) {
        let name = ["token-", id].concat();
        self.status.announce(announcement);
        self.load(move || browser::focus(&name));
    }

    fn close_dialog(self) {
        browser::close_modal();
        self.dialog.set(None);
        // A server-rendered dialog has a URL of its own.
        let (query, page) = browser::list_position();
        browser::replace_url(&browser::list_url(LIST, &query, page));
    }

    fn revoked(self, revoked: Done) {
        self.close_dialog();
        browser::blur_focused();
        self.status.announce(revoked.announcement);
        let next = [LIST, "/", &revoked.next.unwrap_or_default(), "/revoke"].concat();
        self.load(move || {
            browser::open_details("inactive-tokens");
            browser::focus_button(&[&next, "/account/tokens/new"]);
        });
    }

    fn search(self, query: String) {
        browser::replace_url(&browser::list_url(LIST, &query, 1));
        self.load(|| ());
    }

    /// Loads the list at the search and page of the URL.
    fn load(self, then: impl FnOnce() + 'static) {
        let (query, page) = browser::list_position();
        let then: Box<dyn FnOnce()> = Box::new(then);
        spawn_local(async move {
            match call_with_retry(|| Box::pin(api::list_tokens(query.clone(), page))).await {
                Ok(list) if browser::list_position() == (query, page) => {
                    replace_list(self.list, list);
                    browser::next_tick(then);
                }
                // Stale: the URL has changed since the request.
                Ok(_) => {}
                Err(error) => self.status.fail(error, None),
            }
        });
    }
}
