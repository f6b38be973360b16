//! An authorization request on its way: the browser it comes from, what was checked, and the next step.

use std::net::IpAddr;

use oauth::oidc::IdTokenHint;
use oauth::view::ConsentView;
use oauth::{AuthorizationRequest, Client, Scope, Timestamp};

use super::response::{AuthorizationResponse, ResponseTarget};
use crate::signed_in::SignedIn;
use crate::store::records::{Grant, User};

/// The browser that a request comes from.
#[derive(Clone, Copy, Debug, Default)]
pub struct Browser<'a> {
    /// The browser id that forms are bound to; signing in does not change it.
    pub id: &'a str,
    /// Who is signed in there.
    pub signed_in: Option<&'a SignedIn>,
    /// Its network address; without one, nothing is stored for it.
    pub address: Option<IpAddr>,
    /// Whether the browser may have withheld its cookies, as for a cross-site form (`SameSite=Lax`): an
    /// invalid request is refused at once, and a valid one is repeated by GET.
    pub may_lack_cookies: bool,
}

impl<'a> From<Option<&'a SignedIn>> for Browser<'a> {
    fn from(signed_in: Option<&'a SignedIn>) -> Self {
        Self { signed_in, ..Self::default() }
    }
}

/// When a request arrived, and in which browser.
#[derive(Clone, Copy)]
pub(super) struct RequestContext<'a> {
    pub now: Timestamp,
    pub browser: Browser<'a>,
}

/// The user whom a request is answered for, and their session (RFC 6749 §1.1).
#[derive(Clone, Copy)]
pub(super) struct ResourceOwner<'a> {
    pub signed_in: &'a SignedIn,
    pub user: &'a User,
}

/// A user, and what they allowed the client so far.
#[derive(Clone, Copy)]
pub(super) struct UserGrant<'a> {
    pub user: &'a User,
    pub grant: Option<&'a Grant>,
}

/// What the browser is to do next.
#[derive(Debug)]
pub enum Step {
    /// Sign in (or prove again who it is), then come back to this path.
    SignIn(String),
    /// Sign in as somebody else: the page at this path leads there and back.
    Switch(String),
    /// Repeat the request by GET, at this path.
    RepeatByGet(String),
    /// Answer the consent page.
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

/// A consent page's content.
#[derive(Clone, Debug)]
pub struct Consent {
    /// What the page shows.
    pub view: ConsentView,
    /// The origin of the redirect URI, for CSP's `form-action`.
    pub form_action: Option<String>,
    /// The languages that the client asks for (`ui_locales`), best first.
    pub ui_locales: Vec<String>,
}
