//! Diagnostics for the owner of a client: the page behind `error_uri` (RFC 6749 §4.1.2.1 and §5.2)
//! names the one fault of a request. Values, not texts: pages translate them.

mod compare;
mod fault;
mod redact;

pub use compare::{Difference, nearest};
pub use fault::Fault;
pub use redact::{redacted, redacted_for};

use crate::{Client, ErrorCode, Params, redirect_uri};
use serde::{Deserialize, Serialize};

/// The fault of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The kind of fault.
    pub fault: Fault,
    /// The parameter; `Authorization` for the header.
    pub parameter: String,
    /// The received value, redacted, where it helps. For a scope: the wrong tokens.
    pub sent: Option<String>,
    /// The expected value, if there is exactly one.
    pub expected: Option<String>,
    /// The age of the code or token in seconds, if that is the fault.
    pub age: Option<i64>,
    /// The allowed age, in seconds.
    pub lifetime: Option<i64>,
}

impl Finding {
    /// A fault of a parameter.
    #[must_use]
    pub fn new(fault: Fault, parameter: &str) -> Self {
        Self { fault, parameter: parameter.to_owned(), sent: None, expected: None, age: None, lifetime: None }
    }

    /// With the received value, redacted.
    #[must_use]
    pub fn sent(mut self, sent: impl AsRef<str>) -> Self {
        self.sent = Some(redacted(sent.as_ref()));
        self
    }

    /// With the expected value.
    #[must_use]
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// With age and allowed age, in seconds.
    #[must_use]
    pub fn aged(mut self, age: i64, lifetime: i64) -> Self {
        (self.age, self.lifetime) = (Some(age), Some(lifetime));
        self
    }

    /// Redacts it for storage: at most 512 characters, without secrets of this request. Redacted or
    /// truncated text contains `…`, so it is never a valid redirect URI.
    #[must_use]
    pub fn redact(mut self, params: &Params, client_secret: Option<&str>) -> Self {
        let secrets = redact::Secrets::of(params, client_secret);
        let address = self.parameter == "redirect_uri";
        self.sent = self.sent.map(|text| redact::truncate(&secrets.redact(&text, address)));
        self.expected = self.expected.map(|text| redact::truncate(&secrets.redact(&text, address)));
        self
    }

    /// The first difference between the received redirect URI and the nearest expected one.
    #[must_use]
    pub fn difference(&self, client: &Client) -> Option<Difference> {
        let sent = self.sent.as_deref()?;
        match (self.fault, &self.expected) {
            (Fault::NotRegistered, _) => nearest(sent, &client.redirect_uris),
            (Fault::Differs, Some(expected)) => nearest(sent, std::slice::from_ref(expected)),
            _ => None,
        }
    }

    /// The redirect URI that the owner may add by a button: loopback, or on a host that is
    /// registered already. Anybody can make the owner's browser send a request with a foreign
    /// redirect URI and wait for the button, so other hosts have to be typed.
    #[must_use]
    pub fn addable_redirect_uri(&self, client: &Client) -> Option<&str> {
        let uri = self.sent.as_deref().filter(|_| self.fault == Fault::NotRegistered)?;
        let host = redirect_uri::web_host(uri);
        let same =
            |known: &str| redirect_uri::web_host(known).zip(host).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b));
        let known_host = client.redirect_uris.iter().any(|known| same(known));
        let trusted = known_host || redirect_uri::is_loopback(uri);
        let new = !client.redirect_uris.iter().any(|known| redirect_uri::matches(known, uri));
        (trusted && new && redirect_uri::check(uri).is_ok()).then_some(uri)
    }
}

/// Length of the random part of a problem id: 130 bits.
const DIGITS: usize = 26;

/// The problem id in the URL of an error page. It contains the error code, so that readers without
/// access get the same page whether the problem exists or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProblemId {
    /// The error code.
    pub code: ErrorCode,
    /// Whether it identifies a problem, not only an error code.
    pub single: bool,
}

impl ProblemId {
    /// The id of a problem: 26 base-32 digits of this MAC.
    #[must_use]
    pub fn write(code: ErrorCode, mac: &[u8; 32]) -> String {
        const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
        let digits = mac.iter().take(DIGITS).map(|byte| char::from(ALPHABET[usize::from(byte & 31)]));
        format!("{code}-{}", digits.collect::<String>())
    }

