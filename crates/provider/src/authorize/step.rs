//! An authorization request in progress: its browser, the results of checks, and the next step.

use std::net::IpAddr;

use oauth::oidc::IdTokenHint;
use oauth::view::ConsentView;
use oauth::{AuthorizationRequest, Client, Scope, Timestamp};

use super::response::{AuthorizationResponse, ResponseTarget};
use crate::signed_in::SignedIn;
use crate::store::records::{Grant, User};

/// The browser that sent a request.
#[derive(Clone, Copy, Debug, Default)]
pub struct Browser<'a> {
    /// The browser id that forms are bound to; sign-in does not change it.
    pub id: &'a str,
    /// The signed-in user.
    pub signed_in: Option<&'a SignedIn>,
    /// The network address; without one, no request is stored by reference.
    pub address: Option<IpAddr>,
    /// Whether the browser may have withheld its cookies, as for a cross-site form
    /// (`SameSite=Lax`). An invalid request is refused at once; a valid one is repeated by GET.
    pub may_lack_cookies: bool,
}

impl<'a> From<Option<&'a SignedIn>> for Browser<'a> {
    fn from(signed_in: Option<&'a SignedIn>) -> Self {
        Self { signed_in, ..Self::default() }
    }
}

/// When a request was received, and its browser.
#[derive(Clone, Copy)]
pub(super) struct RequestContext<'a> {
    pub now: Timestamp,
    pub browser: Browser<'a>,
}

/// The resource owner and their session (RFC 6749 §1.1).
#[derive(Clone, Copy)]
pub(super) struct ResourceOwner<'a> {
    pub signed_in: &'a SignedIn,
    pub user: &'a User,
}

/// A user, and what they already allowed the client.
#[derive(Clone, Copy)]
pub(super) struct UserGrant<'a> {
    pub user: &'a User,
    pub grant: Option<&'a Grant>,
}

/// The next step of the browser.
#[derive(Debug)]
pub enum Step {
    /// Sign in or reauthenticate, then return to this path.
    SignIn(String),
    /// Sign in as another user: the page at this path leads there and back.
    Switch(String),
    /// Repeat the request by GET, at this path.
    RepeatByGet(String),
    /// Show the consent page.
    Consent(Box<Consent>),
    /// Redirect to the client.
    Respond(AuthorizationResponse),
}

/// A request that passed every check that does not depend on the user.
pub(super) struct Checked {
    pub client: Client,
    pub target: ResponseTarget,
    pub request: AuthorizationRequest,
    pub scope: Scope,
    /// The user whom the client expects (`id_token_hint`).
    pub hint: Option<IdTokenHint>,
}

/// Content of the consent page.
#[derive(Clone, Debug)]
pub struct Consent {
    /// What the page shows.
    pub view: ConsentView,
    /// The origin of the redirect URI, for CSP's `form-action`.
    pub form_action: Option<String>,
    /// The requested languages (`ui_locales`), best first.
    pub ui_locales: Vec<String>,
}
