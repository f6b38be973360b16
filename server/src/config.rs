//! The settings: from `JETON_*` environment variables, or from a TOML file with the same names in
//! lower case; the environment wins. One struct, [`Config`], is all there is to say of a setting:
//! its name, default, parser and meaning. `jeton serve --help` and the tables of
//! docs/operating.md come from it (`reference`). Nothing is guessed: an unknown name in the file or
//! a bad value is an error that names the setting and the fix.

mod brand;
mod database_url;
mod error;
mod load;
mod public_url;
mod reference;
mod sources;
#[cfg(test)]
mod tests;
mod value;

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use clap::parser::ValueSource;
use clap::{CommandFactory, FromArgMatches, Parser};
use oauth::PkceRule;
use provider::PasswordGrant;

pub use self::brand::BrandSettings;
pub use self::database_url::{DatabaseUrl, Tls};
pub use self::error::ConfigError;
use self::sources::Sources;
pub use self::value::LogFormat;
use crate::proxy_header::ProxyHeader;

/// Several values in one argument: clap takes a plain `Vec` for an argument that may be repeated.
type List<T> = Vec<T>;

/// All settings, checked. Each is an argument of a command line that no operator sees: what the two
/// sources say is given to it as `--NAME=VALUE` (docs/decisions/2026-11-30-settings.md).
#[derive(Clone, Debug, Parser)]
#[command(no_binary_name = true, disable_help_flag = true, disable_version_flag = true)]
pub struct Config {
    /// IP addresses with ports on which the server listens, comma-separated.
    #[arg(long = "JETON_LISTEN", default_value = "127.0.0.1:8080", value_parser = value::listen)]
    pub listen: List<SocketAddr>,
    /// The issuer, exactly: https, or http on loopback only; no path. Without it `http://` and the
    /// first address of `JETON_LISTEN`.
    #[arg(long = "JETON_PUBLIC_URL", value_parser = public_url::check)]
    written_public_url: Option<String>,
    /// `sqlite:FILE` or `postgres://…`.
    #[arg(long = "JETON_DATABASE_URL", default_value = "sqlite:data/jeton.db", value_parser = DatabaseUrl::check)]
    pub database_url: DatabaseUrl,
    /// Made with mode 0600 at the first start on SQLite; required on PostgreSQL.
    #[arg(long = "JETON_SECRET_KEY_FILE", default_value = "data/secret.key", value_parser = value::path)]
    pub secret_key_file: PathBuf,
    /// The operator's name, beside the logo and in the title of every page.
    #[arg(long = "JETON_NAME", default_value = "Jeton", value_parser = value::name)]
    pub name: String,
    /// `off`, `first-party`, or `open` (also without a client).
    #[arg(long = "JETON_PASSWORD_GRANT", default_value = "first-party", value_parser = value::password_grant)]
    pub password_grant: PasswordGrant,
    /// `required`, or `nonce-or-pkce`: a confidential client that sends `nonce` with `openid` may
    /// go without PKCE (RFC 9700 §2.1.1), unless `--pkce required` was said of it.
    #[arg(long = "JETON_PKCE", default_value = "required", value_parser = value::pkce)]
    pub pkce: PkceRule,
    /// Passwords hashed at the same time, 1 to 8, 19 MiB each. Without it one less than there are
    /// cores.
    #[arg(long = "JETON_PASSWORD_THREADS", value_parser = value::threads)]
    pub password_threads: Option<usize>,
    /// Life of an access token, seconds.
    #[arg(long = "JETON_ACCESS_TOKEN_TTL", default_value = "3600", value_parser = value::life)]
    pub access_token_ttl: i64,
    /// Life of a whole chain of refresh tokens, seconds.
    #[arg(long = "JETON_REFRESH_TOKEN_TTL", default_value = "2592000", value_parser = value::life)]
    pub refresh_token_ttl: i64,
    /// Life of an authorization code, seconds, at most 600.
    #[arg(long = "JETON_CODE_TTL", default_value = "60", value_parser = value::code_life)]
    pub code_ttl: i64,
    /// Life of a session, seconds.
    #[arg(long = "JETON_SESSION_TTL", default_value = "1209600", value_parser = value::life)]
    pub session_ttl: i64,
    /// Seconds after which a session that nobody uses ends.
    #[arg(long = "JETON_SESSION_IDLE_TTL", default_value = "86400", value_parser = value::life)]
    pub session_idle_ttl: i64,
    /// Addresses or networks whose word on the client's address is believed, comma-separated.
    #[arg(long = "JETON_TRUSTED_PROXIES", default_value = "", value_parser = value::networks)]
    pub trusted_proxies: List<(IpAddr, u8)>,
    /// The one header in which the trusted proxy says it: `x-forwarded-for` or `forwarded`; the
    /// other never counts.
    #[arg(long = "JETON_PROXY_HEADER", default_value = "x-forwarded-for", value_parser = value::proxy_header)]
    pub proxy_header: ProxyHeader,
    /// Connections at the same time; further ones wait.
    #[arg(long = "JETON_MAX_CONNECTIONS", default_value = "4096", value_parser = value::connections)]
    pub max_connections: u32,
    /// Seconds for which a server that got SIGTERM serves on while it says that it is not ready.
    #[arg(long = "JETON_SHUTDOWN_DELAY", default_value = "2", value_parser = value::delay)]
    pub shutdown_delay: u64,
    /// A `tracing` filter: `error`, `warn`, `info`, `debug`, `trace`, or by module.
    #[arg(long = "JETON_LOG", default_value = "info", value_parser = value::log)]
    pub log: String,
    /// `text` or `json`.
    #[arg(long = "JETON_LOG_FORMAT", default_value = "text", value_parser = value::log_format)]
    pub log_format: LogFormat,
    /// Hosts with ports (`keys.internal:8443, 10.0.0.7:443`) that may be fetched although they are
    /// not public addresses, where the operator registered the address (*Signing out* says what
    /// that is).
    #[arg(long = "JETON_FETCH_ALLOW", default_value = "", value_parser = value::hosts)]
    pub fetch_allow: List<(String, u16)>,
    /// A PEM file with further certificate authorities for fetches.
    #[arg(long = "JETON_FETCH_CA_FILE", value_parser = value::path)]
    pub fetch_ca_file: Option<PathBuf>,
    /// `JETON_LOGO_LIGHT` and what else makes the operator's own look.
    #[command(flatten)]
    pub brand: BrandSettings,
    /// The issuer: `JETON_PUBLIC_URL`, or what it is without.
    #[arg(skip)]
    pub public_url: String,
    /// Whether the operator named the key file.
    #[arg(skip)]
    pub secret_key_file_is_set: bool,
    /// Variables that begin as settings do and are none: a line for each.
    #[arg(skip)]
    pub unknown: Vec<String>,
}

