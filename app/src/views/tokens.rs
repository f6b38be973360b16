//! Permanent tokens: the list and its dialogs.

mod created;
mod labels;
mod new;
mod panel;
mod rename;
mod revoke;
mod table;

pub use labels::TokenLabels;
pub(crate) use panel::{Focus, Panel};

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

/// The labels of the page, shared by its views.
pub(crate) type Labels = StoredValue<TokenLabels>;

/// The open dialog; nothing where there is none.
pub(crate) fn dialog(dialog: TokenDialog, labels: Labels) -> View {
    match dialog {
        TokenDialog::New(new) => view! { <New new=new labels=labels/> }.view(),
        TokenDialog::Created(created) => view! { <Created created=created labels=labels/> }.view(),
        TokenDialog::AlreadyCreated => view! { <AlreadyCreated labels=labels/> }.view(),
        TokenDialog::Revoke(question) => view! { <Revoke question=question labels=labels/> }.view(),
        TokenDialog::Rename(question) => view! { <Rename question=question labels=labels/> }.view(),
        TokenDialog::Revoked(_) | TokenDialog::Renamed(_) => ().view(),
    }
}
