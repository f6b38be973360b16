//! `POST /oauth2/introspect` (RFC 7662)

use std::net::IpAddr;
use std::sync::Arc;

use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use oauth::{Credentials, Params};
use provider::Error;
use provider::introspect::Caller;

use crate::respond;
use crate::state::Site;

/// The JSON of the response.
///
/// # Errors
/// As [`provider::Provider::introspect`] has it, with the address of the page that explains it.
pub async fn answer(site: &Site, headers: &HeaderMap, params: &Params, from: IpAddr) -> Result<Bytes, Error> {
    match introspect(site, headers, params, from).await {
        Ok(answer) => Ok(Bytes::copy_from_slice(answer.as_bytes())),
        Err(error) => Err(site.provider.explain(error, super::authorization(headers), params)),
    }
}

/// 401 for callers without authorization (RFC 7662 §2.1), also for a valid token with insufficient
/// scope, whose challenge has the missing scope.
pub fn refused(error: &Error) -> Response {
    let mut response = respond::protocol(error);
    if response.status() == StatusCode::FORBIDDEN {
        *response.status_mut() = StatusCode::UNAUTHORIZED;
    }
    response
}

/// Authenticates the caller before the request is validated: unauthenticated callers get no other
/// error (RFC 7662 §2.1).
async fn introspect(site: &Site, headers: &HeaderMap, params: &Params, from: IpAddr) -> Result<Arc<str>, Error> {
    let authorization = super::authorization(headers);
    let token = params.get("token")?.unwrap_or_default();
    let answer = match oauth::bearer::bearer_token(authorization)? {
        Some(bearer) => site.provider.introspect(Caller::Bearer(bearer), token, from).await?,
        None => {
            let credentials = Credentials::parse(authorization, params)?;
            site.provider.introspect(Caller::Client(&credentials), token, from).await?
        }
    };
    params.required("token")?;
    Ok(answer)
}
