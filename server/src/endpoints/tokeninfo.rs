//! `GET, POST /oauth2/tokeninfo` (row F1): whoever holds a token may ask what it is.

use std::net::IpAddr;

use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::response::Response;
use oauth::{BearerError, Error as OAuth, ErrorCode, Params};
use provider::Error;

use super::check::Check;
use crate::state::Site;

/// The token in the query, or as a Bearer header.
pub async fn get(State(site): State<Site>, request: Request) -> Response {
    Check::TokenInfo.routed(&site, request).await
}

/// The token in the body, in the query, or as a Bearer header.
pub async fn post(State(site): State<Site>, request: Request) -> Response {
    Check::TokenInfo.routed(&site, request).await
}

/// The JSON about the token.
///
/// # Errors
/// As [`provider::Provider::tokeninfo`] has it; `invalid_request` for a token that was sent in more than one way.
pub async fn answer(site: &Site, headers: &HeaderMap, params: &Params, from: IpAddr) -> Result<Bytes, Error> {
    let info = site.provider.tokeninfo(token(headers, params)?, from).await?;
    let json = serde_json::to_vec(&info).map_err(|error| Error::Internal(format!("tokeninfo: {error}")))?;
    Ok(json.into())
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
