//! The settings: from `JETON_*` environment variables, or from a TOML file with the same names in lower case. The
//! environment wins. Nothing is guessed: an unknown name in the file or a bad value is an error that names the setting and the mend.

mod brand;
mod database_url;
mod public_url;
mod raw;
#[cfg(test)]
mod tests;
mod value;

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use oauth::PkceRule;
use provider::PasswordGrant;

pub use self::brand::BrandSettings;
pub use self::database_url::{DatabaseUrl, Tls};
use self::raw::Raw;
use crate::state::ProxyHeader;

/// The file that is read when none is named.
const DEFAULT_FILE: &str = "jeton.toml";

/// Why the settings cannot be used: one line that names the setting and the mend.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{setting}: {message}")]
pub struct ConfigError {
    /// The setting, as the operator wrote it.
    pub setting: String,
    /// What is wrong and what would be right.
    pub message: String,
}

impl ConfigError {
    /// An error of this setting.
    pub fn new(setting: impl Into<String>, message: impl Into<String>) -> Self {
        Self { setting: setting.into(), message: message.into() }
    }
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// A JSON object in each line.
    Json,
}

/// All settings, checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// `JETON_LISTEN`: where to listen; at least one address.
    pub listen: Vec<SocketAddr>,
    /// `JETON_PUBLIC_URL`: the issuer, exactly.
    pub public_url: String,
    /// `JETON_DATABASE_URL`.
    pub database_url: DatabaseUrl,
    /// `JETON_SECRET_KEY_FILE`.
    pub secret_key_file: PathBuf,
    /// Whether the operator named the key file.
    pub secret_key_file_is_set: bool,
    /// `JETON_NAME`: the operator's name on every page.
    pub name: String,
    /// `JETON_PASSWORD_GRANT`.
    pub password_grant: PasswordGrant,
    /// `JETON_PKCE`: when confidential clients may go without PKCE.
    pub pkce: PkceRule,
    /// `JETON_PASSWORD_THREADS`: passwords hashed at the same time; `None` goes by the machine.
    pub password_threads: Option<usize>,
    /// `JETON_ACCESS_TOKEN_TTL`, seconds.
    pub access_token_ttl: i64,
    /// `JETON_REFRESH_TOKEN_TTL`, seconds.
    pub refresh_token_ttl: i64,
    /// `JETON_CODE_TTL`, seconds.
    pub code_ttl: i64,
    /// `JETON_SESSION_TTL`, seconds.
    pub session_ttl: i64,
    /// `JETON_SESSION_IDLE_TTL`, seconds.
    pub session_idle_ttl: i64,
    /// `JETON_TRUSTED_PROXIES`: address and prefix length of each network.
    pub trusted_proxies: Vec<(IpAddr, u8)>,
    /// `JETON_PROXY_HEADER`: the one header that they write.
    pub proxy_header: ProxyHeader,
    /// `JETON_MAX_CONNECTIONS`: connections at the same time.
    pub max_connections: u32,
    /// `JETON_SHUTDOWN_DELAY`: seconds for which a server that was told to end serves on, while it says that it is not ready.
    pub shutdown_delay: u64,
    /// `JETON_LOG`: a `tracing` filter.
    pub log: String,
    /// `JETON_LOG_FORMAT`.
    pub log_format: LogFormat,
    /// `JETON_FETCH_ALLOW`: private hosts and ports that outgoing fetches may reach.
    pub fetch_allow: Vec<(String, u16)>,
    /// `JETON_FETCH_CA_FILE`: a further certificate authority for outgoing fetches, PEM.
    pub fetch_ca_file: Option<PathBuf>,
    /// Variables that begin as settings do and are none: a line for each.
    pub unknown: Vec<String>,
    /// `JETON_LOGO_LIGHT` and what else makes the operator's own look.
    pub brand: BrandSettings,
}

