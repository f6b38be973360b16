//! The authorization endpoint's use case (RFC 6749 §4.1.1, §4.1.2; OpenID Connect Core §3.1.2).
//!
//! The request, or what it is named by, travels in the URL, so any number of tabs work side by side. Steps never call each other: sign-in and
//! consent come back here, and every time everything is checked anew.

mod asked;
mod by_reference;
mod consent;
mod errand;
mod expected;
mod mark;
mod page_error;
mod push;
mod question;
mod reply;
mod scope;
mod seal;

use std::net::IpAddr;

use oauth::oidc::{Hint, offline};
use oauth::request_object::Source;
use oauth::{
    AuthorizationRequest, Callback, CallbackError, Client, Error as OAuth, ErrorCode, Params, Prompt, Scope, Timestamp,
};

use self::asked::{Asked, allowed};
pub use self::consent::{Consent, Decision, Visit};
pub use self::errand::Errand;
pub use self::page_error::{Fault, PageError};
use self::reply::Way;
pub use self::reply::{Reply, ReplyForm};
use self::scope::{grantable, named_scope};
use crate::error::Error;
use crate::problems::Failed;
use crate::provider::{Provider, told};

/// Who is signed in, in which browser session.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The user.
    pub user_id: i64,
    /// When the user proved who they are (OpenID Connect's `auth_time`).
    pub auth_time: Timestamp,
    /// SHA-256 of the session's cookie: what is sealed for one session is refused in any other.
    pub session: String,
}

/// The browser that a request comes from.
#[derive(Clone, Copy, Debug, Default)]
pub struct Browser<'a> {
    /// What forms of this browser are tied to; it stays when somebody signs in.
    pub id: &'a str,
    /// Who is signed in there.
    pub visitor: Option<&'a SignedIn>,
    /// Where it is; `None`: nothing may be kept for it.
    pub address: Option<IpAddr>,
    /// Whether it may have kept its cookies back, as with the form of another site (`SameSite=Lax`): what is wrong with the request
    /// is said at once, and a good one comes once more by GET.
    pub hidden: bool,
}

impl<'a> From<Option<&'a SignedIn>> for Browser<'a> {
    fn from(visitor: Option<&'a SignedIn>) -> Self {
        Self { visitor, ..Self::default() }
    }
}

/// When, and in which browser.
#[derive(Clone, Copy)]
struct At<'a> {
    now: Timestamp,
    browser: &'a str,
}

/// What the browser is to do next.
#[derive(Debug)]
pub enum Step {
    /// Sign in (or prove again who it is), then come back to this path.
    SignIn(String),
    /// Sign in as somebody else: the page at this path leads there and back.
    Switch(String),
    /// Come once more, by GET, to this path.
    Again(String),
    /// Answer the question.
    Consent(Box<Consent>),
    /// Go back to the client.
    Reply(Reply),
}

/// A request that passed every check that does not depend on who asks.
struct Checked {
    client: Client,
    way: Way,
    request: AuthorizationRequest,
    scope: Scope,
    /// Whom the client expects, by an ID token of ours.
    hint: Option<Hint>,
}

