//! The authorization endpoint (RFC 6749 §4.1.1, §4.1.2; OpenID Connect Core §3.1.2).
//!
//! The URL carries the request or its `request_uri`, so that concurrent tabs are independent. Steps
//! never call each other: sign-in and consent redirect back here, and every check is repeated.

mod by_reference;
mod consent;
mod consent_form;
mod consent_view;
mod id_token_hint;
mod max_age;
mod page_error;
mod push;
mod reauthentication;
mod resolve_request;
mod response;
mod scope;
mod sign_in_context;
mod step;

use oauth::oidc::offline;
use oauth::request_object::Source;
use oauth::{AuthorizationRequest, Callback, CallbackError, Client, Error as OAuth, ErrorCode, Params, Prompt};

pub use self::consent::{Decision, DecisionOutcome};
pub use self::page_error::{Fault, PageError};
use self::resolve_request::{Arrival, ResolvedRequest, allowed};
use self::response::ResponseTarget;
pub use self::response::{AuthorizationResponse, FormPostResponse};
use self::scope::named_scope;
pub use self::sign_in_context::SignInContext;
pub use self::step::{Browser, Consent, Step};
use self::step::{Checked, RequestContext, ResourceOwner};
use crate::error::Error;
use crate::problems::FailedRequest;
use crate::provider::{Provider, record_client};

impl Provider {
    /// Decides the next step of an authorization request.
    ///
    /// # Errors
    /// `Page` while the client or its redirect URI is unverified; every later error is a redirect
    /// (RFC 6749 §4.1.2.1). `SignedOut` when the session ended meanwhile; `Throttled` when the rate
    /// limit for fetching request objects is exhausted.
    pub async fn authorize<'a>(&self, params: &Params, browser: impl Into<Browser<'a>>) -> Result<Step, Error> {
        let browser = browser.into();
        let at = RequestContext { now: self.now(), browser };
        let client = self.requesting_client(params).await?;
        let id = client.id.clone();
        record_client(&id);
        let resolved = self
            .resolve_request(
                &client,
                params,
                Arrival { received_at: self.received_at(params, at), address: browser.address },
            )
            .await?;
        let user_id = browser.signed_in.map(|who| who.user_id);
        let failed = FailedRequest { client_id: Some(&id), params: &resolved.params, secret: None, user_id };
        let target = self.target(&client, &resolved, &failed)?;
        match self.step(client, target.clone(), &resolved, at).await {
            Err(Error::OAuth(error)) => Ok(Step::Respond(self.error_response(&target, error, &failed))),
            other => other,
        }
    }

    /// The next step of a request from a browser without a session. Nothing is issued, and no
    /// request object is fetched.
    ///
    /// # Errors
    /// As [`Provider::authorize`].
    pub async fn preview_request(&self, params: &Params) -> Result<Step, Error> {
        let client = self.requesting_client(params).await?;
        match Source::of(params, &allowed(&client)) {
            Ok(Source::Registered(_)) => Ok(Step::SignIn(reauthentication::restart_path(params))),
            _ => self.authorize(params, Browser::default()).await,
        }
    }

    /// An error response with its `error_uri`. The `reason` goes to the log, never to the client.
    fn error_response(
        &self,
        target: &ResponseTarget,
        error: OAuth,
        failed: &FailedRequest<'_>,
    ) -> AuthorizationResponse {
        let error = self.explained(error, failed);
        tracing::info!(
            error = error.code.as_str(),
            description = error.description,
            reason = error.reason,
            client = error.client,
            "authorization refused"
        );
        target.error(&error)
    }

    /// A page error, recorded as a problem for the owner of the client.
    fn record_page_error(&self, mut error: PageError, failed: &FailedRequest<'_>) -> PageError {
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
        target: ResponseTarget,
        resolved: &ResolvedRequest,
        at: RequestContext<'_>,
    ) -> Result<Step, Error> {
        let browser = at.browser;
        let checked = self.check(client, target, resolved).await?;
        if let Some(done) = &resolved.already_used {
            return Err(done.clone().into());
        }
        let carried = self.by_reference(&checked.client, resolved, browser.address).await?;
        let resolved = carried.as_ref().unwrap_or(resolved);
        let (params, signed_in) = (&resolved.sent, browser.signed_in);
        if browser.may_lack_cookies {
            return Ok(Step::RepeatByGet(reauthentication::authorize_path(params)));
        }
        let user = match signed_in {
            Some(signed_in) => self.store().find_user(signed_in.user_id).await?.filter(|user| !user.disabled),
            None => None,
        };
        let (Some(signed_in), Some(user)) = (signed_in, user) else {
            return self.sign_in_step(&checked, params, at);
        };
        if !self.is_fresh_enough(&checked.request, params, signed_in, at) {
            return self.sign_in_step(&checked, params, at);
        }
        if !id_token_hint::is_expected_subject(&checked, &user) {
            return self.switch_step(&checked, params, signed_in, at);
        }
        self.consent_step(checked, resolved, ResourceOwner { signed_in, user: &user }, at).await
    }

    /// The client that `client_id` names. Unknown and disabled clients get the same error.
    async fn requesting_client(&self, params: &Params) -> Result<Client, Error> {
        let id = match params.get("client_id") {
            Ok(Some(id)) => id,
            Ok(None) => return Err(PageError::new(Fault::ClientMissing).into()),
            Err(_) => return Err(PageError::new(Fault::ClientRepeated).into()),
        };
        let client = self.store().find_client(id).await?.filter(|client| !client.disabled);
        client.ok_or_else(|| PageError::new(Fault::UnknownClient).about(id).into())
    }

    /// Redirect URI and `response_mode` of the response; an error is recorded as a problem.
    fn target(
        &self,
        client: &Client,
        resolved: &ResolvedRequest,
        failed: &FailedRequest<'_>,
    ) -> Result<ResponseTarget, PageError> {
        let callback = self.callback(client, resolved).map_err(|error| self.record_page_error(error, failed))?;
        Ok(ResponseTarget::new(client, callback, &resolved.params))
    }

    fn callback(&self, client: &Client, resolved: &ResolvedRequest) -> Result<Callback, PageError> {
        Callback::resolve(client, &resolved.params, &self.settings().issuer).map_err(|fault| {
            let fault = match (fault, &resolved.error) {
                (CallbackError::Missing, Some(refused)) => Fault::Refused(Box::new(refused.clone())),
                (fault, _) => Fault::Callback(fault),
            };
            PageError::new(fault).about(&client.id).named(client)
        })
    }

    async fn check(
        &self,
        client: Client,
        target: ResponseTarget,
        resolved: &ResolvedRequest,
    ) -> Result<Checked, Error> {
        if let Some(fault) = &resolved.error {
            return Err(fault.clone().into());
        }
        let request = AuthorizationRequest::parse(&client, &resolved.params, self.settings().pkce)?;
        let scope = self.requested_scope(request.scope.as_ref(), &client).await?;
        let scope = offline::effective_scope(&client, &scope);
        let scope = scope.union(&named_scope(&request, &scope, &client));
        let hint = self.verify_id_token_hint(&request, &client).await?;
        Ok(Checked { client, target, request, scope, hint })
    }

    fn sign_in_step(&self, checked: &Checked, params: &Params, at: RequestContext<'_>) -> Result<Step, Error> {
        if checked.request.wants(Prompt::None) {
            return Err(OAuth::new(ErrorCode::LoginRequired, "The user is not signed in.").into());
        }
        Ok(Step::SignIn(self.return_path(params, at)))
    }
}
