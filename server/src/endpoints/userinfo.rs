//! `GET, POST /oauth2/userinfo` (OpenID Connect Core §5.3).

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Uri, header};
use axum::response::{IntoResponse, Response};
use oauth::{BearerError, Params};
use provider::Error;
use provider::dpop::DpopRequest;
use provider::userinfo::{Presented, UserInfo};

use super::dpop;
use crate::form::Form;
use crate::respond::resource;
use crate::state::Site;

/// The token as a Bearer or DPoP header.
pub async fn get(State(site): State<Site>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let dpop_request = dpop::of(&headers, &method, &uri);
    let response = answer(&site, uri.query(), &headers, &Params::default(), &dpop_request).await;
    dpop::with_nonce(response, &site, &dpop_request)
}

/// The token as a Bearer or DPoP header, or in the body.
pub async fn post(
    State(site): State<Site>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    Form(params): Form,
) -> Response {
    let dpop_request = dpop::of(&headers, &method, &uri);
    let response = answer(&site, uri.query(), &headers, &params, &dpop_request).await;
    dpop::with_nonce(response, &site, &dpop_request)
}

async fn answer(
    site: &Site,
    query: Option<&str>,
    headers: &HeaderMap,
    body: &Params,
    dpop_request: &DpopRequest<'_>,
) -> Response {
    let by_key = super::authorization(headers).is_some_and(oauth::bearer::is_dpop);
    let presented = match token(query, headers, body) {
        Ok(presented) => presented,
        Err(error) => return resource::refused(&Error::from(error), by_key),
    };
    match site.provider.userinfo(presented, dpop_request).await {
        Ok(UserInfo::Plain(claims)) => Json(claims).into_response(),
        Ok(UserInfo::Signed(token)) => ([(header::CONTENT_TYPE, "application/jwt")], token).into_response(),
        Err(error) => resource::refused(&error, by_key),
    }
}

/// The token, by one method only (RFC 6750 §2). One in the query is refused, since URIs are logged
/// (RFC 6750 §2.3).
fn token<'a>(query: Option<&str>, headers: &'a HeaderMap, body: &'a Params) -> Result<Presented<'a>, BearerError> {
    let malformed = |_| BearerError::InvalidRequest("The request cannot be read");
    let query = Params::parse(query.unwrap_or_default().as_bytes()).map_err(malformed)?;
    if query.all("access_token").next().is_some() {
        return Err(BearerError::InvalidRequest("The token must not stand in the address"));
    }
    let mut sent = headers.get_all(header::AUTHORIZATION).iter();
    if sent.next().and(sent.next()).is_some() {
        return Err(BearerError::InvalidRequest("The token was sent in more than one way"));
    }
    let authorization = super::authorization(headers);
    let bearer = oauth::bearer::bearer_token(authorization)?.map(Presented::Bearer);
    let bound = oauth::bearer::dpop_token(authorization)?.map(Presented::Dpop);
    let posted = body.get("access_token").map_err(|_| BearerError::InvalidRequest("The token was sent twice"))?;
    match (bearer.or(bound), posted.map(Presented::Bearer)) {
        (Some(_), Some(_)) => Err(BearerError::InvalidRequest("The token was sent in more than one way")),
        (Some(token), None) | (None, Some(token)) => Ok(token),
        (None, None) => Err(BearerError::Missing),
    }
}
