//! The tab Tokens: what works, what was revoked, and the dialogs over it.

mod rows;

use self::rows::{Active, Inactive};
use super::token_dialogs::{TokenDialog, TokenDialogs, dialogs_of};
use crate::components::{Empty, Glyph, LinkButton, NotLoaded, Opens, Tab, Tabs};
use crate::frame::Frame;
use crate::shell::{self, title_of};
use crate::words::{say, say_with};
use leptos::prelude::*;
use oauth::Params;
use oauth::view::{ScopeChoice, TokenView};

/// A list this long can be searched.
const SEARCHABLE: i64 = 10;

/// The tab Tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokensPage {
    /// The tokens that work, newest first: one page of them.
    pub tokens: Vec<TokenView>,
    /// Tokens that were revoked lately.
    pub inactive: Vec<TokenView>,
    /// The list could not be read; nothing is known of it.
    pub unavailable: bool,
    /// The dialog that stands open; the page behind it is inert.
    pub dialog: Option<TokenDialog>,
    /// Where the focus goes after something was done.
    pub focus: Option<TokenFocus>,
    /// What is searched for.
    pub query: String,
    /// Where in the list this page is.
    pub page: PageNumbers,
    /// Every scope that exists, for the dialog.
    pub scopes: Vec<ScopeChoice>,
    /// The one-time id of the form "New permanent token", open or closed.
    pub form_id: String,
    /// This server's address, for the line that tries a new token.
    pub issuer: String,
}

/// Where the focus goes when the page has loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenFocus {
    /// To the name of the token with this id, which was just made.
    Name(String),
    /// To the button Revoke of the token with this id: the one beside it was just revoked.
    Revoke(String),
    /// To "New permanent token": there is no row to go to.
    New,
}

/// The place of a page in its list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PageNumbers {
    /// This page, from 1.
    pub page: i64,
    /// How many pages there are.
    pub pages: i64,
    /// How many entries there are.
    pub total: i64,
}

/// The permanent tokens of the person, with the dialogs that make and revoke them.
#[must_use]
pub fn tokens(frame: &Frame, page: TokensPage) -> String {
    let refused = page.dialog.as_ref().is_some_and(TokenDialog::is_refused);
    shell::render(frame, || {
        let dialogs = TokenDialogs {
            dialog: page.dialog.clone(),
            scopes: page.scopes.clone(),
            form_id: page.form_id.clone(),
            issuer: page.issuer.clone(),
        };
        let title = title_of(&say("tokens-and-sessions"), refused);
        let main = view! { <Tabs selected=Tab::Tokens><Panel page=page/></Tabs> };
        dialogs_of(dialogs, &title, main.into_any())
    })
}

#[component]
fn Panel(page: TokensPage) -> AnyView {
    let TokensPage { tokens, inactive, unavailable, query, page, focus, .. } = page;
    if unavailable {
        return view! { <NotLoaded text=say("tokens-not-loaded")/> }.into_any();
    }
    let searching = !query.is_empty();
    let at_new = focus == Some(TokenFocus::New);
    // What was just revoked can be seen (row U6).
    let unfolded = matches!(focus, Some(TokenFocus::Revoke(_) | TokenFocus::New));
    let list = match (tokens.is_empty(), searching) {
        (true, true) => view! { <NothingFound/> }.into_any(),
        (true, false) => view! { <NoTokens focused=at_new/> }.into_any(),
        _ => view! { <Active tokens=tokens focus=focus/> }.into_any(),
    };
    let empty = page.total == 0 && !searching;
    view! {
        <div class="page-head">
            <p class="lead">{say("tokens-lead")}</p>
            {(!empty).then(|| view! { <NewButton focused=at_new/> })}
        </div>
        {(searching || page.total >= SEARCHABLE).then(|| view! { <Search query=query.clone()/> })}
        {list}
        <Pages page=page query=query/>
        {(!inactive.is_empty()).then(|| view! { <Inactive tokens=inactive open=unfolded/> })}
    }
    .into_any()
}

#[component]
fn NewButton(focused: bool) -> AnyView {
    let opens = Opens { dialog: "new-token", ..Opens::default() };
    view! {
        <LinkButton
            to="/account/tokens/new" label=say("tokens-new") class="button filled" opens=opens focused=focused
        />
    }
    .into_any()
}

#[component]
fn NoTokens(focused: bool) -> AnyView {
    view! {
        <Empty glyph=Glyph::Key title=say("tokens-empty")>
            <p>{say("tokens-empty-text")}</p>
            <NewButton focused=focused/>
        </Empty>
    }
    .into_any()
}

#[component]
fn NothingFound() -> AnyView {
    view! {
        <Empty glyph=Glyph::Key title=say("tokens-none-found")>
            <p><a href="/account/tokens">{say("tokens-clear")}</a></p>
        </Empty>
    }
    .into_any()
}

#[component]
fn Search(query: String) -> AnyView {
    view! {
        <form method="get" action="/account/tokens" class="search" role="search">
            <div class="field">
                <label for="q">{say("tokens-find-label")}</label>
                <input type="search" id="q" name="q" value=query autocomplete="off" dir="auto"/>
            </div>
            <button type="submit" class="button">{say("tokens-find")}</button>
        </form>
    }
    .into_any()
}

/// "Older" and "Newer", only where there is more than one page.
#[component]
fn Pages(page: PageNumbers, query: String) -> AnyView {
    let link = |number: i64, label: String| {
        let params = Params::default().with("page", &number.to_string());
        let params = if query.is_empty() { params } else { params.with("q", &query) };
        view! { <a class="button small" href=format!("/account/tokens?{}", params.encode())>{label}</a> }
    };
    let PageNumbers { page, pages, .. } = page;
    (pages > 1)
        .then(|| {
            view! {
                <nav class="pages" aria-label=say("pages")>
                    {(page > 1).then(|| link(page - 1, say("pages-newer")))}
                    <span>{say_with("pages-place", [("page", page.into()), ("pages", pages.into())])}</span>
                    {(page < pages).then(|| link(page + 1, say("pages-older")))}
                </nav>
            }
        })
        .into_any()
}
