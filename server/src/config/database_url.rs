//! Where the database is.

use std::fmt;

use provider::Location;

/// The address of the database. It may hold a password, which `Debug` and [`DatabaseUrl::shown`] leave out.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    /// Checks that the store understands an address. The message never repeats it: it may hold a password.
    pub(crate) fn check(text: &str) -> Result<Self, String> {
        let good = match Location::of(text) {
            Some(Location::Sqlite(path)) => path.as_os_str() != ":memory:",
            Some(Location::Postgres) => url::Url::parse(text).is_ok(),
            None => false,
        };
        let mend = "write it as sqlite:data/jeton.db or postgres://user:password@host/database";
        if good { Ok(Self(text.to_owned())) } else { Err(mend.to_owned()) }
    }

    /// The address itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address without a password, for messages.
    #[must_use]
    pub fn shown(&self) -> String {
        match url::Url::parse(&self.0) {
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
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown())
    }
}
