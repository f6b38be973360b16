//! Context of the sign-in page: the client that sent the user, and its hints.

use super::step::{Browser, RequestContext};
use oauth::request_object::Source;
use oauth::{AuthorizationRequest, Prompt};

use super::reauthentication;
use super::resolve_request::{Arrival, allowed};
use crate::error::Error;
use crate::provider::Provider;

/// What the sign-in page needs from the authorization request that led to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignInContext {
    /// The name of the client.
    pub client_name: Option<String>,
    /// The origin of the redirect URI: CSP's `form-action` must list it, since browsers check
    /// redirects too.
    pub form_action: Option<String>,
    /// The user name that the client expects (`login_hint`).
    pub login_hint: Option<String>,
    /// The requested languages (`ui_locales`), best first.
    pub ui_locales: Vec<String>,
    /// Whether a signed-in user must authenticate again (`prompt=login`, `max_age`).
    pub confirm: bool,
}

impl Provider {
    /// The context of a sign-in page that returns to `return_to`; empty if that is not the
    /// authorization endpoint.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    pub async fn sign_in_context(&self, return_to: &str, browser: &str) -> Result<SignInContext, Error> {
        let Some(params) = reauthentication::authorization_params(return_to) else {
            return Ok(SignInContext::default());
        };
        let Ok(client) = self.requesting_client(&params).await else { return Ok(SignInContext::default()) };
        // Only the authorization endpoint fetches a `request_uri`.
        if matches!(Source::of(&params, &allowed(&client)), Ok(Source::Registered(_))) {
            return Ok(SignInContext::default());
        }
        let received_at = self.received_at(
            &params,
            RequestContext { now: self.now(), browser: Browser { id: browser, ..Browser::default() } },
        );
        let Ok(resolved) = self.resolve_request(&client, &params, Arrival { received_at, address: None }).await else {
            return Ok(SignInContext::default());
        };
        let Ok(callback) = self.callback(&client, &resolved) else { return Ok(SignInContext::default()) };
        let request = AuthorizationRequest::parse(&client, &resolved.params, self.settings().pkce).ok();
        Ok(SignInContext {
            client_name: Some(client.name.clone()),
            form_action: oauth::redirect_uri::origin(&callback.redirect_uri),
            login_hint: request.as_ref().and_then(|request| request.login_hint.clone()),
            ui_locales: request.as_ref().map(|request| request.ui_locales.clone()).unwrap_or_default(),
            confirm: request.is_some_and(|request| request.wants(Prompt::Login) || request.max_age.is_some()),
        })
    }
}
