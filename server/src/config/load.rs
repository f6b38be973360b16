//! The settings of this process: its environment, and a file.

use std::path::Path;

use super::sources::PREFIX;
use super::{Config, ConfigError};

/// The file that is read when none is named.
const DEFAULT_FILE: &str = "jeton.toml";

impl Config {
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
        let name = name.into_string().ok().filter(|name| name.starts_with(PREFIX))?;
        // What is no setting is only named, whatever it holds.
        Some(match value.into_string() {
            Ok(value) => Ok((name, value)),
            Err(_) if !Config::names().contains(&name) => Ok((name, String::new())),
            Err(_) => Err(ConfigError::new(name, "is not UTF-8. Write it in UTF-8")),
        })
    };
    std::env::vars_os().filter_map(text).collect()
}