impl Provider {
    /// Decides what an authorization request leads to.
    ///
    /// # Errors
    /// `Page` while the client or its redirect URI is in doubt; everything after that is a redirect (§4.1.2.1). `SignedOut` when the
    /// session ended on the way; `Throttled` when the budget of strangers for visits to addresses of request objects is spent.
    pub async fn authorize<'a>(&self, params: &Params, browser: impl Into<Browser<'a>>) -> Result<Step, Error> {
        let browser = browser.into();
        let at = At { now: self.now(), browser: browser.id };
        let client = self.asking_client(params).await?;
        let id = client.id.clone();
        told(&id);
        let asked = self.request_of(&client, params, (self.began(params, at), browser.address)).await?;
        let visitor_id = browser.visitor.map(|who| who.user_id);
        let failed = Failed { client_id: Some(&id), params: &asked.params, secret: None, visitor: visitor_id };
        let way = self.way(&client, &asked, &failed)?;
        match self.step(client, way.clone(), &asked, (browser, at)).await {
            Err(Error::OAuth(error)) => Ok(Step::Reply(self.answer_error(&way, error, &failed))),
            other => other,
        }
    }

    /// What a request leads somebody to who is not signed in, and nothing comes of it: no code, and no way out for what is elsewhere.
    ///
    /// # Errors
    /// As [`Provider::authorize`].
    pub async fn look_at_request(&self, params: &Params) -> Result<Step, Error> {
        let client = self.asking_client(params).await?;
        match Source::of(params, &allowed(&client)) {
            Ok(Source::Registered(_)) => Ok(Step::SignIn(mark::path_of(params))),
            _ => self.authorize(params, Browser::default()).await,
        }
    }

    /// An error for the client with the address that explains it; the log learns what the client is not told.
    fn answer_error(&self, way: &Way, error: OAuth, failed: &Failed<'_>) -> Reply {
        let error = self.explained(error, failed);
        tracing::info!(
            error = error.code.as_str(),
            description = error.description,
            reason = error.reason,
            client = error.client,
            "authorization refused"
        );
        way.error(&error)
    }

    /// A fault that is shown on a page, noted for the owner of the client.
    fn noted(&self, mut error: PageError, failed: &Failed<'_>) -> PageError {
        let found = match &error.fault {
            Fault::Callback(fault) => Some((ErrorCode::InvalidRequest, fault.finding())),
            Fault::Refused(refused) => refused.finding.as_deref().map(|finding| (refused.code, finding.clone())),
            _ => None,
        };
        error.problem = found.and_then(|(code, finding)| self.note(code, finding, failed));
        error
    }

    async fn step(
        &self,
        client: Client,
        way: Way,
        asked: &Asked,
        (browser, at): (Browser<'_>, At<'_>),
    ) -> Result<Step, Error> {
        let checked = self.check(client, way, asked).await?;
        if let Some(done) = &asked.done {
            return Err(done.clone().into());
        }
        let carried = self.by_reference(&checked.client, asked, browser.address).await?;
        let asked = carried.as_ref().unwrap_or(asked);
        let (params, visitor) = (&asked.sent, browser.visitor);
        if browser.hidden {
            return Ok(Step::Again(mark::path_with_mark(params)));
        }
        let user = match visitor {
            Some(visitor) => self.store().find_user(visitor.user_id).await?.filter(|user| !user.disabled),
            None => None,
        };
        let (Some(visitor), Some(user)) = (visitor, user) else {
            return self.sign_in_step(&checked, params, at);
        };
        if !self.proof_is_fresh(&checked.request, params, visitor, at) {
            return self.sign_in_step(&checked, params, at);
        }
        if !expected::is(&checked, &user) {
            return self.switch_step(&checked, params, visitor, at);
        }
        self.consent_step(checked, asked, (visitor, &user), at).await
    }

    /// The client that the request names. Unknown and disabled look the same.
    async fn asking_client(&self, params: &Params) -> Result<Client, Error> {
        let id = match params.get("client_id") {
            Ok(Some(id)) => id,
            Ok(None) => return Err(PageError::new(Fault::ClientMissing).into()),
            Err(_) => return Err(PageError::new(Fault::ClientRepeated).into()),
        };
        let client = self.store().find_client(id).await?.filter(|client| !client.disabled);
        client.ok_or_else(|| PageError::new(Fault::UnknownClient).about(id).into())
    }

    /// Where the answer goes, and how; a fault is noted.
    fn way(&self, client: &Client, asked: &Asked, failed: &Failed<'_>) -> Result<Way, PageError> {
        let callback = self.callback(client, asked).map_err(|error| self.noted(error, failed))?;
        Ok(Way::new(client, callback, &asked.params))
    }

    fn callback(&self, client: &Client, asked: &Asked) -> Result<Callback, PageError> {
        Callback::resolve(client, &asked.params, &self.settings().issuer).map_err(|fault| {
            let fault = match (fault, &asked.fault) {
                (CallbackError::Missing, Some(refused)) => Fault::Refused(Box::new(refused.clone())),
                (fault, _) => Fault::Callback(fault),
            };
            PageError::new(fault).about(&client.id).named(client)
        })
    }

    async fn check(&self, client: Client, way: Way, asked: &Asked) -> Result<Checked, Error> {
        if let Some(fault) = &asked.fault {
            return Err(fault.clone().into());
        }
        let request = AuthorizationRequest::parse(&client, &asked.params, self.settings().pkce)?;
        let scope = self.requested_scope(request.scope.as_ref(), &client).await?;
        let scope = offline::effective_scope(&client, &scope);
        let scope = scope.union(&named_scope(&request, &scope, &client));
        let hint = self.expected_person(&request, &client).await?;
        Ok(Checked { client, way, request, scope, hint })
    }

    fn sign_in_step(&self, checked: &Checked, params: &Params, at: At<'_>) -> Result<Step, Error> {
        if checked.request.wants(Prompt::None) {
            return Err(OAuth::new(ErrorCode::LoginRequired, "The user is not signed in.").into());
        }
        Ok(Step::SignIn(self.way_back(params, at)))
    }
}
