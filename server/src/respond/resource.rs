//! Refusals of a protected resource that takes tokens of both kinds (RFC 6750 §3, RFC 9449 §7.1).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use oauth::{BearerError, ErrorCode, dpop};
use provider::Error;

use super::protocol::{REALM, json, log, protocol};

/// The refusal. The challenge of the scheme that was used comes first, with the error; the other
/// scheme's follows.
#[must_use]
pub fn refused(error: &Error, by_key: bool) -> Response {
    match error {
        Error::OAuth(wrong) if matches!(wrong.code, ErrorCode::InvalidDpopProof | ErrorCode::UseDpopNonce) => {
            log(error);
            let response = json(StatusCode::UNAUTHORIZED, wrong.code.as_str(), wrong.description);
            challenged(response, [&dpop::challenge(Some((wrong.code.as_str(), wrong.description)))])
        }
        Error::Bearer(wrong) => {
            let other = BearerError::Missing.www_authenticate(REALM);
            let challenges = match by_key {
                true => [dpop::challenge(wrong.code_and_description()), other],
                false => [wrong.www_authenticate(REALM), dpop::challenge(None)],
            };
            challenged(protocol(error), challenges.each_ref())
        }
        _ => protocol(error),
    }
}

fn challenged<const N: usize>(mut response: Response, challenges: [&String; N]) -> Response {
    response.headers_mut().remove(header::WWW_AUTHENTICATE);
    for challenge in challenges {
        if let Ok(challenge) = HeaderValue::from_str(challenge) {
            response.headers_mut().append(header::WWW_AUTHENTICATE, challenge);
        }
    }
    response
}
