//! `GET, POST /oauth2/tokeninfo` (row F1): describes the token that is sent, to whoever holds it.

use std::net::IpAddr;

use axum::body::Bytes;
use axum::http::HeaderMap;
use oauth::{BearerError, Error as OAuth, ErrorCode, Params};
use provider::Error;

use crate::state::Site;

/// The JSON about the token.
///
/// # Errors
/// Those of [`provider::Provider::tokeninfo`]; a Bearer challenge (RFC 6750 §3) for a token in the
/// header alone and for no token; `invalid_request` for two tokens.
pub async fn answer(site: &Site, headers: &HeaderMap, params: &Params, from: IpAddr) -> Result<Bytes, Error> {
    let presented = presented(headers, params)?;
    let info = site.provider.tokeninfo(presented.token, from).await;
    let info = info.map_err(|error| presented.refused(error))?;
    let json = serde_json::to_vec(&info).map_err(|error| Error::Internal(format!("tokeninfo: {error}")))?;
    Ok(json.into())
}

/// A token, and how it came.
struct Presented<'a> {
    token: &'a str,
    by_header_alone: bool,
}

impl Presented<'_> {
    /// 401 with a challenge: nginx's `auth_request` takes every status but 401 and 403 for an error
    /// of the server.
    fn refused(&self, error: Error) -> Error {
        match error {
            Error::OAuth(wrong) if self.by_header_alone && wrong.code == ErrorCode::InvalidToken => {
                BearerError::InvalidToken.into()
            }
            other => other,
        }
    }
}

/// The token. RFC 6750 §2 allows one method only; the same token in header and parameter is
/// accepted, since Dovecot sends both.
fn presented<'a>(headers: &'a HeaderMap, params: &'a Params) -> Result<Presented<'a>, Error> {
    let bearer = oauth::bearer::bearer_token(super::authorization(headers));
    // An empty parameter counts as sent by parameter.
    let sent = params.get("access_token")?.or_else(|| params.last("access_token"));
    match (bearer, sent) {
        (Ok(Some(one)), Some(other)) if one != other => {
            Err(OAuth::invalid_request("Two different tokens were sent.").into())
        }
        (Ok(_), Some(token)) => Ok(Presented { token, by_header_alone: false }),
        (Ok(Some(token)), None) => Ok(Presented { token, by_header_alone: true }),
        (Ok(None), None) => Err(BearerError::Missing.into()),
        // A malformed token is an invalid one.
        (Err(_), None) => Err(BearerError::InvalidToken.into()),
        (Err(error), Some(_)) => {
            let invalid = OAuth::new(ErrorCode::InvalidToken, "The Authorization header is malformed.");
            Err(invalid.because(format!("{error:?}")).into())
        }
    }
}