impl Config {
    /// Reads the settings from environment variables (others than `JETON_*` are passed over) and
    /// the text of a TOML file.
    ///
    /// # Errors
    /// The first unknown name or bad value.
    pub fn from(env: impl Iterator<Item = (String, String)>, toml: Option<&str>) -> Result<Self, ConfigError> {
        let sources = Sources::collect(&Self::names(), env, toml)?;
        let read = Self::command().try_get_matches_from(sources.arguments());
        let read = read.and_then(|matches| Ok((Self::from_arg_matches(&matches)?, matches)));
        let (config, matches) = read.map_err(|error| sources.explain(&error))?;
        let is_set = matches.value_source("secret_key_file") == Some(ValueSource::CommandLine);
        let public_url = match &config.written_public_url {
            Some(written) => Ok(written.clone()),
            None => public_url::default(&config.listen),
        };
        let public_url = public_url.map_err(|message| ConfigError::new("JETON_PUBLIC_URL", message))?;
        Ok(Self { public_url, secret_key_file_is_set: is_set, unknown: sources.unknown, ..config })
    }

    /// The name of every setting, as a variable.
    fn names() -> Vec<String> {
        reference::names(&Self::command())
    }

    /// The settings for the end of `jeton serve --help`.
    #[must_use]
    pub fn help() -> String {
        reference::help(&Self::command())
    }

    /// What the use cases need to know.
    #[must_use]
    pub fn settings(&self) -> provider::Settings {
        let usual = provider::Settings::default();
        provider::Settings {
            issuer: self.public_url.clone(),
            name: self.name.clone(),
            password_grant: self.password_grant,
            pkce: self.pkce,
            access_token_ttl: self.access_token_ttl,
            refresh_token_ttl: self.refresh_token_ttl,
            code_ttl: self.code_ttl,
            session_ttl: self.session_ttl,
            session_idle_ttl: self.session_idle_ttl,
            ui_locales: ui_locales(),
            hash_threads: self.password_threads.unwrap_or(usual.hash_threads),
            ..usual
        }
    }
}

/// The languages of the pages.
#[must_use]
pub fn ui_locales() -> Vec<String> {
    app::Language::offered().map(|language| language.tag().to_owned()).collect()
}
