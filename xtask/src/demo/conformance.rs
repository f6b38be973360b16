//! What the OpenID Foundation's conformance suite needs of the demo: `docs/conformance.md`.

use super::options::Options;
use std::net::SocketAddr;

/// The suite's clients: confidential, and without PKCE, which the suite does not send.
pub const CLIENTS: [&str; 3] = ["conformance", "conformance-2", SILENT];

/// The one that hears of no session's end: the plan RP-initiated logout expects no notice on the back channel, and is interrupted by one.
const SILENT: &str = "conformance-logout";

/// Every standard claim that an account does not have by itself (OpenID Connect Core 5.1), as further arguments of `jeton user add`. The
/// suite takes no year before 1900 for one of birth.
pub const PERSON: [&str; 34] = [
    "--email",
    "ada@ada.example",
    "--given-name",
    "Ada",
    "--family-name",
    "Lovelace",
    "--claim",
    "name=Ada King Lovelace",
    "--claim",
    "middle_name=King",
    "--claim",
    "nickname=Countess",
    "--claim",
    "profile=https://ada.example/",
    "--claim",
    "picture=https://ada.example/ada.png",
    "--claim",
    "website=https://ada.example/notes",
    "--claim",
    "gender=female",
    "--claim",
    "birthdate=1915-12-10",
    "--claim",
    "zoneinfo=Europe/London",
    "--claim",
    "locale=en-GB",
    "--claim",
    "email_verified=true",
    "--claim",
    "phone_number=+44 20 7946 0815",
    "--claim",
    "phone_number_verified=false",
    "--claim",
    r#"address={"formatted": "12 St James's Square\nLondon SW1Y 4JH\nUnited Kingdom", "street_address": "12 St James's Square", "locality": "London", "postal_code": "SW1Y 4JH", "country": "United Kingdom"}"#,
];

/// Where the suite is, and where it finds Jeton.
#[derive(Clone)]
pub struct Suite {
    public_url: String,
    origin: String,
}

impl Suite {
    /// The suite that the arguments speak of.
    pub fn of(options: &Options) -> Option<Self> {
        options.public_url.clone().map(|public_url| Self { public_url, origin: options.suite.clone() })
    }

    /// Jeton behind a proxy on this machine, which may fetch from the suite although that is no public address.
    pub fn settings(&self) -> [(&'static str, String); 3] {
        let host = self.origin.trim_start_matches("https://");
        let port = if host.contains(':') { "" } else { ":443" };
        [
            ("JETON_PUBLIC_URL", self.public_url.clone()),
            ("JETON_TRUSTED_PROXIES", "127.0.0.1".to_owned()),
            ("JETON_FETCH_ALLOW", format!("{host}{port}")),
        ]
    }

    /// The arguments that register a client.
    pub fn client(&self, id: &str) -> Vec<String> {
        let base = format!("{}/test/a/jeton", self.origin);
        let words =
            ["client", "add", "--name", "Conformance suite", "--client-id", id, "--no-pkce", "--client-secret-stdin"];
        let more = [
            ("--redirect-uri", format!("{base}/callback")),
            ("--post-logout-redirect-uri", format!("{base}/post_logout_redirect")),
            ("--backchannel-logout-uri", format!("{base}/backchannel_logout")),
        ];
        let more = more.into_iter().filter(|(name, _)| id != SILENT || *name != "--backchannel-logout-uri");
        let more = more.flat_map(|(name, value)| [name.to_owned(), value]);
        words.into_iter().map(str::to_owned).chain(more).collect()
    }

    /// Says what goes into the suite's configuration.
    pub fn announce(&self, jeton: SocketAddr, secrets: &[String]) {
        println!("\nFor the conformance suite at {} (docs/conformance.md):\n", self.origin);
        println!("  discovery          {}/.well-known/openid-configuration", self.public_url);
        println!("  proxy              {} to http://{jeton}", self.public_url);
        for (id, secret) in CLIENTS.iter().zip(secrets) {
            println!("  {id:<18} {secret}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_client_for_rp_initiated_logout_alone_hears_of_no_session() {
        let suite = Suite { public_url: String::new(), origin: "https://suite.example".to_owned() };
        let hears = |id: &str| suite.client(id).iter().any(|word| word == "--backchannel-logout-uri");
        assert_eq!(CLIENTS.map(hears), [true, true, false]);
        assert!(CLIENTS.iter().all(|id| suite.client(id).iter().any(|word| word == "--post-logout-redirect-uri")));
    }

    #[test]
    fn the_person_was_born_after_1900() {
        let born = PERSON.iter().find_map(|word| word.strip_prefix("birthdate=")).unwrap_or_default();
        assert!(born.get(..4) > Some("1900"), "{born}");
    }
}
