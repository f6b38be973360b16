use super::{ApiError, ApiErrorKind, Translator};
use crate::{Language, Theme, scope_title};
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use oauth::view::ScopeChoice;
use provider::Provider;
use provider::signed_in::SignedIn;
use std::sync::{Arc, OnceLock};

/// Who calls a server function, and what answers.
#[derive(Clone)]
pub struct Caller {
    /// The use cases. Where somebody is signed in, they write only while that session lives (`Provider::within`).
    pub provider: Provider,
    /// Who is signed in.
    pub signed_in: Option<SignedIn>,
    /// What they read.
    pub language: Language,
    /// The colours that they have chosen while the function ran: whoever called it gives their browser the cookie.
    pub theme: Arc<OnceLock<Theme>>,
}

impl Caller {
    /// The caller of the server function that runs.
    ///
    /// # Errors
    /// `Internal` outside of one.
    pub(super) fn current() -> Result<Self, ApiError> {
        use_context().ok_or_else(|| ApiError::new(ApiErrorKind::Internal, "no caller in the context"))
    }

    /// Calls a server function as this person.
    pub async fn call<T>(self, function: impl Future<Output = T> + Send) -> T {
        let owner = Owner::new();
        let answer = owner.with(|| {
            provide_context(self);
            ScopedFuture::new(function)
        });
        answer.await
    }

    /// The id of who is signed in.
    ///
    /// # Errors
    /// `SignedOut`.
    pub(super) fn user_id(&self) -> Result<i64, ApiError> {
        self.signed_in().map(|signed_in| signed_in.user_id)
    }

    /// Who is signed in, and in which session.
    ///
    /// # Errors
    /// `SignedOut`.
    pub(super) fn signed_in(&self) -> Result<&SignedIn, ApiError> {
        self.signed_in.as_ref().ok_or_else(|| ApiError::new(ApiErrorKind::SignedOut, "nobody is signed in"))
    }

    /// The scopes that the person may put into a token, in their language.
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

    /// Keeps the chosen colours for the browser.
    pub(super) fn set_theme(&self, theme: Theme) {
        let _ = self.theme.set(theme);
    }

    /// What is told to this person.
    pub(super) const fn translator(&self) -> Translator {
        Translator(self.language)
    }
}
