//! The two sources of settings, environment and TOML file, merged: each name known, none twice.

use std::collections::BTreeMap;
use std::error::Error as _;

use clap::error::{ContextKind, ContextValue};
use oauth::spelling::distance;

use super::ConfigError;

/// What the names of all settings begin with.
pub const PREFIX: &str = "JETON_";

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
pub struct Sources {
    written: BTreeMap<String, Written>,
    /// What is said of variables that are no settings.
    pub unknown: Vec<String>,
}

struct Written {
    value: String,
    in_file: bool,
}

impl Sources {
    /// Collects both sources; the environment wins.
    ///
    /// # Errors
    /// The file is not TOML, or holds a name that is no setting; a variable that is none is only
    /// noticed ([`Sources::unknown`]).
    pub fn collect(
        names: &[String],
        env: impl Iterator<Item = (String, String)>,
        toml: Option<&str>,
    ) -> Result<Self, ConfigError> {
        let mut all = Self { written: BTreeMap::new(), unknown: Vec::new() };
        all.read_file(names, toml.map(table).transpose()?.unwrap_or_default())?;
        all.read_environment(names, env);
        Ok(all)
    }

    fn read_file(&mut self, names: &[String], table: toml::Table) -> Result<(), ConfigError> {
        for (key, value) in table {
            let name = names.iter().find(|name| name.to_lowercase() == key).ok_or_else(|| {
                let near = nearest(names, &key.to_uppercase()).map(str::to_lowercase);
                unknown(&format!("{key} in the configuration file"), near.as_deref())
            })?;
            let value = text(value).ok_or_else(|| ConfigError::new(shown(name, true), "write it as text in quotes"))?;
            self.written.insert(name.clone(), Written { value, in_file: true });
        }
        Ok(())
    }

    fn read_environment(&mut self, names: &[String], env: impl Iterator<Item = (String, String)>) {
        let is_ours = |name: &String| name.starts_with(PREFIX) && !NOT_OURS.contains(&name.as_str());
        for (name, value) in env.filter(|(name, _)| is_ours(name)).collect::<BTreeMap<_, _>>() {
            if names.contains(&name) {
                self.written.insert(name, Written { value, in_file: false });
            } else {
                // Kubernetes sets JETON_PORT and others for a Service called jeton: no reason not to start.
                self.unknown.push(unknown(&name, nearest(names, &name)).to_string());
            }
        }
    }

    /// What is written, as arguments of [`super::Config`].
    pub fn arguments(&self) -> impl Iterator<Item = String> {
        self.written.iter().map(|(name, written)| format!("--{name}={}", written.value.trim()))
    }

    /// Clap's refusal of a value in our words: the setting as the operator wrote it, then what its
    /// parser said. Clap's own sentence would repeat the value, which may be a secret.
    pub fn explain(&self, error: &clap::Error) -> ConfigError {
        let argument = match error.get(ContextKind::InvalidArg) {
            Some(ContextValue::String(argument)) => argument.as_str(),
            _ => "",
        };
        let name = argument.split(' ').next().unwrap_or_default().trim_start_matches("--");
        let in_file = self.written.get(name).is_some_and(|written| written.in_file);
        let message = error.source().map_or_else(|| "write a value".to_owned(), ToString::to_string);
        ConfigError::new(shown(name, in_file), message)
    }
}

fn shown(name: &str, in_file: bool) -> String {
    if in_file { format!("{name} ({} in the configuration file)", name.to_lowercase()) } else { name.to_owned() }
}

fn unknown(shown: &str, near: Option<&str>) -> ConfigError {
    let fix = near.map_or_else(|| "Remove it".to_owned(), |near| format!("Did you mean {near}?"));
    ConfigError::new(shown, format!("there is no such setting. {fix}"))
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

/// The setting that somebody who wrote this may have meant: without the prefix, or up to three
/// typing errors away, but never more than half of it.
fn nearest<'a>(names: &'a [String], written: &str) -> Option<&'a str> {
    let bare = written.strip_prefix(PREFIX).unwrap_or(written);
    let (errors, name) = names.iter().map(|name| (distance(name, &format!("{PREFIX}{bare}")), name)).min()?;
    (errors <= (bare.len() / 2).min(3)).then_some(name)
}
