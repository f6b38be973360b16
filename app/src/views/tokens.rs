//! Permanent tokens: the list and its dialogs.

mod created;
mod focus;
mod labels;
mod new;
mod panel;
mod paths;
mod rename;
mod revoke;
mod table;

#[cfg(feature = "ssr")]
pub(crate) use focus::Focus;
pub(crate) use labels::Labels;
pub use labels::TokenLabels;
pub(crate) use panel::Panel;
pub use paths::{LIST, NEW};

use self::created::{AlreadyCreated, Created};
use self::new::New;
use self::rename::Rename;
use self::revoke::Revoke;
use crate::views::{ToView, View};
use leptos::prelude::*;
use oauth::answer::TokenDialog;

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
