//! What the operator sets, by environment variables.

use std::net::SocketAddr;
use url::Url;

/// The settings of one running example.
#[derive(Clone)]
pub struct Settings {
    /// The address to listen on.
    pub listen: SocketAddr,
    /// The authorization server, without a slash at the end.
    pub issuer: String,
    /// What the resource server introspects tokens with.
    pub api: Credentials,
    /// What InfraViewer asks for tokens with.
    pub infraviewer: Credentials,
}

/// A confidential client of the authorization server. No `Debug`: it holds a secret.
#[derive(Clone)]
pub struct Credentials {
    /// The client id.
    pub id: String,
    /// The client secret.
    pub secret: String,
}

impl Settings {
    /// Reads the settings through `get`, which knows the environment.
    ///
    /// # Errors
    /// One line that names the setting and the mend.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Result<Self, String> {
        let listen = get("EXAMPLE_LISTEN").unwrap_or_else(|| "127.0.0.1:8081".to_owned());
        let issuer = get("EXAMPLE_ISSUER").unwrap_or_else(|| "http://127.0.0.1:8080".to_owned());
        Ok(Self {
            listen: listen
                .parse()
                .map_err(|_| format!("EXAMPLE_LISTEN: {listen:?} is not an address such as 127.0.0.1:8081"))?,
            issuer: origin(&issuer)?,
            api: credentials(&get, "EXAMPLE", "demo-api")?,
            infraviewer: credentials(&get, "INFRAVIEWER", "infraviewer")?,
        })
    }
}

/// The issuer as an origin. It is also written into pages and headers, so nothing but an origin may stand in it.
fn origin(issuer: &str) -> Result<String, String> {
    let mend = || format!("EXAMPLE_ISSUER: {issuer:?} is not an origin such as http://127.0.0.1:8080");
    let url = Url::parse(issuer).map_err(|_| mend())?;
    let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    if url.scheme() != "http" || !bare || !url.username().is_empty() {
        return Err(mend());
    }
    Ok(url.origin().ascii_serialization())
}

fn credentials(get: &impl Fn(&str) -> Option<String>, prefix: &str, default_id: &str) -> Result<Credentials, String> {
    let id = get(&format!("{prefix}_CLIENT_ID")).unwrap_or_else(|| default_id.to_owned());
    let name = format!("{prefix}_CLIENT_SECRET");
    match get(&name) {
        Some(secret) if !secret.is_empty() => Ok(Credentials { id, secret }),
        _ => Err(format!("{name}: set it to the secret of the client {id}")),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn with(name: &str, value: &str) -> Result<Settings, String> {
        Settings::read(|asked| match asked {
            asked if asked == name => Some(value.to_owned()),
            "EXAMPLE_CLIENT_SECRET" | "INFRAVIEWER_CLIENT_SECRET" => Some("secret".to_owned()),
            _ => None,
        })
    }

    #[test]
    fn the_defaults_are_those_of_the_demo() {
        let settings = with("", "").unwrap();
        assert_eq!(settings.listen.to_string(), "127.0.0.1:8081");
        assert_eq!(settings.issuer, "http://127.0.0.1:8080");
        assert_eq!(settings.api.id, "demo-api");
        assert_eq!(settings.infraviewer.id, "infraviewer");
    }

    #[test]
    fn an_issuer_is_an_origin_and_loses_its_slash() {
        let settings = with("EXAMPLE_ISSUER", "http://127.0.0.1:9000/").unwrap();
        assert_eq!(settings.issuer, "http://127.0.0.1:9000");
        for wrong in ["", "127.0.0.1:8080", "http://a/b", "http://a?b", "http://a#b", "http://a@b", "ftp://a"] {
            let error = with("EXAMPLE_ISSUER", wrong).err().unwrap();
            assert!(error.starts_with("EXAMPLE_ISSUER"), "{wrong}: {error}");
        }
    }

    #[test]
    fn a_missing_secret_is_named() {
        let error = with("INFRAVIEWER_CLIENT_SECRET", "").err().unwrap();
        assert!(error.starts_with("INFRAVIEWER_CLIENT_SECRET"), "{error}");
    }
}
