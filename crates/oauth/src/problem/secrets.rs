//! Redaction of the secrets of one request, wherever they occur in a text.

use super::redact::{
    MIN_LENGTH, PRIVATE, REDACTED, SECRET, is_secret_name, redact_recognizable, redact_userinfo, truncate,
};
use crate::Params;
use crate::redirect_uri::is_response_parameter;

/// An untrusted text as [`super::redacted`] leaves it, also without the secrets of the request it
/// came with.
#[must_use]
pub fn redacted_for(text: &str, params: &Params, client_secret: Option<&str>) -> String {
    truncate(&Secrets::of(params, client_secret).redact(text, false))
}

/// The secrets of one request.
pub(super) struct Secrets<'a> {
    secret: Vec<&'a str>,
    private: Vec<&'a str>,
}

impl<'a> Secrets<'a> {
    pub(super) fn of(params: &'a Params, client_secret: Option<&'a str>) -> Self {
        let values = |names: &'static [&str]| {
            names.iter().flat_map(|name| params.all(name)).filter(|value| value.len() >= MIN_LENGTH)
        };
        let client_secret = client_secret.filter(|secret| secret.len() >= MIN_LENGTH);
        Self { secret: values(&SECRET).chain(client_secret).collect(), private: values(&PRIVATE).collect() }
    }

    /// Redacts a text; in a redirect URI also response parameters.
    pub(super) fn redact(&self, text: &str, address: bool) -> String {
        let text = self.secret.iter().fold(redact_recognizable(text), |text, secret| text.replace(secret, REDACTED));
        match (address, text.split_once('?')) {
            (true, Some((base, query))) => redact_fragment(&format!("{}?{}", redact_userinfo(base), self.query(query))),
            (true, None) => redact_fragment(&redact_userinfo(&text)),
            (false, _) => self.without_private(&text),
        }
    }

    fn query(&self, query: &str) -> String {
        let pieces = query.split('&').map(|piece| match piece.split_once('=') {
            Some((name, _)) if is_secret_name(name) || is_response_parameter(piece) => format!("{name}={REDACTED}"),
            _ => piece.to_owned(),
        });
        self.without_private(&pieces.collect::<Vec<_>>().join("&"))
    }

    fn without_private(&self, text: &str) -> String {
        self.private.iter().fold(text.to_owned(), |text, private| text.replace(private, REDACTED))
    }
}

/// The fragment, which may contain a token.
fn redact_fragment(text: &str) -> String {
    text.split_once('#').map_or_else(|| text.to_owned(), |(before, _)| format!("{before}#{REDACTED}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::query;

    #[test]
    fn secrets_of_the_request_are_covered_wherever_they_stand() {
        let params = query("code=hunter2hunter2&state=statestate&scope=x");
        let secrets = Secrets::of(&params, Some("top-secret"));
        for text in
            ["read hunter2hunter2", "a top-secret b", "statestate", "jtn_at_0123456789abc", "eyJhbGciOi.eyJzdWIi.x"]
        {
            let redacted = secrets.redact(text, false);
            assert!(redacted.contains(REDACTED), "{text}");
            for secret in ["hunter2", "top-secret", "statestate", "0123456789", "hbGci"] {
                assert!(!redacted.contains(secret), "{redacted}");
            }
        }
        assert_eq!(secrets.redact("read write jtn_x", false), "read write jtn_x");
        assert_eq!(redacted_for("a hunter2hunter2", &query("password=hunter2hunter2"), None), "a …");
    }

    #[test]
    fn an_address_keeps_what_it_is_compared_by_and_loses_the_rest() {
        let params = query("state=https://a.example/&nonce=n-0S6_WzA2Mj");
        let secrets = Secrets::of(&params, None);
        let cases = [
            ("https://a.example/cb", "https://a.example/cb"),
            ("https://a.example/cb?tenant=5", "https://a.example/cb?tenant=5"),
            ("https://a.example/cb?code=abc&tenant=5", "https://a.example/cb?code=…&tenant=5"),
            ("https://a.example/cb?c%6Fde=abc", "https://a.example/cb?c%6Fde=…"),
            ("https://a.example/cb?Password=abc&x=n-0S6_WzA2Mj", "https://a.example/cb?Password=…&x=…"),
            ("https://a.example/cb#access_token=abc", "https://a.example/cb#…"),
            ("https://me:secret@a.example/cb", "https://…@a.example/cb"),
            ("com.example.app:/cb", "com.example.app:/cb"),
        ];
        for (sent, kept) in cases {
            assert_eq!(secrets.redact(sent, true), kept);
        }
    }
}
