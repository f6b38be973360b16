//! Who calls a server function: the signed-in person, their language, and the use cases they may
//! run.

use super::{ApiError, ApiErrorKind, Translator};
use crate::{Language, Theme, scope_title};
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use oauth::view::ScopeChoice;
use provider::Provider;
use provider::signed_in::SignedIn;
use std::sync::{Arc, OnceLock};

/// The context of a server function call.
#[derive(Clone)]
pub struct Caller {
    /// The use cases. For a signed-in caller every write first checks that the session is alive
    /// (`Provider::within`).
    pub provider: Provider,
    /// Who is signed in.
    pub signed_in: Option<SignedIn>,
    /// The language of the answer.
    pub language: Language,
    /// The theme that the function saved; the caller of the function sets the cookie.
    pub theme: Arc<OnceLock<Theme>>,
}

impl Caller {
    /// The context of the running server function.
    ///
    /// # Errors
    /// `Internal` outside of a server function.
    pub(super) fn current() -> Result<Self, ApiError> {
        use_context().ok_or_else(|| ApiError::new(ApiErrorKind::Internal, "no caller in the context"))
    }

    /// Runs a server function in this context.
    pub async fn call<T>(self, function: impl Future<Output = T> + Send) -> T {
        let owner = Owner::new();
        let answer = owner.with(|| {
            provide_context(self);
            ScopedFuture::new(function)
        });
        answer.await
    }

    /// The user id of the signed-in person.
    ///
    /// # Errors
    /// `SignedOut`.
    pub(super) fn user_id(&self) -> Result<i64, ApiError> {
        self.signed_in().map(|signed_in| signed_in.user_id)
    }

    /// The signed-in person and their session.
    ///
    /// # Errors
    /// `SignedOut`.
    pub(super) fn signed_in(&self) -> Result<&SignedIn, ApiError> {
        self.signed_in.as_ref().ok_or_else(|| ApiError::new(ApiErrorKind::SignedOut, "nobody is signed in"))
    }

    /// The scopes that the person may put into a permanent token, with translated titles.
    ///
    /// # Errors
    /// `SignedOut`; `Unavailable` when the database does not answer.
    pub(super) async fn scope_choices(&self) -> Result<Vec<ScopeChoice>, ApiError> {
        let known = self.provider.scope_choices_in(self.user_id()?, self.language.tag()).await?;
        let translated = |choice: ScopeChoice| ScopeChoice {
            title: scope_title(self.language, &choice.name, &choice.title),
            ..choice
        };
        Ok(known.into_iter().map(translated).collect())
    }

    /// Hands the theme to the caller of the function.
    pub(super) fn set_theme(&self, theme: Theme) {
        let _ = self.theme.set(theme);
    }

    /// i18n in the language of the caller.
    pub(super) const fn translator(&self) -> Translator {
        Translator(self.language)
    }
}
