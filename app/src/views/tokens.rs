//! Permanent tokens: the list and its dialogs.

mod created;
mod new;
mod panel;
mod rename;
mod revoke;
mod table;
mod words;

pub(crate) use panel::{Focus, Panel};
pub use words::TokenWords;

use self::created::{AlreadyCreated, Created};
use self::new::New;
use self::rename::Rename;
use self::revoke::Revoke;
use crate::views::{ToView, View};
use leptos::prelude::*;
use oauth::answer::TokenDialog;

/// The page with the list.
pub const LIST: &str = "/account/tokens";
/// The page with the dialog "New permanent token".
pub const NEW: &str = "/account/tokens/new";

/// The words of the page, for every view on it.
pub(crate) type Words = StoredValue<TokenWords>;

/// The dialog that stands open; nothing where nothing is left to ask.
pub(crate) fn dialog(dialog: TokenDialog, words: Words) -> View {
    match dialog {
        TokenDialog::New(new) => view! { <New new=new words=words/> }.view(),
        TokenDialog::Created(created) => view! { <Created created=created words=words/> }.view(),
        TokenDialog::AlreadyCreated => view! { <AlreadyCreated words=words/> }.view(),
        TokenDialog::Revoke(question) => view! { <Revoke question=question words=words/> }.view(),
        TokenDialog::Rename(question) => view! { <Rename question=question words=words/> }.view(),
        TokenDialog::Revoked(_) | TokenDialog::Renamed(_) => ().view(),
    }
}
