//! The resource server: `/resource_1` is open to read and guarded to write (RFC 6750).

use crate::{
    State,
    authority::{Authority, Introspection},
    browser::cookie_token,
    refusal::{Refusal, object},
};
use axum::{
    extract,
    http::{HeaderMap, header},
    response::Response,
};
use serde_json::{Value, json};

/// The token of the `Authorization` header. Another scheme than Bearer is no token.
fn bearer(headers: &HeaderMap) -> Result<Option<&str>, Refusal> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let Some(value) = values.next() else {
        return Ok(None);
    };
    let value = value.to_str().map_err(|_| Refusal::BadToken)?;
    let (scheme, token) = value.split_once(' ').unwrap_or((value, ""));
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Ok(None);
    }
    let known = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
    let good = !token.is_empty() && token.len() <= 1000 && token.bytes().all(known);
    let alone = values.next().is_none();
    if good && alone { Ok(Some(token)) } else { Err(Refusal::BadToken) }
}

/// Whether an introspected token opens what needs `scope`.
fn decide(token: Introspection, scope: &str) -> Result<Introspection, Refusal> {
    match (token.active, token.allows(scope)) {
        (false, _) => Err(Refusal::BadToken),
        (true, false) => Err(Refusal::NoScope),
        (true, true) => Ok(token),
    }
}

async fn admit(authority: &Authority, headers: &HeaderMap) -> Result<Introspection, Refusal> {
    let token = match bearer(headers)? {
        Some(token) => token,
        None => cookie_token(headers).ok_or(Refusal::NoToken)?,
    };
    let token = authority.introspect(token).await.map_err(|_| Refusal::Unavailable)?;
    decide(token, "write")
}

/// What everyone may read.
pub fn open_resource() -> Value {
    json!({ "resource": 1, "text": "Everyone may read this. Writing needs an access token." })
}

/// `GET /resource_1`
pub async fn read() -> Response {
    object(&open_resource())
}

/// `POST /resource_1`
pub async fn write(extract::State(state): State, headers: HeaderMap) -> Response {
    match admit(&state.authority, &headers).await {
        Ok(token) => object(&json!({
            "resource": 1,
            "text": "Written.",
            "username": token.username,
            "scope": token.scopes().collect::<Vec<_>>(),
        })),
        Err(refusal) => refusal.answer(&headers),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn authorization(values: &[&str]) -> HeaderMap {
        values.iter().map(|value| (header::AUTHORIZATION, value.parse().unwrap())).collect()
    }

    #[test]
    fn a_bearer_token_is_read_whatever_the_case_of_its_scheme() {
        for value in ["Bearer abc", "bearer abc", "BEARER abc"] {
            assert_eq!(bearer(&authorization(&[value])), Ok(Some("abc")));
        }
    }

    #[test]
    fn no_token_and_a_bad_token_are_two_things() {
        for none in [&[][..], &["Basic abc"], &["Bearerabc"], &[""]] {
            assert_eq!(bearer(&authorization(none)), Ok(None), "{none:?}");
        }
        let long = format!("Bearer {}", "a".repeat(1001));
        for bad in
            [&["Bearer"][..], &["Bearer "], &["Bearer a b"], &["Bearer a\"b"], &[&long], &["Bearer a", "Bearer b"]]
        {
            assert_eq!(bearer(&authorization(bad)), Err(Refusal::BadToken), "{bad:?}");
        }
    }

    #[test]
    fn a_token_opens_what_its_scope_names() {
        let token = |json: &str| serde_json::from_str::<Introspection>(json).unwrap();
        let good = token(r#"{"active":true,"scope":"read write","username":"ada"}"#);
        assert_eq!(decide(good, "write").unwrap().username.as_deref(), Some("ada"));
        let narrow = token(r#"{"active":true,"scope":"read rewrite"}"#);
        assert_eq!(decide(narrow, "write").err(), Some(Refusal::NoScope));
        let dead = token(r#"{"active":false,"scope":"write"}"#);
        assert_eq!(decide(dead, "write").err(), Some(Refusal::BadToken));
    }
}
