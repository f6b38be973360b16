//! Server functions of permanent tokens: list, create, rename, revoke.

#![expect(missing_docs, reason = "the fields of the structs that the macro makes are the parameters of the functions")]

use super::{ApiClient, ApiError};
use leptos::prelude::*;
use leptos::server_fn::codec::{PostUrl, Postcard};
use oauth::answer::TokenDialog;
use oauth::form::NewToken;
use oauth::view::TokensView;

#[cfg(feature = "ssr")]
mod translate;
#[cfg(feature = "ssr")]
use {
    super::Caller,
    oauth::answer::Done,
    oauth::form::{FieldError, visible},
    oauth::{Message, Params},
    provider::permanent_tokens::NotCreated,
    provider::users::Rejected,
};

/// A page (from 1) of the active tokens whose name contains `query`, and the tokens revoked lately.
#[server(prefix = "/ui", endpoint = "tokens/list", input = PostUrl, output = Postcard, client = ApiClient)]
pub async fn list_tokens(query: String, page: i64) -> Result<TokensView, ApiError> {
    let caller = Caller::current()?;
    let user = caller.user_id()?;
    let list = caller.provider.token_list(user, query.trim(), page).await?;
    Ok(caller.translator().tokens(list, query.trim()))
}

/// The same as a background poll: it does not extend the idle timeout of the session.
#[server(prefix = "/ui", endpoint = "look/tokens", input = PostUrl, output = Postcard, client = ApiClient)]
pub async fn poll_tokens(query: String, page: i64) -> Result<TokensView, ApiError> {
    list_tokens(query, page).await
}

/// "New permanent token", empty or prefilled by the query of a link; it never creates a token.
#[server(prefix = "/ui", endpoint = "tokens/new", input = PostUrl, output = Postcard, client = ApiClient)]
pub async fn open_new_token(query: String) -> Result<TokenDialog, ApiError> {
    let caller = Caller::current()?;
    let known = caller.scope_choices().await?;
    let form = NewToken::prefill(&Params::parse(query.as_bytes()).unwrap_or_default(), &known);
    Ok(caller.translator().new_token(form, known, &caller.provider.nonce()))
}

/// A form whose CSRF token had expired: nothing was done, and the dialog shows what was typed.
#[cfg(feature = "ssr")]
pub async fn stale_token(form: NewToken) -> Result<TokenDialog, ApiError> {
    let caller = Caller::current()?;
    let known = caller.scope_choices().await?;
    Ok(caller.translator().old_token(form, known, &caller.provider.nonce()))
}

/// Adds the typed scope.
#[server(prefix = "/ui", endpoint = "tokens/add_scope", input = PostUrl, output = Postcard, client = ApiClient)]
pub async fn add_scope(form: NewToken, form_id: String) -> Result<TokenDialog, ApiError> {
    let caller = Caller::current()?;
    let known = caller.scope_choices().await?;
    Ok(caller.translator().with_scope(form.tidy(), known, &form_id))
}

/// Removes an added scope.
#[server(prefix = "/ui", endpoint = "tokens/remove_scope", input = PostUrl, output = Postcard, client = ApiClient)]
pub async fn remove_scope(form: NewToken, form_id: String, scope: String) -> Result<TokenDialog, ApiError> {
    let caller = Caller::current()?;
    let known = caller.scope_choices().await?;
    Ok(caller.translator().without_scope(form.tidy(), known, &form_id, &scope))
}

/// Creates the token. Idempotent: a `form_id` creates one, however often it is sent.
#[server(prefix = "/ui", endpoint = "tokens/create", input = PostUrl, output = Postcard, client = ApiClient)]
pub async fn create_token(form: NewToken, form_id: String) -> Result<TokenDialog, ApiError> {
    let (caller, form) = (Caller::current()?, form.tidy());
    let errors = match caller.provider.create_token(caller.user_id()?, &form, &form_id).await {
        Ok(made) => return Ok(caller.translator().created(made, &form.name, &caller.provider.settings().issuer)),
        Err(NotCreated::Already) => return Ok(TokenDialog::AlreadyCreated),
        Err(NotCreated::Form(errors)) => errors,
        Err(NotCreated::Error(provider::Error::Unavailable(why))) => {
            tracing::error!(why, "no token was created");
            vec![FieldError::new(TokenDialog::FORM, "token-not-created")]
        }
        Err(NotCreated::Error(error)) => return Err(error.into()),
    };
    let known = caller.scope_choices().await.unwrap_or_default();
    Ok(caller.translator().refused_token(form, known, &form_id, &errors))
}

