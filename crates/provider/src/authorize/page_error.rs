//! Errors without a safe redirect: this server shows them on a page (RFC 6749 §4.1.2.1).

use oauth::oidc::end_session;
use oauth::problem::redacted;
use oauth::{CallbackError, Client, Error as OAuth};

/// What is wrong with the request.
#[derive(Clone, Debug)]
pub enum Fault {
    /// No `client_id`.
    ClientMissing,
    /// More than one `client_id`.
    ClientRepeated,
    /// An unknown, disabled or deleted `client_id`: indistinguishable, so that clients cannot be
    /// enumerated.
    UnknownClient,
    /// An invalid redirect URI.
    Callback(CallbackError),
    /// An invalid request object or pushed request, and no `redirect_uri` next to it.
    Refused(Box<OAuth>),
    /// The form belongs to another browser session, or was changed.
    ForeignForm,
    /// An invalid logout request, and its `post_logout_redirect_uri`.
    EndSession(end_session::Fault, Option<String>),
    /// A logout request that cannot be parsed.
    UnreadableEndSession(&'static str),
    /// A request that cannot be parsed.
    Unreadable(&'static str),
}

/// A page error with its details.
#[derive(Clone, Debug)]
pub struct PageError {
    /// What is wrong.
    pub fault: Fault,
    /// The `client_id` as sent, as far as it may be shown.
    pub client_id: Option<String>,
    /// The client's name, if the client is known.
    pub client_name: Option<String>,
    /// The id of the problem, by which the client's owner finds the details; only for a known
    /// client.
    pub problem: Option<String>,
    /// The user who registered the client.
    pub owner: Option<i64>,
}

impl PageError {
    /// A fault without details.
    #[must_use]
    pub const fn new(fault: Fault) -> Self {
        Self { fault, client_id: None, client_name: None, problem: None, owner: None }
    }

    pub(crate) fn about(self, client_id: &str) -> Self {
        Self { client_id: Some(redacted(client_id)), ..self }
    }

    pub(crate) fn named(self, client: &Client) -> Self {
        Self { client_name: Some(client.name.clone()), owner: client.owner, ..self }
    }
}
