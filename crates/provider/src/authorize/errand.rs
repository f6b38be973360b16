//! What the sign-in page knows of the request behind it.

use oauth::request_object::Source;
use oauth::{AuthorizationRequest, Prompt};

use super::asked::allowed;
use super::{At, mark};
use crate::error::Error;
use crate::provider::Provider;

/// What a sign-in page that somebody was sent to has to know about the request behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Errand {
    /// The client that sent the person.
    pub client_name: Option<String>,
    /// Where the answer will go: the page's `form-action` must name it, since the browser checks redirects too.
    pub form_action: Option<String>,
    /// The name that the client expects.
    pub login_hint: Option<String>,
    /// The languages that the client knows the person to read, best first.
    pub ui_locales: Vec<String>,
    /// The person must prove who they are although signed in.
    pub confirm: bool,
}

impl Provider {
    /// What the sign-in page of this browser should know when it is to lead back to `return_to`. Nothing, for any other path.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    pub async fn errand(&self, return_to: &str, browser: &str) -> Result<Errand, Error> {
        let Some(params) = mark::authorization_params(return_to) else { return Ok(Errand::default()) };
        let Ok(client) = self.asking_client(&params).await else { return Ok(Errand::default()) };
        // Only the authorization endpoint goes out for a request: who comes from there bears what it found.
        if matches!(Source::of(&params, &allowed(&client)), Ok(Source::Registered(_))) {
            return Ok(Errand::default());
        }
        let began = self.began(&params, At { now: self.now(), browser });
        let Ok(asked) = self.request_of(&client, &params, (began, None)).await else { return Ok(Errand::default()) };
        let Ok(callback) = self.callback(&client, &asked) else { return Ok(Errand::default()) };
        let request = AuthorizationRequest::parse(&client, &asked.params, self.settings().pkce).ok();
        Ok(Errand {
            client_name: Some(client.name.clone()),
            form_action: oauth::redirect_uri::origin(&callback.redirect_uri),
            login_hint: request.as_ref().and_then(|request| request.login_hint.clone()),
            ui_locales: request.as_ref().map(|request| request.ui_locales.clone()).unwrap_or_default(),
            confirm: request.is_some_and(|request| request.wants(Prompt::Login) || request.max_age.is_some()),
        })
    }
}
