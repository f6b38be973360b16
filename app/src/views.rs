//! Views that server and browser share: pure functions of typed values.
//!
//! The server renders them into pages; islands render them again from the answers of server
//! functions. Texts come with the values, or as `labels` that are props of the island (i18n).
#![cfg_attr(
    not(any(feature = "ssr", feature = "calls")),
    expect(dead_code, reason = "pages without server functions need a part of it")
)]
#![cfg_attr(
    not(any(feature = "ssr", feature = "account")),
    expect(unused_imports, reason = "the other bundles need a part of it")
)]

#[cfg(any(feature = "ssr", feature = "account"))]
mod account;
#[cfg(any(feature = "ssr", feature = "developer"))]
pub mod applications;
#[cfg(any(feature = "ssr", feature = "account"))]
pub mod connections;
mod copy;
mod dialog;
#[cfg(any(feature = "ssr", feature = "account"))]
mod field;
mod form;
mod icon;
mod interpolate;
mod labels;
mod notes;
mod password;
#[cfg(any(feature = "ssr", feature = "account"))]
pub(crate) mod rights;
#[cfg(any(feature = "ssr", feature = "account"))]
pub mod sessions;
#[cfg(any(feature = "ssr", feature = "account"))]
mod table;
mod time;
#[cfg(any(feature = "ssr", feature = "account"))]
pub mod tokens;
mod view;

#[cfg(any(feature = "ssr", feature = "account"))]
pub use account::AccountLabels;
pub use copy::CopyLabels;
pub(crate) use copy::{CopyButton, SecretField};
#[cfg(any(feature = "ssr", feature = "account"))]
pub(crate) use dialog::ConfirmDialog;
pub(crate) use dialog::Dialog;
#[cfg(feature = "ssr")]
pub(crate) use field::hint_of;
#[cfg(any(feature = "ssr", feature = "account"))]
pub(crate) use field::{Field, Text};
pub(crate) use form::{BackForm, Cancel, GetButton, PostForm};
pub(crate) use icon::{Glyph, Icon};
pub(crate) use interpolate::interpolate;
#[cfg(any(feature = "ssr", feature = "account"))]
pub(crate) use notes::EmptyState;
pub(crate) use notes::{Failure, FailureNote, Note, Pieces, ProblemSummary, refused};
pub use password::PasswordLabels;
#[cfg(any(feature = "ssr", feature = "account"))]
pub(crate) use table::table;
#[cfg(any(feature = "ssr", feature = "account"))]
pub(crate) use time::Avatar;
#[cfg(feature = "ssr")]
pub(crate) use time::Clock;
pub(crate) use time::{Day, Name, When};
pub(crate) use view::{ErasedChildren, ToView, View};

/// A copy button: an island of its own in a server-rendered page, a plain view inside another
/// island.
pub(crate) fn copy_button(target: &'static str, labels: CopyLabels, class: &'static str) -> View {
    use leptos::prelude::*;
    let (target, class) = (target.to_owned(), class.to_owned());
    #[cfg(feature = "ssr")]
    return view! { <crate::islands::CopyIsland target=target words=labels class=class once=true/> }.view();
    #[cfg(not(feature = "ssr"))]
    return view! { <CopyButton target=target labels=labels class=class/> }.view();
}
