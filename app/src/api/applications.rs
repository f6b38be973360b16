//! Server functions of a developer's applications: register, save, rotate the secret, recent
//! problems.
#![expect(missing_docs, reason = "the fields of the structs that the macro makes are the parameters of the functions")]

use super::{ApiClient, ApiError};
use leptos::prelude::*;
use leptos::server_fn::codec::{PostUrl, Postcard};
use oauth::answer::{ApplicationAnswer, ApplicationNow};
use oauth::form::ClientForm;

#[cfg(feature = "ssr")]
mod problems;
#[cfg(feature = "ssr")]
mod translate;
#[cfg(feature = "ssr")]
use {
    super::{ApiErrorKind, Caller},
    oauth::ClientKind,
    oauth::form::FieldError,
    oauth::view::ApplicationView,
    provider::Error,
};

/// The parts of an application's page that change without the person: secrets and recent problems.
#[server(prefix = "/ui", endpoint = "applications/now", input = PostUrl, output = Postcard, client = ApiClient)]
pub async fn find_application(id: String) -> Result<ApplicationNow, ApiError> {
    let (caller, application) = own_application(&id).await?;
    let problems = caller.provider.recent_problems(caller.user_id()?, &id).await?;
    Ok(caller.translator().application_now(&application, problems))
}

/// The same as a background poll: it does not extend the idle timeout of the session.
#[server(prefix = "/ui", endpoint = "look/application", input = PostUrl, output = Postcard, client = ApiClient)]
pub async fn poll_application(id: String) -> Result<ApplicationNow, ApiError> {
    find_application(id).await
}

/// Registers an application. Idempotent: a `form_id` registers one, however often it is sent.
#[server(prefix = "/ui", endpoint = "applications/register", input = PostUrl, output = Postcard, client = ApiClient)]
pub async fn register_application(form: ClientForm, form_id: String) -> Result<ApplicationAnswer, ApiError> {
    let (caller, form) = (Caller::current()?, form.tidy());
    let (user, provider, translator) = (caller.user_id()?, &caller.provider, caller.translator());
    let errors = form.check();
    if !errors.is_empty() {
        return Ok(translator.refused(&errors));
    }
    match provider.register(user, &form, &form_id).await {
        Ok((client, secret)) => Ok(translator.registered(client.id, secret, &provider.settings().issuer)),
        Err(Error::Conflict(why)) if why.key == "already" => {
            Ok(ApplicationAnswer::AlreadyRegistered(provider.registered_by(user, &form_id).await?))
        }
        Err(Error::Conflict(message)) => Ok(translator.refused(&[FieldError::new("name", message)])),
        Err(Error::Form(error)) => Ok(translator.refused(&[error])),
        Err(error) => Err(error.into()),
    }
}

/// Changes the settings of an application. `version`: the one that the person saw.
#[server(prefix = "/ui", endpoint = "applications/save", input = PostUrl, output = Postcard, client = ApiClient)]
pub async fn save_application(id: String, form: ClientForm, version: i64) -> Result<ApplicationAnswer, ApiError> {
    let (caller, application) = own_application(&id).await?;
    // Immutable: the kind is not on this form.
    let form = ClientForm { kind: application.kind, ..form.tidy() };
    let errors = form.check();
    if !errors.is_empty() {
        return Ok(caller.translator().refused(&errors));
    }
    match caller.provider.save_application(caller.user_id()?, &id, &form, version).await {
        Ok(client) => Ok(caller.translator().saved(client.name, client.version)),
        Err(Error::Conflict(_)) => Ok(caller.translator().conflict(&own_application(&id).await?.1, &form)),
        Err(Error::Form(error)) => Ok(caller.translator().refused(&[error])),
        Err(error) => Err(error.into()),
    }
}

/// The question before a new secret is made.
#[server(prefix = "/ui", endpoint = "applications/ask_rotate", input = PostUrl, output = Postcard, client = ApiClient)]
pub async fn ask_rotate(id: String) -> Result<ApplicationAnswer, ApiError> {
    let (caller, application) = own_application(&id).await?;
    has_secret(&application)?;
    Ok(ApplicationAnswer::Rotate(caller.translator().ask_rotate(&application, caller.provider.nonce())))
}

/// Makes a new secret. Idempotent: a `form_id` makes one. `old_until`: when the current secret
/// stops working: `now`, in a `week`, or in a day.
#[server(prefix = "/ui", endpoint = "applications/rotate", input = PostUrl, output = Postcard, client = ApiClient)]
pub async fn rotate_secret(id: String, old_until: String, form_id: String) -> Result<ApplicationAnswer, ApiError> {
    const DAY: i64 = 86_400;
    let (caller, application) = own_application(&id).await?;
    has_secret(&application)?;
    let keep = match old_until.as_str() {
        "now" => 0,
        "week" => 7 * DAY,
        _ => DAY,
    };
    match caller.provider.rotate_application_secret(caller.user_id()?, &id, keep, &form_id).await {
        Ok(secret) => Ok(ApplicationAnswer::NewSecret(secret)),
        Err(Error::Conflict(why)) if why.key == "already" => Ok(ApplicationAnswer::AlreadyRotated),
        Err(error) => Err(error.into()),
    }
}

/// Deletes the recent problems.
#[server(prefix = "/ui", endpoint = "applications/clear_problems", input = PostUrl, output = Postcard, client = ApiClient)]
pub async fn clear_problems(id: String) -> Result<ApplicationAnswer, ApiError> {
    let caller = Caller::current()?;
    caller.provider.clear_problems(caller.user_id()?, &id).await?;
    Ok(ApplicationAnswer::Cleared(caller.language.translate("problems-cleared")))
}

/// The caller and their own application with this id; `NotFound` for anybody else's.
#[cfg(feature = "ssr")]
async fn own_application(id: &str) -> Result<(Caller, ApplicationView), ApiError> {
    let caller = Caller::current()?;
    let application = caller.provider.application(caller.user_id()?, id).await?;
    Ok((caller, application))
}

/// `NotFound` for a client without a secret: a public one, or one that uses `private_key_jwt`.
#[cfg(feature = "ssr")]
fn has_secret(application: &ApplicationView) -> Result<(), ApiError> {
    let has = application.kind == ClientKind::Confidential && !application.by_key;
    if has { Ok(()) } else { Err(ApiError::new(ApiErrorKind::NotFound, "the application has no secret")) }
}
