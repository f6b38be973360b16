//! Why a request for the resource is not served, and how that is said: to people by a page, to programs by
//! JSON and the challenge of RFC 6750 section 3.

use crate::{browser::prefers_html, html};
use axum::{
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

/// Why a request was not served.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Refusal {
    NoToken,
    BadToken,
    NoScope,
    /// The authorization server could not be asked. Nobody gets in on a guess.
    Unavailable,
}

impl Refusal {
    fn status(self) -> StatusCode {
        match self {
            Self::NoToken | Self::BadToken => StatusCode::UNAUTHORIZED,
            Self::NoScope => StatusCode::FORBIDDEN,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The challenge of RFC 6750 section 3: without a token in the request it names no error.
    fn challenge(self) -> Option<String> {
        let error = match self {
            Self::Unavailable => return None,
            Self::NoToken => String::new(),
            Self::BadToken => format!(r#", error="invalid_token", error_description="{}""#, self.text()),
            Self::NoScope => {
                format!(r#", error="insufficient_scope", error_description="{}", scope="write""#, self.text())
            }
        };
        Some(format!(r#"Bearer realm="example-api"{error}"#))
    }

    fn error(self) -> &'static str {
        match self {
            Self::NoToken | Self::BadToken => "invalid_token",
            Self::NoScope => "insufficient_scope",
            Self::Unavailable => "temporarily_unavailable",
        }
    }

    fn text(self) -> &'static str {
        match self {
            Self::NoToken => "This needs an access token",
            Self::BadToken => "The access token is expired, revoked or unknown",
            Self::NoScope => "The access token lacks the scope write",
            Self::Unavailable => "The authorization server cannot be asked now",
        }
    }

    /// A page for people, JSON for programs.
    pub fn answer(self, headers: &HeaderMap) -> Response {
        let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
        let mut answer = if prefers_html(accept) {
            html::error_page(self.text(), self.error()).into_response()
        } else {
            object(&json!({ "error": self.error(), "error_description": self.text() }))
        };
        *answer.status_mut() = self.status();
        if let Some(challenge) = self.challenge().and_then(|text| text.parse().ok()) {
            answer.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
        }
        answer
    }
}

/// A JSON answer that no cache keeps.
pub fn object(value: &Value) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (headers, value.to_string()).into_response()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn only_a_token_that_was_sent_gets_an_error_in_the_challenge() {
        assert_eq!(Refusal::NoToken.challenge().unwrap(), r#"Bearer realm="example-api""#);
        assert!(Refusal::BadToken.challenge().unwrap().contains(r#"error="invalid_token""#));
        assert!(Refusal::NoScope.challenge().unwrap().contains(r#"scope="write""#));
        assert_eq!(Refusal::Unavailable.challenge(), None);
    }
}
