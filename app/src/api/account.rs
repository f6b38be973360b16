//! Server functions of the account: name and theme.

#![expect(missing_docs, reason = "the fields of the structs that the macro makes are the parameters of the functions")]

use super::{ApiClient, ApiError};
use leptos::prelude::*;
use leptos::server_fn::codec::{PostUrl, Postcard};
use oauth::answer::Saved;
use oauth::form::PersonName;
#[cfg(feature = "ssr")]
use {super::Caller, crate::Theme, provider::users::Rejected};

/// Saves the name of the person.
#[server(prefix = "/ui", endpoint = "account/save_name", input = PostUrl, output = Postcard, client = ApiClient)]
pub async fn save_name(form: PersonName) -> Result<Saved, ApiError> {
    let caller = Caller::current()?;
    match caller.provider.change_name(caller.user_id()?, &form.tidy()).await {
        Ok(()) => Ok(Saved { announcement: caller.language.translate("name-changed"), ..Saved::default() }),
        Err(Rejected::Form(errors)) => {
            Ok(Saved { problems: caller.translator().field_messages(&errors), ..Saved::default() })
        }
        Err(Rejected::Error(error)) => Err(error.into()),
    }
}

/// Saves the theme of this browser.
#[server(prefix = "/ui", endpoint = "account/save_theme", input = PostUrl, output = Postcard, client = ApiClient)]
pub async fn save_theme(theme: String) -> Result<Saved, ApiError> {
    let caller = Caller::current()?;
    caller.user_id()?;
    caller.set_theme(Theme::parse(&theme));
    Ok(Saved { announcement: caller.language.translate("theme-saved"), ..Saved::default() })
}