    /// Parses an error code, or one with 26 digits. `None`: there is no such page.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, digits) = text.split_once('-').map_or((text, None), |(kind, digits)| (kind, Some(digits)));
        let good = |digits: &str| {
            digits.len() == DIGITS && digits.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        let code = ErrorCode::parse(kind).filter(|_| digits.is_none_or(good))?;
        Some(Self { code, single: digits.is_some() })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::fixture::{client, query};

    fn not_registered(uri: &str) -> Finding {
        Finding::new(Fault::NotRegistered, "redirect_uri").sent(uri)
    }

    #[test]
    fn an_id_carries_its_kind_and_is_read_back() {
        let id = ProblemId::write(ErrorCode::InvalidGrant, &[255; 32]);
        assert_eq!(id, format!("invalid_grant-{}", "z".repeat(26)));
        assert_eq!(ProblemId::parse(&id), Some(ProblemId { code: ErrorCode::InvalidGrant, single: true }));
        let kind = ProblemId::parse("invalid_client").unwrap();
        assert_eq!((kind.code, kind.single), (ErrorCode::InvalidClient, false));
        for bad in
            ["", "nonsense", "invalid_grant-", "invalid_grant-x", &id[..39], &format!("{id}0"), &id.to_uppercase()]
        {
            assert_eq!(ProblemId::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_id_is_what_rfc_6749_lets_stand_in_error_uri() {
        let mac: Vec<u8> = (0..32).collect();
        let id = ProblemId::write(ErrorCode::InvalidScope, &mac.try_into().unwrap());
        assert!(id.bytes().all(|byte| matches!(byte, 0x21 | 0x23..=0x5B | 0x5D..=0x7E)));
    }

    #[test]
    fn only_an_address_on_a_host_of_the_clients_own_can_be_added() {
        let printer = client(&["https://printer.example/callback", "com.example.printer:/callback"]);
        let cases = [
            ("https://printer.example/cb", true),
            ("https://PRINTER.example:8443/cb", true),
            ("http://127.0.0.1:9000/cb", true),
            ("http://localhost/cb", true),
            ("https://evil.example/cb", false),
            ("https://www.printer.example/cb", false),
            ("https://printer.example.evil.example/cb", false),
            ("https://printer.example@evil.example/cb", false),
            ("https://evil.example/https://printer.example/", false),
            ("com.example.printer:/other", false),
            ("http://127.0.0.1@evil.example/", false),
            ("http://127.0.0.1.evil.example/", false),
            ("http://printer.example/cb", false),
            ("https://printer.example/cb?code=…", false),
            ("https://printer.example/callback", false),
        ];
        for (uri, addable) in cases {
            assert_eq!(not_registered(uri).addable_redirect_uri(&printer).is_some(), addable, "{uri}");
        }
        let other = Finding::new(Fault::Differs, "redirect_uri").sent("https://printer.example/cb");
        assert_eq!(other.addable_redirect_uri(&printer), None);
    }

    #[test]
    fn an_address_is_compared_with_the_nearest_registered_one() {
        let printer = client(&["https://scanner.example/", "https://printer.example/callback"]);
        let found = not_registered("https://printer.example/cb").difference(&printer).unwrap();
        assert_eq!((found.nearest.as_str(), found.at), ("https://printer.example/callback", 25));
        let differs = Finding::new(Fault::Differs, "redirect_uri").sent("https://b/").expected("https://a/");
        assert_eq!(differs.difference(&printer).map(|found| found.at), Some(8));
        assert_eq!(Finding::new(Fault::Missing, "redirect_uri").difference(&printer), None);
    }

    #[test]
    fn what_is_kept_is_bounded_and_can_then_not_be_added() {
        let long = format!("https://printer.example/{}", "é".repeat(600));
        let kept = not_registered(&long).redact(&query(""), None);
        assert_eq!(kept.sent.as_ref().map(|text| text.chars().count()), Some(512));
        let addable = |length| {
            let long = format!("https://printer.example/{}", "x".repeat(length));
            not_registered(&long)
                .redact(&query(""), None)
                .addable_redirect_uri(&client(&["https://printer.example/"]))
                .is_some()
        };
        assert!(addable(400) && !addable(600));
    }
}
