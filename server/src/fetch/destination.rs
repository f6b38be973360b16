//! Where a fetch goes: an https address, taken apart.

use provider::fetch::FetchError;
use url::{Host, Url};

use super::address::is_public;

/// An https address to which nothing speaks so far.
#[derive(Debug)]
pub struct Destination {
    /// As it was registered, for the log; a query may hold a secret and is left out.
    shown: String,
    /// Where to go, in the one spelling of the URL Standard.
    pub url: Url,
    /// The operator listed this host and port: it may be anywhere.
    pub is_listed: bool,
}

impl Destination {
    /// Takes an address apart. Other spellings of IP addresses (octal, decimal, hexadecimal) are IP addresses (WHATWG URL).
    ///
    /// # Errors
    /// `Refused`: not https, with a user's name, or an IP address that is neither public nor on the operator's list.
    pub fn of(text: &str, allow: &[(String, u16)]) -> Result<Self, FetchError> {
        Self::parse(text, allow).ok_or_else(|| FetchError::Refused(shown(text)))
    }

    fn parse(text: &str, allow: &[(String, u16)]) -> Option<Self> {
        let url = Url::parse(text).ok()?;
        let is_plain = url.scheme() == "https" && url.username().is_empty() && url.password().is_none();
        let (host, port) = (url.host()?, url.port_or_known_default()?);
        let is_listed = allow.contains(&(host.to_string(), port));
        let is_open = match host {
            // A second spelling of every name, which some resolvers know and certificates do not.
            Host::Domain(name) => !name.is_empty() && !name.ends_with('.'),
            Host::Ipv4(address) => is_listed || is_public(address.into()),
            Host::Ipv6(address) => is_listed || is_public(address.into()),
        };
        (is_plain && is_open).then(|| Self { shown: shown(text), url, is_listed })
    }

    /// That this may not be fetched.
    pub fn refused(&self) -> FetchError {
        FetchError::Refused(self.shown.clone())
    }

    /// The error with the address where it happened.
    pub fn name_in(&self, error: FetchError) -> FetchError {
        match error {
            FetchError::Failed(why) => FetchError::Failed(format!("{}: {why}", self.shown)),
            refused @ FetchError::Refused(_) => refused,
        }
    }
}

fn shown(text: &str) -> String {
    text.split(['?', '#']).next().unwrap_or_default().to_owned()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use url::Position::{AfterPort, AfterQuery, BeforeHost, BeforePath};

    fn is_open(url: &str, allow: &[(&str, u16)]) -> bool {
        let allow: Vec<_> = allow.iter().map(|(host, port)| ((*host).to_owned(), *port)).collect();
        Destination::of(url, &allow).is_ok()
    }

    #[test]
    fn other_spellings_of_a_private_address_are_that_address() {
        let hosts = "127.0.0.1 127.1 0177.0.0.1 0x7f.0.0.1 0x7f000001 2130706433 017700000001 127.0.0.1. 0 0x0 \
            %31%32%37.0.0.1 \u{ff11}27.0.0.1 10.0.0.1 169.254.169.254 0xa9fea9fe 192.168.0.1 100.64.0.1 [::1] [::] \
            [::ffff:127.0.0.1] [::ffff:7f00:1] [0:0:0:0:0:ffff:a9fe:a9fe] [fe80::1] [fd00::1] [64:ff9b::a00:1] \
            [2002:7f00:1::1]";
        for host in hosts.split_ascii_whitespace() {
            assert!(!is_open(&format!("https://{host}/keys"), &[]), "{host}");
            assert!(!is_open(&format!("https://{host}:8443/keys"), &[("keys.example", 8443)]), "{host}");
        }
        for host in ["keys.example", "1.1.1.1", "0x01010101", "[2606:4700::1111]"] {
            assert!(is_open(&format!("https://{host}/keys"), &[]), "{host}");
        }
    }

    #[test]
    fn only_https_without_a_user_is_gone_to() {
        assert!(is_open("https://keys.example/", &[]));
        for url in [
            "http://keys.example/",
            "ftp://keys.example/",
            "file:///etc/passwd",
            "data:,x",
            "https://ada@keys.example/",
            "https://ada:secret@keys.example/",
            "keys.example",
            "https://keys.example./",
            "https://",
            "",
        ] {
            assert!(!is_open(url, &[]), "{url}");
        }
    }

    #[test]
    fn the_list_opens_one_host_and_one_port() {
        let allow = [("10.0.0.7", 8443), ("[::1]", 443)];
        assert!(is_open("https://10.0.0.7:8443/keys", &allow) && is_open("https://[0::1]/keys", &allow));
        for url in ["https://10.0.0.7/", "https://10.0.0.7:8444/", "https://10.0.0.8:8443/", "https://[::1]:444/"] {
            assert!(!is_open(url, &allow), "{url}");
        }
    }

    #[test]
    fn the_request_has_path_and_query_and_the_port_as_written() {
        let found = |text: &str| {
            let url = Destination::of(text, &[]).unwrap().url;
            let (authority, target) = (url[BeforeHost..AfterPort].to_owned(), url[BeforePath..AfterQuery].to_owned());
            (authority, target, url.port_or_known_default().unwrap())
        };
        assert_eq!(
            found("https://keys.example:8443/a/b?c=d#e"),
            ("keys.example:8443".to_owned(), "/a/b?c=d".to_owned(), 8443)
        );
        assert_eq!(found("https://keys.example"), ("keys.example".to_owned(), "/".to_owned(), 443));
    }
}