/// The question before a token is revoked.
#[server(prefix = "/ui", endpoint = "tokens/ask_revoke", input = PostUrl, output = Postcard, client = ApiClient)]
pub async fn ask_revoke_token(id: String) -> Result<TokenDialog, ApiError> {
    let caller = Caller::current()?;
    let token = caller.provider.token_view(caller.user_id()?, &id).await?;
    Ok(caller.translator().ask_revoke(token, None))
}

/// Revokes a token of the caller. Idempotent.
#[server(prefix = "/ui", endpoint = "tokens/revoke", input = PostUrl, output = Postcard, client = ApiClient)]
pub async fn revoke_token(id: String) -> Result<TokenDialog, ApiError> {
    let caller = Caller::current()?;
    let (user, provider) = (caller.user_id()?, &caller.provider);
    match provider.revoke_token(user, &id).await {
        Ok(name) => {
            let announcement =
                caller.language.translate_message(&Message::new("tokens-was-revoked").with("name", visible(&name)));
            let next = provider.token_beside(user, &id).await.unwrap_or_default();
            Ok(TokenDialog::Revoked(Done { announcement, next }))
        }
        Err(provider::Error::Unavailable(why)) => {
            tracing::error!(why, "a token was not revoked");
            let token = provider.token_view(user, &id).await?;
            Ok(caller.translator().ask_revoke(token, Some("token-not-revoked")))
        }
        Err(error) => Err(error.into()),
    }
}

/// "Rename …" with the current name, or with what was `typed` before. It never renames.
#[server(prefix = "/ui", endpoint = "tokens/ask_rename", input = PostUrl, output = Postcard, client = ApiClient)]
pub async fn ask_rename_token(id: String, typed: String) -> Result<TokenDialog, ApiError> {
    let caller = Caller::current()?;
    let token = caller.provider.token_view(caller.user_id()?, &id).await?;
    let live = (token.revoked_at.is_none()).then_some(token).ok_or(provider::Error::NotFound)?;
    let name = if typed.is_empty() { live.name.clone() } else { typed };
    Ok(caller.translator().ask_rename(live, name, &[]))
}

/// A form whose CSRF token had expired: nothing was done, and the dialog shows what was typed.
#[cfg(feature = "ssr")]
pub async fn stale_rename(id: String, typed: String) -> Result<TokenDialog, ApiError> {
    let TokenDialog::Rename(mut question) = ask_rename_token(id, typed).await? else {
        return Err(provider::Error::NotFound.into());
    };
    question.problems =
        Caller::current()?.translator().field_messages(&[FieldError::new("name", "form-open-too-long")]);
    question.old = true;
    Ok(TokenDialog::Rename(question))
}

/// Renames a token of the caller. Idempotent.
#[server(prefix = "/ui", endpoint = "tokens/rename", input = PostUrl, output = Postcard, client = ApiClient)]
pub async fn rename_token(id: String, name: String) -> Result<TokenDialog, ApiError> {
    let caller = Caller::current()?;
    let (user, provider) = (caller.user_id()?, &caller.provider);
    let errors = match provider.rename_token(user, &id, &name).await {
        Ok(name) => {
            let announcement =
                caller.language.translate_message(&Message::new("tokens-was-renamed").with("name", visible(&name)));
            return Ok(TokenDialog::Renamed(Done { announcement, next: Some(id) }));
        }
        Err(Rejected::Form(errors)) => errors,
        Err(Rejected::Error(provider::Error::Unavailable(why))) => {
            tracing::error!(why, "a token was not renamed");
            vec![FieldError::new(TokenDialog::FORM, "token-not-renamed")]
        }
        Err(Rejected::Error(error)) => return Err(error.into()),
    };
    let token = provider.token_view(user, &id).await?;
    Ok(caller.translator().ask_rename(token, name, &errors))
}
