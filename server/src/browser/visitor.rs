//! The extractor of page requests: the browser, by its cookies, the signed-in user, and the
//! language of the page (i18n).

use provider::signed_in::SignedIn;
use std::net::IpAddr;
use std::sync::OnceLock;

use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::response::{IntoResponse, Response};
use provider::User;
use tower_sessions::Session;

use crate::address::ClientAddress;
use crate::header::text;
use crate::respond;
use crate::session::{self, Person};
use crate::state::Site;

/// The cookie that identifies a browser; CSRF tokens are bound to it.
pub const BROWSER: &str = "jeton_browser";

/// The cookie of known browsers: those that have signed in to an account before.
pub const KNOWN: &str = "jeton_known";

/// The cookie of the chosen language.
pub const LANGUAGE: &str = "jeton_language";

/// The cookie of the chosen theme.
pub const THEME: &str = "jeton_theme";

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
    /// The value of the cookie [`KNOWN`].
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
        let mut response = super::see_other(location);
        if self.sets_browser_cookie()
            && let Ok(cookie) = HeaderValue::from_str(&super::page::browser_cookie(self))
        {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        response
    }

    /// Whether the browser's cookie is set with the response. Not for a cross-site form, which
    /// comes without cookies: a new one would overwrite the browser's, to which its forms in other
    /// tabs are bound.
    pub fn sets_browser_cookie(&self) -> bool {
        self.new_browser && !super::csrf::is_cross_site(self)
    }

    /// The signed-in user; else the redirect to sign-in and back here.
    ///
    /// # Errors
    /// The redirect to the sign-in page.
    pub fn person(&self) -> Result<&Current, Box<Response>> {
        self.current.as_ref().ok_or_else(|| {
            let back = form_urlencoded(&self.path);
            Box::new(super::see_other(&format!("/login?return_to={back}")))
        })
    }
}

fn form_urlencoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

impl<S> FromRequestParts<S> for Visitor
where
    S: Send + Sync,
    Site: FromRef<S>,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let mut site = Site::from_ref(state);
        let session = Session::from_request_parts(parts, state).await.map_err(IntoResponse::into_response)?;
        // With two session cookies one was set by another host of the domain, and they cannot be
        // told apart (RFC 6265 §8.6).
        let current = match cookie(&parts.headers, &site.cookie_name(session::COOKIE)) {
            Some(_) => current(&site, &session).await.map_err(|error| respond::page(&site, &error, &parts.headers))?,
            None => None,
        };
        if let Some(current) = &current {
            site.provider = site.provider.within(&current.signed_in);
        }
        tracing::Span::current().record("user", current.as_ref().map(|current| current.user.id));
        let known = cookie(&parts.headers, &site.cookie_name(BROWSER)).filter(|value| is_browser(value));
        Ok(Self {
            session,
            current,
            known: cookie(&parts.headers, &site.cookie_name(KNOWN)),
            new_browser: known.is_none(),
            browser: known.unwrap_or_else(|| site.provider.nonce()),
            path: parts.uri.path_and_query().map(ToString::to_string).unwrap_or_default(),
            language: language(&site, &parts.headers),
            language_chosen: chosen(&site, &parts.headers).is_some(),
            theme: cookie(&parts.headers, &site.preference_name(THEME))
                .map_or_else(|| site.brand().theme(), |chosen| app::Theme::parse(&chosen)),
            head_only: parts.method == Method::HEAD,
            posted: parts.method == Method::POST,
            headers: parts.headers.clone(),
            back: OnceLock::new(),
            address: ClientAddress::of(parts).0,
            site,
        })
    }
}

/// The language of a page: the cookie's, else the best of `Accept-Language`, else the operator's
/// default.
#[must_use]
pub fn language(site: &Site, headers: &HeaderMap) -> app::Language {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).map(text);
    chosen(site, headers)
        .or_else(|| accepted.and_then(|accepted| app::Language::negotiate(&accepted)))
        .unwrap_or_else(|| site.language())
}

fn chosen(site: &Site, headers: &HeaderMap) -> Option<app::Language> {
    cookie(headers, &site.preference_name(LANGUAGE)).and_then(|tag| app::Language::parse(&tag))
}

async fn current(site: &Site, session: &Session) -> Result<Option<Current>, provider::Error> {
    let unavailable = |error: tower_sessions::session::Error| provider::Error::Unavailable(error.to_string());
    let Some(person) = session.get::<Person>(session::PERSON).await.map_err(unavailable)? else { return Ok(None) };
    let Some(id) = session.id() else { return Ok(None) };
    let user = match site.provider.user(person.user_id).await {
        Ok(user) if !user.disabled => user,
        Ok(_) | Err(provider::Error::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let signed_in = SignedIn { user_id: user.id, auth_time: person.auth_time, session: session::key_hash(id) };
    Ok(Some(Current { user, signed_in }))
}

/// The value of a cookie; `None` when it was sent twice, since then one of them was set by another
/// host of the domain.
fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let mut values = pairs.filter(|(key, _)| *key == name).map(|(_, value)| value.to_owned());
    let first = values.next()?;
    values.next().is_none().then_some(first)
}

fn is_browser(value: &str) -> bool {
    value.len() == 32 && value.bytes().all(|byte| byte.is_ascii_hexdigit())
}
