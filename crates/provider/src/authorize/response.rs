//! Authorization responses: a redirect, or a form that the browser posts (OAuth 2.0 Form Post
//! Response Mode).

use oauth::callback::FormPost;
use oauth::{Callback, Client, Error as OAuth, Params, ResponseMode};

/// The supported response modes.
const MODES: [ResponseMode; 2] = [ResponseMode::Query, ResponseMode::FormPost];

/// An authorization response (RFC 6749 §4.1.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthorizationResponse {
    /// A redirect to this URI.
    Redirect(String),
    /// A form that the browser posts by itself (`form_post`).
    Form(Box<FormPostResponse>),
}

/// A response with `response_mode=form_post`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormPostResponse {
    /// The fields, and the redirect URI.
    pub form: FormPost,
    /// The name of the client, shown on the page of the form.
    pub client_name: String,
    /// The origin of the redirect URI, for CSP's `form-action`.
    pub form_action: Option<String>,
    /// The requested languages (`ui_locales`), best first.
    pub ui_locales: Vec<String>,
}

/// Redirect URI and response mode of a request.
#[derive(Clone)]
pub(super) struct ResponseTarget {
    pub callback: Callback,
    client_name: String,
    ui_locales: Vec<String>,
    mode: ResponseMode,
}

impl ResponseTarget {
    /// Redirect URI and response mode as requested; the default mode if the requested one is
    /// unsupported.
    pub fn new(client: &Client, callback: Callback, params: &Params) -> Self {
        let mode = ResponseMode::choose(params, &MODES).unwrap_or_default();
        let locales = params.get("ui_locales").unwrap_or_default().unwrap_or_default();
        let ui_locales = locales.split_ascii_whitespace().map(str::to_owned).collect();
        Self { callback, client_name: client.name.clone(), ui_locales, mode }
    }

    /// The success response with a code.
    pub fn success(&self, code: &str) -> AuthorizationResponse {
        match self.mode {
            ResponseMode::Query => AuthorizationResponse::Redirect(self.callback.success(code)),
            ResponseMode::FormPost => self.form(self.callback.success_form(code)),
        }
    }

    /// The error response (RFC 6749 §4.1.2.1).
    pub fn error(&self, error: &OAuth) -> AuthorizationResponse {
        match self.mode {
            ResponseMode::Query => AuthorizationResponse::Redirect(self.callback.error(error)),
            ResponseMode::FormPost => self.form(self.callback.error_form(error)),
        }
    }

    fn form(&self, form: FormPost) -> AuthorizationResponse {
        let form_action = oauth::redirect_uri::origin(&self.callback.redirect_uri);
        let ui_locales = self.ui_locales.clone();
        AuthorizationResponse::Form(Box::new(FormPostResponse {
            form,
            client_name: self.client_name.clone(),
            form_action,
            ui_locales,
        }))
    }
}
