//! Diagnostics for the owner of a client: the page behind `error_uri` (RFC 6749 §4.1.2.1 and §5.2)
//! names the one fault of a request. Values, not texts: pages translate them.

mod compare;
mod fault;
mod finding;
mod id;
mod redact;
mod secrets;

pub use compare::{Difference, nearest};
pub use fault::Fault;
pub use finding::Finding;
pub use id::ProblemId;
pub use redact::redacted;
pub use secrets::redacted_for;

use self::redact::truncate;
use self::secrets::Secrets;
use crate::{Client, Params, redirect_uri};

impl Finding {
    /// Redacts it for storage: at most 512 characters, without secrets of this request. Redacted or
    /// truncated text contains `…`, so it is never a valid redirect URI.
    #[must_use]
    pub fn redact(mut self, params: &Params, client_secret: Option<&str>) -> Self {
        let secrets = Secrets::of(params, client_secret);
        let address = self.parameter == "redirect_uri";
        self.sent = self.sent.map(|text| truncate(&secrets.redact(&text, address)));
        self.expected = self.expected.map(|text| truncate(&secrets.redact(&text, address)));
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

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::fixture::{client, query};

    fn not_registered(uri: &str) -> Finding {
        Finding::new(Fault::NotRegistered, "redirect_uri").sent(uri)
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
