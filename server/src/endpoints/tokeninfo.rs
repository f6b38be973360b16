//! `GET, POST /oauth2/tokeninfo` (row F1): whoever holds a token may ask what it is.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use oauth::{BearerError, Error as OAuth, ErrorCode, Params};

use crate::address::ClientAddress;
use crate::form;
use crate::respond;
use crate::state::Site;

/// The token in the query, or as a Bearer header.
pub async fn get(State(site): State<Site>, request: Request) -> Response {
    let (head, _) = request.into_parts();
    match Params::parse(head.uri.query().unwrap_or_default().as_bytes()) {
        Ok(params) => answer(&site, &head, &params).await,
        Err(error) => respond::protocol(&error.into()),
    }
}

/// The token in the body, in the query, or as a Bearer header.
pub async fn post(State(site): State<Site>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let params = match form::params(&head.headers, body).await {
        Ok(params) => params,
        Err(error) => return error.into_response(),
    };
    match super::revoke::merged(head.uri.query(), &params) {
        Ok(params) => answer(&site, &head, &params).await,
        Err(error) => respond::protocol(&error.into()),
    }
}

async fn answer(site: &Site, head: &Parts, params: &Params) -> Response {
    let token = match token(&head.headers, params) {
        Ok(token) => token,
        Err(error) => return respond::protocol(&error.into()),
    };
    match site.provider.tokeninfo(token, ClientAddress::of(head).0).await {
        Ok(info) => Json(info).into_response(),
        Err(error) => respond::protocol(&error),
    }
}

/// The token, by one way only (RFC 6750 §2). A missing one is a token that is not good: 400, as the contract has it.
fn token<'a>(headers: &'a HeaderMap, params: &'a Params) -> Result<&'a str, OAuth> {
    let bearer = oauth::bearer::bearer_token(super::authorization(headers));
    let bearer = bearer.map_err(|error: BearerError| {
        invalid("The Authorization header is malformed.").because(format!("{error:?}"))
    })?;
    match (bearer, params.get("access_token")?) {
        (Some(_), Some(_)) => Err(OAuth::invalid_request("The token was sent in more than one way.")),
        (Some(token), None) | (None, Some(token)) => Ok(token),
        (None, None) => Err(invalid("No token was sent: use the parameter access_token or a Bearer header.")),
    }
}

const fn invalid(description: &'static str) -> OAuth {
    OAuth::new(ErrorCode::InvalidToken, description)
}
