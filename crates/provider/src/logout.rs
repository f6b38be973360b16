//! Logout at a client's request (OpenID Connect RP-Initiated Logout §2, §3, §4).

pub mod back_channel;
mod signed_state;

use crate::signed_in::SignedIn;
use oauth::oidc::end_session::{BrowserSession, Decision, EndSession, Fault as Wrong, LogoutContext, Step};
use oauth::oidc::{IdTokenHint, subject};
use oauth::problem::redacted;
use oauth::{Client, Params};

use crate::authorize::Fault;
use crate::authorize::PageError;
use crate::error::Error;
use crate::provider::Provider;
use crate::signing::verify;

/// The next step of the browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogoutOutcome {
    /// Ask the user to confirm.
    Ask(Box<LogoutConfirmation>),
    /// Redirect to the client, or to the page that says that the user is signed out.
    Go {
        /// Whether the browser's session ends.
        ends: bool,
        /// The post-logout redirect URI.
        to: Option<String>,
    },
}

/// The confirmation page of a logout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogoutConfirmation {
    /// The sealed value of the form.
    pub sealed: String,
    /// The client that sent the user, if it is known.
    pub client_name: Option<String>,
    /// The origin of the redirect URI, for CSP's `form-action`.
    pub form_action: Option<String>,
    /// The requested languages (`ui_locales`), best first.
    pub ui_locales: Vec<String>,
}

/// A logout request, as it was sent or as [`Provider::end_session_path`] encoded it.
struct LogoutRequest {
    request: EndSession,
    /// See [`LogoutContext::hint`].
    hint: Option<Option<IdTokenHint>>,
    client: Option<Client>,
}

impl LogoutRequest {
    fn decide(&self, browser: Option<BrowserSession<'_>>) -> Decision {
        let hint = self.hint.as_ref().map(Option::as_ref);
        self.request.decide(&LogoutContext { hint, client: self.client.as_ref(), browser })
    }

    fn error(&self, wrong: Wrong) -> Error {
        let address = self.request.post_logout_redirect_uri.as_deref().map(redacted);
        let error = PageError::new(Fault::EndSession(wrong, address));
        match (&self.client, &self.request.client_id) {
            (Some(client), _) => error.about(&client.id).named(client),
            (None, Some(id)) => error.about(id),
            (None, None) => error,
        }
        .into()
    }
}

impl Provider {
    /// Decides the next step of a logout request. Forms are bound to `browser`.
    ///
    /// # Errors
    /// `Page` when the request is invalid: no session ends, and nothing redirects.
    pub async fn end_session_request(
        &self,
        params: &Params,
        browser: &str,
        visitor: Option<&SignedIn>,
    ) -> Result<LogoutOutcome, Error> {
        let request = self.parse_logout_request(params).await?;
        let session = self.browser_session(visitor).await?;
        let of_browser = session.as_ref().zip(visitor);
        let decision = request.decide(of_browser.map(|((subject, session), visitor)| BrowserSession {
            subject,
            session,
            auth_time: visitor.auth_time,
        }));
        if let Some(wrong) = decision.fault {
            return Err(request.error(wrong));
        }
        match (decision.step, session) {
            (Step::Confirm, Some((_, session))) => {
                let uri = decision.redirect.as_ref().and(request.request.post_logout_redirect_uri.as_deref());
                let state = signed_state::LogoutState::new(
                    &session,
                    request.client.as_ref(),
                    uri.zip(decision.redirect.as_deref()),
                );
                let confirmation = self.confirmation(&state, request.client.as_ref(), browser);
                Ok(LogoutOutcome::Ask(Box::new(LogoutConfirmation {
                    ui_locales: request.request.ui_locales,
                    ..confirmation
                })))
            }
            (step, _) => Ok(LogoutOutcome::Go { ends: step == Step::End, to: decision.redirect }),
        }
    }

    /// The path that repeats a posted request by GET. A cross-site form comes without the session
    /// cookie (`SameSite=Lax`), so only a GET shows who is signed in. The ID token is not part of
    /// the URL.
    ///
    /// # Errors
    /// `Page` when the request is invalid for any signed-in user.
    pub async fn end_session_path(&self, params: &Params) -> Result<String, Error> {
        let request = self.parse_logout_request(params).await?;
        match request.decide(None).fault {
            Some(wrong) => Err(request.error(wrong)),
            None => Ok(format!("/oauth2/end-session?{}", self.sign_request(&request.request, request.hint.flatten()))),
        }
    }

    /// Carries out a confirmed logout. If another user has signed in meanwhile, asks again.
    ///
    /// # Errors
    /// `Page` when the form belongs to another browser, was changed, or has expired.
    pub async fn confirm_logout(
        &self,
        sealed: &str,
        browser: &str,
        visitor: Option<&SignedIn>,
    ) -> Result<LogoutOutcome, Error> {
        let state = self.verify_state(sealed, browser).ok_or_else(|| PageError::new(Fault::ForeignForm))?;
        let client = self.logout_client(state.client_id()).await?;
        let to = state.redirect(client.as_ref());
        match self.browser_session(visitor).await? {
            None => Ok(LogoutOutcome::Go { ends: false, to }),
            Some((_, session)) if session == state.session() => Ok(LogoutOutcome::Go { ends: true, to }),
            Some((_, session)) => {
                Ok(LogoutOutcome::Ask(Box::new(self.confirmation(&state.of(&session), client.as_ref(), browser))))
            }
        }
    }

    fn confirmation(
        &self,
        state: &signed_state::LogoutState,
        client: Option<&Client>,
        browser: &str,
    ) -> LogoutConfirmation {
        LogoutConfirmation {
            sealed: self.sign_state(state, browser),
            client_name: client.map(|client| client.name.clone()),
            form_action: state.redirect(client).as_deref().and_then(oauth::redirect_uri::origin),
            ui_locales: Vec::new(),
        }
    }

    async fn parse_logout_request(&self, params: &Params) -> Result<LogoutRequest, Error> {
        let unreadable = |error: oauth::Error| PageError::new(Fault::UnreadableEndSession(error.description));
        let (request, hint) = match self.verify_request(params) {
            Some((request, hint)) => (request, hint.map(Some)),
            None => {
                let request = EndSession::parse(params).map_err(unreadable)?;
                let hint = self.read_hint(&request).await?;
                (request, hint)
            }
        };
        let client = self.logout_client(request.client(hint.as_ref().and_then(Option::as_ref))).await?;
        Ok(LogoutRequest { request, hint, client })
    }

    /// Verifies `id_token_hint`; it may have expired, and its signing key may be retired.
    async fn read_hint(&self, request: &EndSession) -> Result<Option<Option<IdTokenHint>>, Error> {
        let Some(text) = &request.id_token_hint else { return Ok(None) };
        let keys = self.known_keys(self.now()).await?;
        let hint = IdTokenHint::read(text, &self.settings().issuer, &keys, &verify);
        Ok(Some(hint.inspect_err(|error| tracing::info!(%error, "an id_token_hint was refused")).ok()))
    }

    async fn logout_client(&self, id: Option<&str>) -> Result<Option<Client>, Error> {
        let Some(id) = id else { return Ok(None) };
        Ok(self.store().find_client(id).await?.filter(|client| !client.disabled))
    }

    /// `sub` and `sid` of the signed-in user.
    async fn browser_session(&self, visitor: Option<&SignedIn>) -> Result<Option<(String, String)>, Error> {
        let Some(visitor) = visitor else { return Ok(None) };
        let session = self.sid(&visitor.session).await?.unwrap_or_default();
        Ok(Some((subject(visitor.user_id), session)))
    }
}
