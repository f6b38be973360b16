//! Server functions of connected applications: list, remove.
#![expect(missing_docs, reason = "the fields of the structs that the macro makes are the parameters of the functions")]

use super::{ApiClient, ApiError};
use leptos::prelude::*;
use leptos::server_fn::codec::{PostUrl, Postcard};
use oauth::answer::{ConnectionsDialog, ConnectionsView};

#[cfg(feature = "ssr")]
mod translate;
#[cfg(feature = "ssr")]
use {super::Caller, oauth::answer::Done, provider::Error};

/// The applications, the one allowed last first.
#[server(prefix = "/ui", endpoint = "connections/list", input = PostUrl, output = Postcard, client = ApiClient)]
pub async fn list_connections() -> Result<ConnectionsView, ApiError> {
    let caller = Caller::current()?;
    let connections = caller.provider.connections(caller.user_id()?).await?;
    Ok(caller.translator().connections(connections))
}

/// The same as a background poll: it does not extend the idle timeout of the session.
#[server(prefix = "/ui", endpoint = "look/connections", input = PostUrl, output = Postcard, client = ApiClient)]
pub async fn poll_connections() -> Result<ConnectionsView, ApiError> {
    list_connections().await
}

/// The question before an application loses its access, with what will stop.
#[server(prefix = "/ui", endpoint = "connections/ask_remove", input = PostUrl, output = Postcard, client = ApiClient)]
pub async fn ask_remove_connection(id: String) -> Result<ConnectionsDialog, ApiError> {
    let caller = Caller::current()?;
    let connections = caller.provider.connections(caller.user_id()?).await?;
    let connection = connections.into_iter().find(|one| one.id == id).ok_or(Error::NotFound)?;
    Ok(caller.translator().ask_remove(connection))
}

/// Revokes the grant. Idempotent: removing it twice succeeds. The grant of somebody else is
/// `NotFound`.
#[server(prefix = "/ui", endpoint = "connections/remove", input = PostUrl, output = Postcard, client = ApiClient)]
pub async fn remove_connection(id: String) -> Result<ConnectionsDialog, ApiError> {
    let caller = Caller::current()?;
    let (user, provider) = (caller.user_id()?, &caller.provider);
    let next = neighbour(&provider.connections(user).await.unwrap_or_default(), &id);
    provider.remove_connection(user, &id).await?;
    Ok(ConnectionsDialog::Removed(Done { announcement: caller.language.translate("connections-removed"), next }))
}

/// The row after this one, else the one before: it gets the focus.
#[cfg(feature = "ssr")]
fn neighbour(connections: &[oauth::view::ConnectionView], id: &str) -> Option<String> {
    let at = connections.iter().position(|one| one.id == id)?;
    let next = connections.get(at + 1).or_else(|| connections.get(at.checked_sub(1)?))?;
    Some(next.id.clone())
}
