//! The dialogs over the list of permanent tokens.

mod created;
mod new;
mod revoke;

use self::created::{AlreadyCreated, Created};
use self::new::NewTokenDialog;
use self::revoke::Revoke;
use crate::shell::Document;
use leptos::prelude::*;
use oauth::form::{FieldError, NewToken};
use oauth::view::ScopeChoice;

const LIST: &str = "/account/tokens";

/// The dialog that stands open over the list of tokens. It can hold a token's value, so it has no `Debug` of its own.
#[derive(Clone, PartialEq, Eq)]
pub enum TokenDialog {
    /// "New permanent token".
    New {
        /// What was typed, or what a link filled in.
        form: NewToken,
        /// Fields `name` and `scope`, and [`TokenDialog::FORM`] for what is nobody's fault.
        errors: Vec<FieldError>,
    },
    /// "Token created": the only page that ever holds the value.
    Created {
        /// The token's id.
        id: String,
        /// The token's name.
        name: String,
        /// The token's value.
        value: String,
    },
    /// The form was sent twice; its token exists already.
    AlreadyCreated,
    /// "Revoke …?"
    Revoke {
        /// The token's id.
        id: String,
        /// The token's name.
        name: String,
        /// It was tried, and could not be done.
        failed: bool,
    },
}

impl TokenDialog {
    /// The name of an error that belongs to the whole form "New permanent token".
    pub const FORM: &'static str = "new-token-form";

    /// Whether something must be mended, or tried again.
    #[must_use]
    pub const fn is_refused(&self) -> bool {
        match self {
            Self::New { errors, .. } => !errors.is_empty(),
            Self::Revoke { failed, .. } => *failed,
            Self::Created { .. } | Self::AlreadyCreated => false,
        }
    }
}

/// Prints the kind of the dialog and never what it holds.
impl std::fmt::Debug for TokenDialog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::New { .. } => "New",
            Self::Created { .. } => "Created",
            Self::AlreadyCreated => "AlreadyCreated",
            Self::Revoke { .. } => "Revoke",
        })
    }
}

/// What the dialogs of the list need.
pub(super) struct TokenDialogs {
    pub(super) dialog: Option<TokenDialog>,
    pub(super) scopes: Vec<ScopeChoice>,
    pub(super) form_id: String,
    pub(super) issuer: String,
}

/// The page with its dialogs. "New" and "Revoke" are always there, closed, for the island that opens them in place.
pub(super) fn dialogs_of(dialogs: TokenDialogs, title: &str, main: AnyView) -> Document {
    let TokenDialogs { dialog, scopes, form_id, issuer } = dialogs;
    let (mut form, mut errors, mut revoked) = (NewToken::default(), Vec::new(), None);
    let (mut making, mut other) = (false, None);
    match dialog {
        Some(TokenDialog::New { form: typed, errors: found }) => (form, errors, making) = (typed, found, true),
        Some(TokenDialog::Revoke { id, name, failed }) => revoked = Some((id, name, failed)),
        Some(TokenDialog::Created { id, name, value }) => {
            other = Some(view! { <Created id=id name=name value=value issuer=issuer/> }.into_any());
        }
        Some(TokenDialog::AlreadyCreated) => other = Some(view! { <AlreadyCreated/> }.into_any()),
        None => {}
    }
    let new = view! { <NewTokenDialog open=making form=form errors=errors scopes=scopes form_id=form_id/> };
    let page = Document::new(title, main).dialog(making, new);
    let page = page.dialog(revoked.is_some(), view! { <Revoke token=revoked/> });
    match other {
        Some(dialog) => page.dialog(true, dialog),
        None => page,
    }
}
