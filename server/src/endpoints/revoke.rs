//! `POST /oauth2/revoke`, in both forms: by the client (RFC 7009 §2.1), and by whoever holds the
//! token (row S5).

use axum::Json;
use axum::extract::{Extension, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use oauth::{Credentials, Error as OAuth, Params};
use provider::Error;
use serde_json::{Value, json};

use crate::address::ClientAddress;
use crate::form::Form;
use crate::respond;
use crate::state::Site;

/// Revokes a token.
pub async fn post(
    State(site): State<Site>,
    Extension(from): Extension<ClientAddress>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    Form(params): Form,
) -> Response {
    match revoke(&site, &headers, from, &params, query.as_deref()).await {
        Ok(answer) => Json(answer).into_response(),
        Err(error) => respond::protocol(&site.provider.explain(error, super::authorization(&headers), &params)),
    }
}

async fn revoke(
    site: &Site,
    headers: &HeaderMap,
    from: ClientAddress,
    params: &Params,
    query: Option<&str>,
) -> Result<Value, Error> {
    let held = merged(query, params)?;
    let Some(value) = held.get("access_token")? else {
        let credentials = Credentials::parse(super::authorization(headers), params)?;
        // The client is authenticated before the request is validated: an unauthenticated client
        // gets no other error.
        site.provider.revoke(&credentials, params.get("token")?.unwrap_or_default(), from.0).await?;
        params.required("token")?;
        return Ok(json!({ "success": true, "message": "The token is not valid any more." }));
    };
    if params.get("token")?.is_some() {
        return Err(OAuth::invalid_request("Send either token or access_token, not both.").into());
    }
    Ok(if site.provider.revoke_value(value).await? {
        json!({ "success": true, "message": "The access token and its refresh token are revoked." })
    } else {
        json!({ "success": false, "message": "The token is unknown or was revoked before." })
    })
}

/// The body's parameters, and `access_token` of the query, where rows F1 and S5 send it.
///
/// # Errors
/// `invalid_request` when the query cannot be read; a value in both places shows as a repeated
/// parameter.
pub fn merged(query: Option<&str>, params: &Params) -> Result<Params, OAuth> {
    let query = Params::parse(query.unwrap_or_default().as_bytes())?;
    let held = query.pairs().iter().filter(|(name, _)| name == "access_token");
    Ok(Params::from_pairs(held.chain(params.pairs()).map(|(name, value)| (name.clone(), value.clone()))))
}