impl Config {
    /// Reads the settings from environment variables (others than `JETON_*` are passed over) and the text of a TOML file.
    ///
    /// # Errors
    /// The first unknown name or bad value.
    pub fn from(env: impl Iterator<Item = (String, String)>, toml: Option<&str>) -> Result<Self, ConfigError> {
        let raw = Raw::collect(env, toml)?;
        let listen = raw.read("JETON_LISTEN", "127.0.0.1:8080", value::listen)?;
        let public_url = match raw.get("JETON_PUBLIC_URL") {
            Some(_) => raw.read("JETON_PUBLIC_URL", "", public_url::check)?,
            None => public_url::default(&listen).map_err(|message| ConfigError::new("JETON_PUBLIC_URL", message))?,
        };
        let ttl = |name, default, most| raw.read(name, default, |text: &str| value::seconds(text, most));
        Ok(Self {
            listen,
            public_url,
            database_url: raw.read("JETON_DATABASE_URL", "sqlite:data/jeton.db", DatabaseUrl::check)?,
            secret_key_file: raw.read("JETON_SECRET_KEY_FILE", "data/secret.key", value::path)?,
            secret_key_file_is_set: raw.get("JETON_SECRET_KEY_FILE").is_some(),
            name: raw.read("JETON_NAME", "Jeton", value::name)?,
            password_grant: raw.read("JETON_PASSWORD_GRANT", "first-party", value::password_grant)?,
            pkce: raw.read("JETON_PKCE", "required", value::pkce)?,
            password_threads: raw.optional("JETON_PASSWORD_THREADS", value::threads)?,
            access_token_ttl: ttl("JETON_ACCESS_TOKEN_TTL", "3600", value::TEN_YEARS)?,
            refresh_token_ttl: ttl("JETON_REFRESH_TOKEN_TTL", "2592000", value::TEN_YEARS)?,
            code_ttl: ttl("JETON_CODE_TTL", "60", value::TEN_MINUTES)?,
            session_ttl: ttl("JETON_SESSION_TTL", "1209600", value::TEN_YEARS)?,
            session_idle_ttl: ttl("JETON_SESSION_IDLE_TTL", "86400", value::TEN_YEARS)?,
            trusted_proxies: raw.read("JETON_TRUSTED_PROXIES", "", value::networks)?,
            proxy_header: raw.read("JETON_PROXY_HEADER", "x-forwarded-for", value::proxy_header)?,
            max_connections: raw.read("JETON_MAX_CONNECTIONS", "4096", value::connections)?,
            shutdown_delay: raw.read("JETON_SHUTDOWN_DELAY", "2", value::delay)?,
            log: raw.read("JETON_LOG", "info", value::log)?,
            log_format: raw.read("JETON_LOG_FORMAT", "text", value::log_format)?,
            fetch_allow: raw.read("JETON_FETCH_ALLOW", "", value::hosts)?,
            fetch_ca_file: raw.optional("JETON_FETCH_CA_FILE", value::path)?,
            brand: BrandSettings::read(&raw)?,
            unknown: raw.unknown,
        })
    }

    /// Reads the settings of this process: its environment, and the named file or else `jeton.toml` where there is one.
    ///
    /// # Errors
    /// The first unknown name, bad value or unreadable file.
    pub fn load(file: Option<&Path>) -> Result<Self, ConfigError> {
        let toml = read_file(file)?;
        let config = Self::from(environment()?.into_iter(), toml.as_deref())?;
        config.check_ca_file()?;
        Ok(config)
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

    fn check_ca_file(&self) -> Result<(), ConfigError> {
        let Some(path) = &self.fetch_ca_file else { return Ok(()) };
        let fault = match std::fs::read_to_string(path) {
            Err(error) => format!("{} cannot be read ({error})", path.display()),
            Ok(text) if !text.contains("-----BEGIN CERTIFICATE-----") => {
                format!("{} holds no certificate", path.display())
            }
            Ok(_) => return Ok(()),
        };
        Err(ConfigError::new(
            "JETON_FETCH_CA_FILE",
            format!("{fault}. Name a readable PEM file, or remove the setting"),
        ))
    }
}

/// The languages of the pages.
#[must_use]
pub fn ui_locales() -> Vec<String> {
    app::Language::offered().map(|language| language.tag().to_owned()).collect()
}

fn read_file(file: Option<&Path>) -> Result<Option<String>, ConfigError> {
    let path = file.unwrap_or(Path::new(DEFAULT_FILE));
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if file.is_none() && error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => {
            let message = format!("{} cannot be read ({error}). Name a readable TOML file", path.display());
            Err(ConfigError::new("--config", message))
        }
    }
}

fn environment() -> Result<Vec<(String, String)>, ConfigError> {
    let text = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
        let name = name.into_string().ok().filter(|name| name.starts_with(raw::PREFIX))?;
        // What is no setting is only named, whatever it holds.
        Some(match value.into_string() {
            Ok(value) => Ok((name, value)),
            Err(_) if !raw::NAMES.contains(&name.as_str()) => Ok((name, String::new())),
            Err(_) => Err(ConfigError::new(name, "is not UTF-8. Write it in UTF-8")),
        })
    };
    std::env::vars_os().filter_map(text).collect()
}
