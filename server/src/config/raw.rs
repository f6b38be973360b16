//! Settings as they are written: collected from both sources, each name known, none twice.

use std::collections::BTreeMap;

use oauth::spelling::distance;

use super::ConfigError;

/// What the names of all settings begin with.
pub const PREFIX: &str = "JETON_";

/// Every setting there is.
pub const NAMES: &[&str] = &[
    "JETON_LISTEN",
    "JETON_PUBLIC_URL",
    "JETON_DATABASE_URL",
    "JETON_SECRET_KEY_FILE",
    "JETON_NAME",
    "JETON_PASSWORD_GRANT",
    "JETON_PKCE",
    "JETON_PASSWORD_THREADS",
    "JETON_ACCESS_TOKEN_TTL",
    "JETON_REFRESH_TOKEN_TTL",
    "JETON_CODE_TTL",
    "JETON_SESSION_TTL",
    "JETON_SESSION_IDLE_TTL",
    "JETON_TRUSTED_PROXIES",
    "JETON_PROXY_HEADER",
    "JETON_MAX_CONNECTIONS",
    "JETON_SHUTDOWN_DELAY",
    "JETON_LOG",
    "JETON_LOG_FORMAT",
    "JETON_FETCH_ALLOW",
    "JETON_FETCH_CA_FILE",
    "JETON_LOGO_LIGHT",
    "JETON_LOGO_DARK",
    "JETON_FAVICON",
    "JETON_ACCENT",
    "JETON_SUPPORT_URL",
    "JETON_PRIVACY_URL",
    "JETON_TERMS_URL",
    "JETON_DEFAULT_LOCALE",
    "JETON_THEME",
];

/// Variables of the build and of the tests, which a shell may still hold.
const NOT_OURS: [&str; 7] = [
    "JETON_SITE",
    "JETON_BIN",
    "JETON_TEST_POSTGRES",
    "JETON_TEST_POSTGRES_RESTART",
    "JETON_CRASH_KILLS",
    "JETON_CRASH_FIGURES",
    "JETON_CRASH_SEED",
];

/// Written values by the setting's name.
pub struct Raw {
    written: BTreeMap<&'static str, Written>,
    /// What is said of variables that are no settings.
    pub unknown: Vec<String>,
}

struct Written {
    value: String,
    in_file: bool,
}

impl Raw {
    /// Collects both sources; the environment wins. A name in the file that is none is an error, one in the environment is noticed.
    pub fn collect(env: impl Iterator<Item = (String, String)>, toml: Option<&str>) -> Result<Self, ConfigError> {
        let (mut all, mut strangers) = (BTreeMap::new(), Vec::new());
        for (key, value) in toml.map(table).transpose()?.into_iter().flatten() {
            let name = known(&key.to_uppercase()).filter(|name| name.to_lowercase() == key).ok_or_else(|| {
                let near = nearest(&key.to_uppercase()).map(str::to_lowercase);
                unknown(format!("{key} in the configuration file"), near)
            })?;
            let value = text(value).ok_or_else(|| ConfigError::new(shown(name, true), "write it as text in quotes"))?;
            all.insert(name, Written { value, in_file: true });
        }
        let mut env: Vec<_> = env.filter(|(name, _)| name.starts_with(PREFIX)).collect();
        env.sort();
        for (key, value) in env.into_iter().filter(|(key, _)| !NOT_OURS.contains(&key.as_str())) {
            match known(&key) {
                Some(name) => drop(all.insert(name, Written { value, in_file: false })),
                // Kubernetes sets JETON_PORT and others for a Service called jeton: no reason not to start.
                None => strangers.push(unknown(key.clone(), nearest(&key).map(str::to_owned)).to_string()),
            }
        }
        Ok(Self { written: all, unknown: strangers })
    }

    /// What is written for a setting.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.written.get(name).map(|written| written.value.as_str())
    }

    /// The value of a setting, or that of its default.
    pub fn read<T>(
        &self,
        name: &'static str,
        default: &str,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Result<T, ConfigError> {
        let Some(written) = self.written.get(name) else {
            return parse(default).map_err(|message| ConfigError::new(name, message));
        };
        parse(written.value.trim()).map_err(|message| ConfigError::new(shown(name, written.in_file), message))
    }

    /// The value of a setting that may be left out.
    pub fn optional<T>(
        &self,
        name: &'static str,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Result<Option<T>, ConfigError> {
        self.get(name).map(|_| self.read(name, "", parse)).transpose()
    }
}

fn shown(name: &str, in_file: bool) -> String {
    if in_file { format!("{name} ({} in the configuration file)", name.to_lowercase()) } else { name.to_owned() }
}

fn known(name: &str) -> Option<&'static str> {
    NAMES.iter().copied().find(|known| *known == name)
}

fn unknown(shown: String, near: Option<String>) -> ConfigError {
    let mend = near.map_or_else(|| "Remove it".to_owned(), |near| format!("Did you mean {near}?"));
    ConfigError::new(shown, format!("there is no such setting. {mend}"))
}

fn table(text: &str) -> Result<toml::Table, ConfigError> {
    text.parse::<toml::Table>().map_err(|error| {
        let line = error.span().map_or(1, |span| text.get(..span.start).unwrap_or(text).matches('\n').count() + 1);
        let message = error.message().replace('\n', " ");
        ConfigError::new(format!("configuration file, line {line}"), format!("{message}. Write NAME = \"VALUE\""))
    })
}

/// Text as it is, a number in digits, a list with commas.
fn text(value: toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Array(items) => {
            items.into_iter().map(text).collect::<Option<Vec<_>>>().map(|items| items.join(","))
        }
        _ => None,
    }
}

/// The setting that somebody who wrote this may have meant: without the prefix, or up to three typing errors away, but
/// never more than half of it.
fn nearest(written: &str) -> Option<&'static str> {
    let bare = written.strip_prefix(PREFIX).unwrap_or(written);
    let near = NAMES.iter().map(|name| (distance(name, &format!("{PREFIX}{bare}")), name)).min()?;
    (near.0 <= (bare.len() / 2).min(3)).then_some(*near.1)
}
