//! `POST /oauth2/introspect` (RFC 7662)

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use oauth::{Credentials, Introspection, Params};
use provider::Error;
use provider::introspect::Caller;

use crate::address::ClientAddress;
use crate::form::Form;
use crate::respond;
use crate::state::Site;

/// Tells an authorized caller about a token.
pub async fn post(
    State(site): State<Site>,
    Extension(address): Extension<ClientAddress>,
    headers: HeaderMap,
    Form(params): Form,
) -> Response {
    match introspect(&site, &headers, &params, address).await {
        Ok(answer) => Json(answer).into_response(),
        Err(error) => refused(&site.provider.explain(error, super::authorization(&headers), &params)),
    }
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
) -> Result<Introspection, Error> {
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
