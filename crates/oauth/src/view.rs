//! Values that pages show (DTOs), without secrets.

mod problem;
mod token;

pub use problem::{ProblemDetails, ProblemPage, ProblemView};
pub use token::{PageNumbers, TokenRow, TokenView, TokensView};

use crate::device::Device;
use crate::redirect_uri::Destination;
use crate::{Access, ClientKind, Risk, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A scope that can be chosen for a new token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScopeChoice {
    /// The whole scope.
    pub name: String,
    /// Its title: what it allows; may be empty.
    pub title: String,
    /// Whether this user may hold it.
    pub allowed: bool,
}

/// A requested or granted scope.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScopeView {
    /// The whole scope.
    pub name: String,
    /// Its title: what it allows; may be empty.
    pub title: String,
    /// The translated titles, by language tag.
    #[serde(default)]
    pub titles: BTreeMap<String, String>,
    /// Its risk.
    #[serde(default)]
    pub risk: Risk,
    /// Not yet allowed to this application.
    pub new: bool,
    /// Optional: the person may untick it.
    pub optional: bool,
    /// Whether this user may grant it.
    pub allowed: bool,
}

/// A browser that is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SessionView {
    /// Its public id, not the cookie's.
    pub id: String,
    /// Browser and system by its User-Agent.
    pub device: Device,
    /// The whole User-Agent.
    pub user_agent: String,
    /// The address it was last seen at.
    pub address: String,
    /// When the person signed in.
    pub signed_in_at: Timestamp,
    /// When it was last seen.
    pub last_seen_at: Timestamp,
    /// The session of this browser.
    pub current: bool,
}

/// An application that a user has given access to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionView {
    /// The grant's id.
    pub id: String,
    /// The application's name.
    pub client_name: String,
    /// The user name of who registered it; `None`: the operator.
    pub owner: Option<String>,
    /// What it may do.
    pub scopes: Vec<ScopeView>,
    /// When it was allowed.
    pub allowed_at: Timestamp,
    /// When it last used its access: got a token, or had one checked at this server.
    pub last_used: Option<Timestamp>,
    /// How many checks of its tokens this server answered in 30 days.
    pub uses: i64,
    /// The start of counting, if later than the consent and those 30 days.
    pub counted_since: Option<Timestamp>,
    /// The last check of one of its tokens.
    pub last_check: Option<TokenCheck>,
}

/// A check of a token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenCheck {
    /// The endpoint.
    pub endpoint: CheckEndpoint,
    /// The name of the service that introspected, if known.
    pub service: Option<String>,
}

/// The endpoint that checked a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CheckEndpoint {
    /// `/oauth2/introspect`, called by a service.
    Introspection,
    /// `/oauth2/userinfo`, called by the application.
    Userinfo,
    /// `/oauth2/tokeninfo`, called by the holder of the token.
    Tokeninfo,
}

/// A connected application with details.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionDetail {
    /// The grant.
    pub connection: ConnectionView,
    /// How many refresh tokens of the grant can still be used.
    pub refresh_tokens: i64,
    /// When one of them was last used.
    pub last_refreshed: Option<Timestamp>,
}

/// A registered application, shown to its owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationView {
    /// The `client_id`.
    pub client_id: String,
    /// Its name.
    pub name: String,
    /// Its description.
    pub description: String,
    /// Confidential or public.
    pub kind: ClientKind,
    /// Where answers may go.
    pub redirect_uris: Vec<String>,
    /// Whether PKCE is required.
    pub require_pkce: bool,
    /// Scopes that people may leave out when they are asked.
    pub optional_scopes: Vec<String>,
    /// How many people have given it access.
    pub people: i64,
    /// When it was registered.
    pub created_at: Timestamp,
    /// Its secrets that still work.
    pub secrets: Vec<SecretView>,
    /// Whether it authenticates with its keys, and so has no secret.
    pub by_key: bool,
    /// The version that this view shows.
    pub version: i64,
    /// When one of its tokens was last used.
    pub last_used: Option<Timestamp>,
}

/// A client secret, as much of it as may be shown again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretView {
    /// Its last four characters.
    pub hint: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it stops working; `None`: it goes on.
    pub expires_at: Option<Timestamp>,
}

/// The account page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountView {
    /// The user name.
    pub username: String,
    /// The full name, if known.
    pub full_name: Option<String>,
    /// The e-mail address, if known.
    pub email: Option<String>,
    /// Full or partial.
    pub access: Access,
    /// Whether `/admin` is open to this user.
    pub administrator: bool,
    /// How many permanent tokens work.
    pub tokens: i64,
    /// How many browsers are signed in.
    pub sessions: i64,
    /// How many applications have access.
    pub connections: i64,
    /// When the account was made.
    pub created_at: Timestamp,
    /// When the password was last set.
    pub password_changed_at: Timestamp,
    /// The applications that were allowed last, newest first; three at most.
    pub recent: Vec<ConnectionView>,
}

/// What deleting an account ends, and what prevents it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountDeletionView {
    /// How many permanent tokens stop working.
    pub tokens: i64,
    /// How many browsers are signed out.
    pub sessions: i64,
    /// How many applications lose their access.
    pub connections: i64,
    /// The applications that the person registered; one that others use prevents the deletion.
    pub applications: Vec<OwnedApplication>,
    /// The person is the last administrator, which prevents the deletion.
    pub last_administrator: bool,
}

impl AccountDeletionView {
    /// Whether nothing prevents the deletion.
    #[must_use]
    pub fn is_possible(&self) -> bool {
        !self.last_administrator && self.applications.iter().all(|owned| owned.people == 0)
    }
}

/// An application that the person who deletes the account registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnedApplication {
    /// The `client_id`.
    pub client_id: String,
    /// Its name.
    pub name: String,
    /// How many other people have given it access.
    pub people: i64,
}

/// The consent page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentView {
    /// The name of the client.
    pub client_name: String,
    /// Its description.
    pub client_description: String,
    /// The user name of the person.
    pub username: String,
    /// Their full name, if known.
    pub full_name: Option<String>,
    /// Their e-mail address, if known.
    pub email: Option<String>,
    /// The requested scopes.
    pub scopes: Vec<ScopeView>,
    /// Whether a refresh token is issued, so that access continues while the person is away.
    #[serde(default)]
    pub away: bool,
    /// The destination of the redirect.
    pub destination: Destination,
    /// The user name of who registered the client; `None`: the operator.
    pub registered_by: Option<String>,
    /// When the client was registered.
    pub registered_at: Timestamp,
    /// Registered less than seven days ago.
    pub young: bool,
    /// The request with a MAC, for the hidden field.
    pub sealed: String,
    /// The path that the form "Use another account" goes to.
    pub switch_url: String,
    /// A public client: its identity is only as good as its redirect address (RFC 8252 §8.6).
    pub public_client: bool,
}
