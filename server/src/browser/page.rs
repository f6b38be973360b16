//! A page as a response: its frame, its cookies and the headers that keep it in its own browsing
//! context.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use super::{Visitor, compress, csrf_token};

/// A page in the making.
pub struct Page {
    /// What the page's components read.
    pub frame: app::Frame,
    form_action: Option<String>,
    cookie: Option<String>,
    compressed: bool,
    language_chosen: bool,
}

impl Page {
    /// The frame for this visitor.
    #[must_use]
    pub fn new(visitor: &Visitor) -> Self {
        let user = visitor.current.as_ref().map(|current| app::FrameUser {
            username: current.user.username.clone(),
            // There are no administration pages for the menu to link to.
            administrator: false,
        });
        let frame = app::Frame {
            operator: visitor.site.provider.settings().name.clone(),
            nonce: visitor.site.provider.nonce(),
            csrf: csrf_token(visitor),
            assets: visitor.site.brand().assets(),
            user,
            status: None,
            path: visitor.path.split('?').next().unwrap_or_default().to_owned(),
            theme: visitor.theme,
            language: visitor.language,
            here: visitor.path.clone(),
            brand: visitor.site.brand().frame().clone(),
            question: false,
        };
        let cookie = visitor.sets_browser_cookie().then(|| visitor.browser_cookie());
        let compressed = compress::accepts_compression(&visitor.headers);
        Self { frame, form_action: None, cookie, compressed, language_chosen: visitor.language_chosen }
    }

    /// A page without a visitor.
    #[must_use]
    pub const fn bare(frame: app::Frame) -> Self {
        Self { frame, form_action: None, cookie: None, compressed: false, language_chosen: false }
    }

    /// The same page with a flash message.
    #[must_use]
    pub fn status(mut self, message: Option<String>) -> Self {
        self.frame.status = message;
        self
    }

    /// The same page in the best supported language of the request's `ui_locales` (OpenID Connect
    /// Core §3.1.2.1), unless the visitor has chosen one.
    #[must_use]
    pub fn in_ui_locales(mut self, ui_locales: &[String]) -> Self {
        if let Some(language) = app::Language::negotiate(&ui_locales.join(" ")).filter(|_| !self.language_chosen) {
            self.frame.language = language;
        }
        self
    }

    /// Adds an origin to `form-action`, which browsers also apply to the redirects after a form.
    #[must_use]
    pub fn form_action(mut self, origin: Option<String>) -> Self {
        self.form_action = origin;
        self
    }

    /// The response. `html` was rendered with this page's frame.
    #[must_use]
    pub fn answer(self, status: StatusCode, html: String) -> Response {
        let compressible = self.compressed && compress::has_no_secret(&html);
        let mut response = (status, Html(html)).into_response();
        if compressible {
            compress::allow(&mut response);
        }
        let headers = response.headers_mut();
        let policy = policy(&self.frame.nonce, self.form_action.as_deref());
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        if let Some(cookie) = self.cookie.and_then(|cookie| HeaderValue::from_str(&cookie).ok()) {
            headers.append(header::SET_COOKIE, cookie);
        }
        response
    }
}

fn policy(nonce: &str, form_action: Option<&str>) -> String {
    let target = form_action.map(|origin| format!(" {origin}")).unwrap_or_default();
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; \
         img-src 'self' data:; connect-src 'self'; form-action 'self'{target}; base-uri 'none'; frame-ancestors 'none'"
    )
}
