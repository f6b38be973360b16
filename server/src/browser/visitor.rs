//! The context of a page request: the browser, the signed-in user and the language of the page.

use std::net::IpAddr;
use std::sync::OnceLock;

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use provider::User;
use provider::signed_in::SignedIn;
use tower_sessions::Session;

use super::cookies::BROWSER;
use super::origin::is_cross_site;
use super::redirect::see_other;
use crate::state::Site;

/// The signed-in user.
#[derive(Clone, Debug)]
pub struct Current {
    /// The user as stored.
    pub user: User,
    /// How and when they signed in, and in which session.
    pub signed_in: SignedIn,
}

/// The context of a page request: browser, session, signed-in user and preferences.
pub struct Visitor {
    /// The state. Where a user is signed in, its provider writes only while the session is live.
    pub site: Site,
    /// The session, for changes to it.
    pub session: Session,
    /// The signed-in user.
    pub current: Option<Current>,
    /// The value of the browser's cookie.
    pub browser: String,
    /// The value of the cookie [`KNOWN`](super::KNOWN).
    pub known: Option<String>,
    /// Whether the browser's cookie was missing or invalid.
    pub new_browser: bool,
    /// The path and query of the request.
    pub path: String,
    /// The chosen theme, else the operator's.
    pub theme: app::Theme,
    /// The language of the page.
    pub language: app::Language,
    /// Whether the language comes from its cookie.
    pub language_chosen: bool,
    /// Whether this is a HEAD request, which must have no effect (RFC 9110 §9.3.2).
    pub head_only: bool,
    /// Whether this is a POST request.
    pub posted: bool,
    /// The headers of the request.
    pub headers: HeaderMap,
    /// The path to return to after sign-in, with the preserved fields of the form, if the session
    /// turns out to have ended.
    pub back: OnceLock<String>,
    /// The client's address.
    pub address: IpAddr,
}

impl Visitor {
    /// Redirects within this site and sets the browser's cookie if it has none, since the target is
    /// bound to it.
    pub fn redirect(&self, location: &str) -> Response {
        let mut response = see_other(location);
        if self.sets_browser_cookie()
            && let Ok(cookie) = HeaderValue::from_str(&self.browser_cookie())
        {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        response
    }

    /// Whether the browser's cookie is set with the response. Not for a cross-site form, which
    /// comes without cookies: a new one would overwrite the browser's, to which its forms in other
    /// tabs are bound.
    pub fn sets_browser_cookie(&self) -> bool {
        self.new_browser && !is_cross_site(&self.headers, &self.site.provider.settings().issuer)
    }

    /// The browser's cookie, for a year, which is longer than a form stays open. It identifies no
    /// user.
    pub(super) fn browser_cookie(&self) -> String {
        let secure = if self.site.secure() { "; Secure" } else { "" };
        let name = self.site.cookie_name(BROWSER);
        format!("{name}={}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax{secure}", self.browser)
    }

    /// The response with a cookie that stores a preference of this browser for a year.
    #[must_use]
    pub fn with_preference_cookie(&self, mut response: Response, name: &str, value: &str) -> Response {
        let secure = if self.site.secure() { "; Secure" } else { "" };
        let name = self.site.preference_name(name);
        let cookie = format!("{name}={value}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax{secure}");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        response
    }

    /// The signed-in user; else the redirect to sign-in and back here.
    ///
    /// # Errors
    /// The redirect to the sign-in page.
    pub fn person(&self) -> Result<&Current, Box<Response>> {
        self.current.as_ref().ok_or_else(|| {
            let back = form_urlencoded(&self.path);
            Box::new(see_other(&format!("/login?return_to={back}")))
        })
    }
}

fn form_urlencoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
