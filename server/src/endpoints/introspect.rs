//! `POST /oauth2/introspect` (RFC 7662)

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use oauth::{Credentials, Params};
use provider::Error;
use provider::introspect::Caller;

use crate::address::ClientAddress;
use crate::form;
use crate::respond;
use crate::state::Site;

/// Tells an authorized caller about a token. The request is taken as a whole: a copy of its headers would cost as much as the
/// check.
pub async fn post(State(site): State<Site>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let params = match form::params(&head.headers, body).await {
        Ok(params) => params,
        Err(error) => return error.into_response(),
    };
    match introspect(&site, &head.headers, &params, ClientAddress::of(&head)).await {
        Ok(answer) => json(&answer),
        Err(error) => refused(&site.provider.explain(error, super::authorization(&head.headers), &params)),
    }
}

/// With room for every header that is still to come.
fn json(answer: &str) -> Response {
    let mut response = Response::new(Body::from(answer.to_owned()));
    let headers = response.headers_mut();
    headers.reserve(16);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// Whoever may not ask gets 401 (RFC 7662 §2.1), also with a token that is good but has another scope; the challenge names
/// the one that is missing.
fn refused(error: &Error) -> Response {
    let mut response = respond::protocol(error);
    if response.status() == StatusCode::FORBIDDEN {
        *response.status_mut() = StatusCode::UNAUTHORIZED;
    }
    response
}

/// Authentication comes first: a stranger learns nothing, not even what is wrong with the request (§2.1).
async fn introspect(
    site: &Site,
    headers: &HeaderMap,
    params: &Params,
    address: ClientAddress,
) -> Result<Arc<str>, Error> {
    let authorization = super::authorization(headers);
    let token = params.get("token")?.unwrap_or_default();
    let answer = match oauth::bearer::bearer_token(authorization)? {
        Some(bearer) => site.provider.introspect(Caller::Bearer(bearer), token, address.0).await?,
        None => {
            let credentials = Credentials::parse(authorization, params)?;
            site.provider.introspect(Caller::Client(&credentials), token, address.0).await?
        }
    };
    params.required("token")?;
    Ok(answer)
}
