//! The tab Tokens: active and revoked tokens, and the dialogs.

use crate::components::{NotLoaded, Tab, Tabs};
use crate::frame::Frame;
use crate::i18n::translate;
use crate::islands::TokensIsland;
use crate::shell::{self, Document, title_of};
use crate::views::tokens::{Focus, Labels, Panel, TokenLabels, dialog};
use leptos::prelude::*;
use oauth::answer::{TokenDialog, plain};
use oauth::view::TokensView;

/// The tab Tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokensPage {
    /// The list; `None`: it could not be loaded.
    pub list: Option<TokensView>,
    /// The open dialog; the page behind it is inert.
    pub dialog: Option<TokenDialog>,
    /// What gets `autofocus` after an action.
    pub focus: Option<TokenFocus>,
}

/// What gets `autofocus`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenFocus {
    /// The name of the new token.
    Name(String),
    /// The Revoke button of the row next to the revoked one.
    Revoke(String),
    /// "New permanent token": no row is left.
    New,
}

/// The permanent tokens of the person, with the dialogs that make and revoke them.
#[must_use]
pub fn tokens(frame: &Frame, page: TokensPage) -> String {
    shell::render(frame, || {
        let refused = page.dialog.as_ref().is_some_and(TokenDialog::is_refused);
        let title = title_of(&title(page.dialog.as_ref()), refused);
        let labels = TokenLabels::translate();
        let open = page.dialog.map(|open| dialog(open, StoredValue::new(labels.clone())));
        let (list, focus) = (page.list, focus(page.focus));
        let document = Document::new(title, view! { <Tabs selected=Tab::Tokens>{panel(list, focus, labels)}</Tabs> });
        let document = document.calling();
        match open {
            Some(open) => document.dialog(true, open),
            None => document,
        }
    })
}

/// The title names the token that is renamed.
fn title(dialog: Option<&TokenDialog>) -> String {
    match dialog {
        Some(TokenDialog::Rename(question)) => plain(&question.title),
        _ => Tab::Tokens.title(),
    }
}

fn panel(list: Option<TokensView>, focus: Focus, labels: TokenLabels) -> AnyView {
    let Some(list) = list else { return view! { <NotLoaded text=translate("tokens-not-loaded")/> }.into_any() };
    let shown: Labels = StoredValue::new(labels.clone());
    let list = Signal::stored(list);
    view! { <TokensIsland words=labels><Panel list=list labels=shown focus=focus/></TokensIsland> }.into_any()
}

fn focus(focus: Option<TokenFocus>) -> Focus {
    match focus {
        None => Focus::Nothing,
        Some(TokenFocus::Name(id)) => Focus::Name(id),
        Some(TokenFocus::Revoke(id)) => Focus::Revoke(id),
        Some(TokenFocus::New) => Focus::New,
    }
}
