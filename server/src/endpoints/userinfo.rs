//! `GET, POST /oauth2/userinfo` (OpenID Connect Core §5.3).

use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use oauth::{BearerError, Params};
use provider::Error;

use crate::form::Form;
use crate::respond;
use crate::state::Site;

/// The token as a Bearer header.
pub async fn get(State(site): State<Site>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    answer(&site, query.as_deref(), &headers, &Params::default()).await
}

/// The token as a Bearer header, or in the body.
pub async fn post(
    State(site): State<Site>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    Form(params): Form,
) -> Response {
    answer(&site, query.as_deref(), &headers, &params).await
}

async fn answer(site: &Site, query: Option<&str>, headers: &HeaderMap, body: &Params) -> Response {
    let token = match token(query, headers, body) {
        Ok(token) => token,
        Err(error) => return respond::protocol(&Error::from(error)),
    };
    match site.provider.userinfo(token).await {
        Ok(claims) => Json(claims).into_response(),
        Err(error) => respond::protocol(&error),
    }
}

/// The token, by one way only (RFC 6750 §2). One in the query is refused: addresses are written down everywhere (§2.3).
fn token<'a>(query: Option<&str>, headers: &'a HeaderMap, body: &'a Params) -> Result<&'a str, BearerError> {
    let malformed = |_| BearerError::InvalidRequest("The request cannot be read");
    let query = Params::parse(query.unwrap_or_default().as_bytes()).map_err(malformed)?;
    if query.all("access_token").next().is_some() {
        return Err(BearerError::InvalidRequest("The token must not stand in the address"));
    }
    let bearer = oauth::bearer::bearer_token(super::authorization(headers))?;
    let posted = body.get("access_token").map_err(|_| BearerError::InvalidRequest("The token was sent twice"))?;
    match (bearer, posted) {
        (Some(_), Some(_)) => Err(BearerError::InvalidRequest("The token was sent in more than one way")),
        (Some(token), None) | (None, Some(token)) => Ok(token),
        (None, None) => Err(BearerError::Missing),
    }
}
