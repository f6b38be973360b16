//! Authentication request parameters: OpenID Connect Core §3.1.2.1.

use super::{ClaimsRequest, IdTokenHint, bounded};
use crate::{Error, Params};

/// The `display` parameter. The pages suit each value; unknown ones are ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Display {
    /// A whole page.
    Page,
    /// A small window.
    Popup,
    /// A touch screen.
    Touch,
    /// A feature phone.
    Wap,
}

impl Display {
    /// All of them, for `display_values_supported`.
    pub const ALL: [Self; 4] = [Self::Page, Self::Popup, Self::Touch, Self::Wap];

    /// The value of `display`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Popup => "popup",
            Self::Touch => "touch",
            Self::Wap => "wap",
        }
    }

    /// The reverse of [`Display::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|display| display.as_str() == text)
    }
}

/// The parameters of an authentication request that plain OAuth 2 does not have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthenticationRequest {
    /// `id_token_hint`, read by [`IdTokenHint::read`].
    pub id_token_hint: Option<String>,
    /// The `claims` parameter.
    pub claims: ClaimsRequest,
    /// `claims_locales`, preferred first.
    pub claims_locales: Vec<String>,
    /// `acr_values`, preferred first; voluntary.
    pub acr_values: Vec<String>,
    /// The `display` parameter.
    pub display: Option<Display>,
}

impl AuthenticationRequest {
    /// Reads the parameters.
    ///
    /// # Errors
    /// `invalid_request` for a repeated parameter, one of more than 2 KiB, and a `claims` that is
    /// not of its form.
    pub fn parse(params: &Params) -> Result<Self, Error> {
        let words = |name| -> Result<Vec<String>, Error> {
            Ok(bounded(params, name)?.unwrap_or_default().split_ascii_whitespace().map(str::to_owned).collect())
        };
        Ok(Self {
            id_token_hint: params.get("id_token_hint")?.map(str::to_owned),
            claims: params.get("claims")?.map_or(Ok(ClaimsRequest::default()), ClaimsRequest::parse)?,
            claims_locales: words("claims_locales")?,
            acr_values: words("acr_values")?,
            display: params.get("display")?.and_then(Display::parse),
        })
    }

    /// Whether the response may be about this user: only the one that `id_token_hint` or `claims`
    /// names (OpenID Connect Core §3.1.2.1, §5.5.1). Otherwise the person signs in anew; with
    /// `prompt=none` it is `login_required`.
    #[must_use]
    pub fn allows_subject(&self, hint: Option<&IdTokenHint>, subject: &str) -> bool {
        hint.is_none_or(|hint| hint.subject == subject) && self.claims.allows_subject(subject)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::fixture::query;

    fn parse(request: &str) -> Result<AuthenticationRequest, &'static str> {
        AuthenticationRequest::parse(&query(request)).map_err(|error| error.code.as_str())
    }

    #[test]
    fn the_parameters_are_read() {
        let request = parse(
            "id_token_hint=a.b.c&claims_locales=se+en&acr_values=1+2&display=popup&claims=%7B%22userinfo%22:%7B%22name%22:null%7D%7D",
        );
        let request = request.unwrap();
        assert_eq!((request.id_token_hint.as_deref(), request.display), (Some("a.b.c"), Some(Display::Popup)));
        assert_eq!(
            (request.claims_locales, request.acr_values),
            (vec!["se".into(), "en".into()], vec!["1".into(), "2".into()])
        );
        assert!(request.claims.userinfo().contains_key("name"));
        assert_eq!(parse("id_token_hint=&claims=&acr_values=&display=&scope=x"), Ok(AuthenticationRequest::default()));
        assert_eq!(parse("display=hologram").unwrap().display, None);
    }

    #[test]
    fn broken_and_endless_parameters_are_refused() {
        for request in ["claims=%7B", "claims=x", "display=page&display=page", "claims_locales=a&claims_locales=a"] {
            assert_eq!(parse(request), Err("invalid_request"), "{request}");
        }
        let long = |length: usize| parse(&format!("acr_values={}", "x".repeat(length))).is_ok();
        assert!(long(2048) && !long(2049));
    }

    #[test]
    fn the_answer_is_about_whom_the_client_named() {
        let open = parse("").unwrap();
        let named = parse("claims=%7B%22id_token%22:%7B%22sub%22:%7B%22value%22:%2242%22%7D%7D%7D").unwrap();
        let hint = IdTokenHint {
            subject: "42".into(),
            session: None,
            auth_time: crate::Timestamp::from_seconds(1),
            client_id: "printer".into(),
        };
        assert!(open.allows_subject(None, "7") && open.allows_subject(Some(&hint), "42"));
        assert!(!open.allows_subject(Some(&hint), "7") && !named.allows_subject(None, "7"));
        assert!(named.allows_subject(Some(&hint), "42"));
    }
}
