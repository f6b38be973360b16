//! Who sends a request: a browser that we know by a cookie, and perhaps a person who is signed in
//! there.

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

/// The cookie that tells one browser from another; forms are tied to it.
pub const BROWSER: &str = "jeton_browser";

/// The cookie by which accounts know browsers that signed in to them before.
pub const KNOWN: &str = "jeton_known";

/// The cookie of the language that a person chose.
pub const LANGUAGE: &str = "jeton_language";

/// The cookie of the colours that a person chose.
pub const THEME: &str = "jeton_theme";

/// The person who is signed in.
#[derive(Clone, Debug)]
pub struct Current {
    /// The user as stored now.
    pub user: User,
    /// How and when they signed in, and in which session.
    pub signed_in: SignedIn,
}

/// Everything about the browser that a page needs.
pub struct Visitor {
    /// The edge and the provider. Where somebody is signed in, whatever it writes is written only
    /// while their session lives.
    pub site: Site,
    /// The session, for changes to it.
    pub session: Session,
    /// Who is signed in.
    pub current: Option<Current>,
    /// The value of the browser's cookie.
    pub browser: String,
    /// The marks by which accounts know the browser.
    pub known: Option<String>,
    /// Whether that cookie must be set with the answer.
    pub new_browser: bool,
    /// The path and query of the request.
    pub path: String,
    /// The colours that the person chose.
    pub theme: app::Theme,
    /// The language that the person reads.
    pub language: app::Language,
    /// Whether the person has chosen it.
    pub language_chosen: bool,
    /// Whether only the head of the answer is asked for (RFC 9110 §9.3.2): nothing may come of
    /// that.
    pub head_only: bool,
    /// Whether the request is a form.
    pub posted: bool,
    /// The headers of the request.
    pub headers: HeaderMap,
    /// Where whoever turns out to be signed out comes back to, with what was typed.
    pub back: OnceLock<String>,
    /// The address that it comes from.
    pub address: IpAddr,
}

impl Visitor {
    /// To this address of ours, with the browser's cookie where it has none yet: what is tied to it
    /// must find it there again.
    pub fn goes_to(&self, location: &str) -> Response {
        let mut response = super::see_other(location);
        if self.gets_cookie()
            && let Ok(cookie) = HeaderValue::from_str(&super::page::browser_cookie(self))
        {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        response
    }

    /// Whether the browser's cookie is set with the answer. The form of another site comes without
    /// cookies: a browser that looks new then need not be, and its forms in other tabs are tied to
    /// the cookie that it has.
    pub fn gets_cookie(&self) -> bool {
        self.new_browser && !super::csrf::is_cross_site(self)
    }

    /// The signed-in person; else the answer that leads through sign-in and back here.
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
        // Two session cookies: one of them was planted by a neighbour, and there is no telling
        // which (RFC 6265bis §4.1.3).
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

/// The language of a page: what the person chose, else the best of what the browser accepts, else
/// the operator's choice.
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
    let failed = |error: tower_sessions::session::Error| provider::Error::Unavailable(error.to_string());
    let Some(person) = session.get::<Person>(session::PERSON).await.map_err(failed)? else { return Ok(None) };
    let Some(id) = session.id() else { return Ok(None) };
    let user = match site.provider.user(person.user_id).await {
        Ok(user) if !user.disabled => user,
        Ok(_) | Err(provider::Error::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let signed_in = SignedIn { user_id: user.id, auth_time: person.auth_time, session: session::key_hash(id) };
    Ok(Some(Current { user, signed_in }))
}

/// The value of a cookie; none when it was sent twice, since then one of them is somebody else's.
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
