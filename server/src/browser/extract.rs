//! The extractor of page requests: the browser, by its cookies, the signed-in user, and the
//! language of the page.

use std::sync::OnceLock;

use axum::extract::{FromRef, FromRequestParts};
use axum::http::Method;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use provider::signed_in::SignedIn;
use tower_sessions::Session;

use super::cookies::{BROWSER, KNOWN, THEME, cookie};
use super::language::{chosen, language};
use super::visitor::{Current, Visitor};
use crate::address::ClientAddress;
use crate::respond;
use crate::session::{self, Person};
use crate::state::Site;

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

fn is_browser(value: &str) -> bool {
    value.len() == 32 && value.bytes().all(|byte| byte.is_ascii_hexdigit())
}
