//! Where the database is.

use std::fmt;

use provider::Location;
use url::{Host, Url};

/// How to write an address.
const WRITE: &str = "write it as sqlite:data/jeton.db or postgres://user:password@host/database";

/// What a password may not hold as it is: each of them ends it, and what follows would be taken for something else, and be shown.
const ESCAPES: &str = "In a user's name or a password write @ as %40, # as %23, / as %2F, ? as %3F";

/// What the driver takes behind an address.
const PARAMETERS: [&str; 17] = [
    "sslmode",
    "ssl-mode",
    "sslrootcert",
    "ssl-root-cert",
    "ssl-ca",
    "sslcert",
    "ssl-cert",
    "sslkey",
    "ssl-key",
    "host",
    "hostaddr",
    "port",
    "dbname",
    "user",
    "password",
    "application_name",
    "statement-cache-capacity",
];

/// The address of the database. It may hold a password, which `Debug` and [`DatabaseUrl::shown`] leave out.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(String);

/// How safe the way to PostgreSQL is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// It does not leave the machine.
    Local,
    /// The server's certificate is verified.
    Verified,
    /// It is not, or there is no TLS at all.
    Unverified,
}

impl DatabaseUrl {
    /// Checks that the store understands an address. The message never repeats it: it may hold a password.
    pub(crate) fn check(text: &str) -> Result<Self, String> {
        let good = match Location::of(text) {
            Some(Location::Sqlite(path)) => path.as_os_str() != ":memory:",
            Some(Location::Postgres) => {
                let url = Url::parse(text).map_err(|_| format!("{WRITE}. {ESCAPES}"))?;
                if !is_one_way(&url) {
                    return Err(format!("it can be read in more than one way. {ESCAPES}"));
                }
                true
            }
            None => false,
        };
        if good { Ok(Self(text.to_owned())) } else { Err(WRITE.to_owned()) }
    }

    /// The address itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address without a password, for messages.
    #[must_use]
    pub fn shown(&self) -> String {
        if let Some(Location::Sqlite(_)) = Location::of(&self.0) {
            return self.0.clone();
        }
        match Url::parse(&self.0) {
            Ok(mut url) if url.has_host() => {
                // Parameters may hold a password as well.
                url.set_query(None);
                if url.password().is_some() && url.set_password(Some("…")).is_err() {
                    return "the database".to_owned();
                }
                url.to_string().replace("%E2%80%A6", "…")
            }
            _ => self.0.split('?').next().unwrap_or_default().to_owned(),
        }
    }

    /// How safe the way to the database is; `preset` is what the environment says where the address says nothing (`PGSSLMODE`). `None` for
    /// SQLite.
    #[must_use]
    pub fn tls(&self, preset: Option<&str>) -> Option<Tls> {
        let Some(Location::Postgres) = Location::of(&self.0) else { return None };
        let url = Url::parse(&self.0).ok()?;
        let parameter = |names: &[&str]| {
            url.query_pairs().filter(|(name, _)| names.contains(&&**name)).last().map(|(_, value)| value.into_owned())
        };
        let host = parameter(&["host"]).or_else(|| url.host_str().map(str::to_owned)).unwrap_or_default();
        if is_local(&host.replace("%2F", "/")) {
            return Some(Tls::Local);
        }
        let mode = parameter(&["sslmode", "ssl-mode"]).or_else(|| preset.map(str::to_owned)).unwrap_or_default();
        let verified = matches!(mode.to_ascii_lowercase().as_str(), "verify-ca" | "verify-full");
        Some(if verified { Tls::Verified } else { Tls::Unverified })
    }
}

/// Whether nothing of a password can have got into another part: no fragment, no `@` in the path, and one among the parameters only where
/// all of them are known.
fn is_one_way(url: &Url) -> bool {
    let known = |name: &str| PARAMETERS.contains(&name) || name.starts_with("options");
    let parameters =
        url.query().is_none_or(|query| !query.contains('@')) || url.query_pairs().all(|(name, _)| known(&name));
    url.fragment().is_none() && !url.path().contains('@') && parameters
}

fn is_local(host: &str) -> bool {
    // A name without a dot may be anywhere.
    host.is_empty()
        || host.starts_with('/')
        || match Host::parse(host) {
            Ok(Host::Domain(name)) => name == "localhost",
            Ok(Host::Ipv4(address)) => address.is_loopback(),
            Ok(Host::Ipv6(address)) => address.is_loopback(),
            Err(_) => false,
        }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown())
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_password_with_a_mark_of_the_address_is_refused_without_a_word_of_it() {
        for password in ["12#sh", "hu#sh", "12/sh", "12?sh", "hu/sh", "hu?sh", "1/2@sh", "1?2@sh"] {
            for text in
                [format!("postgres://ada:{password}@db.example/jeton"), format!("postgres://ada:{password}@h:1/j?x=y")]
            {
                let line = DatabaseUrl::check(&text).err().unwrap();
                assert!(line.contains("%40") && !line.contains("sh"), "{text}: {line}");
            }
        }
        for good in [
            "postgres://ada:hu%40s%23%2F%3Fh@db.example:5432/jeton?sslmode=require",
            "postgres://db/jeton",
            "postgres:///jeton",
        ] {
            let url = DatabaseUrl::check(good).unwrap();
            assert!(!url.shown().contains("hu") && !format!("{url:?}").contains("%23"), "{url:?}");
        }
    }

    #[test]
    fn a_path_is_shown_whole() {
        assert_eq!(DatabaseUrl::check("sqlite:what?/jeton.db").unwrap().shown(), "sqlite:what?/jeton.db");
    }

    #[test]
    fn tls_is_verified_where_the_address_or_the_environment_says_so() {
        let tls = |text: &str, preset: Option<&str>| DatabaseUrl::check(text).unwrap().tls(preset);
        let table = [
            ("sqlite:jeton.db", None, None),
            ("postgres://localhost/jeton", None, Some(Tls::Local)),
            ("postgres://127.0.0.1/jeton", None, Some(Tls::Local)),
            ("postgres:///jeton?host=/run/postgresql", None, Some(Tls::Local)),
            ("postgres://%2Frun%2Fpostgresql/jeton", None, Some(Tls::Local)),
            ("postgres://db.example/jeton", None, Some(Tls::Unverified)),
            ("postgres://db.example/jeton?sslmode=require", None, Some(Tls::Unverified)),
            ("postgres://db.example/jeton?sslmode=verify-full", None, Some(Tls::Verified)),
            ("postgres://db.example/jeton", Some("verify-full"), Some(Tls::Verified)),
            ("postgres://db.example/jeton?sslmode=prefer", Some("verify-full"), Some(Tls::Unverified)),
        ];
        for (text, preset, wanted) in table {
            assert_eq!(tls(text, preset), wanted, "{text} {preset:?}");
        }
    }
}
