//! Faults for which no redirect is safe: they are shown on a page of ours (RFC 6749 §4.1.2.1).

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
    /// A `client_id` that is unknown, disabled or deleted: all three look the same.
    UnknownClient,
    /// The redirect URI.
    Callback(CallbackError),
    /// The request object or the pushed request, where nothing beside it says where the answer goes.
    Refused(Box<OAuth>),
    /// The form was made for another browser session, or was changed on its way.
    ForeignForm,
    /// A request to sign out, and the address that it would have the person sent to.
    EndSession(end_session::Fault, Option<String>),
    /// A request to sign out that could not be read.
    UnreadableEndSession(&'static str),
    /// The request could not be read at all.
    Unreadable(&'static str),
}

/// A fault, and what may be shown beside it.
#[derive(Clone, Debug)]
pub struct PageError {
    /// What is wrong.
    pub fault: Fault,
    /// The `client_id` as it was sent, as far as it may be shown.
    pub client_id: Option<String>,
    /// The client's name, where the client is known.
    pub client_name: Option<String>,
    /// The id under which its owner can read what is wrong, where the client is known.
    pub problem: Option<String>,
    /// The user who registered the client.
    pub owner: Option<i64>,
}

impl PageError {
    /// A fault about which nothing else is known.
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
