//! What there is to read about the settings, from the struct that reads them (a clap command): their names, the help
//! of `jeton serve`, and the rows of the tables in docs/operating.md.

use std::fmt::Write;

use clap::{Arg, Command};

/// The name of every setting, as a variable.
pub fn names(command: &Command) -> Vec<String> {
    command.get_arguments().filter_map(Arg::get_long).map(str::to_owned).collect()
}

/// The settings for the end of `jeton serve --help`. No value that is set is shown: it may be a
/// secret.
pub fn help(command: &Command) -> String {
    let head = "Settings: environment variables, or the same names in lower case in jeton.toml; \
                the environment wins.\n";
    described(command).fold(head.to_owned(), |mut text, setting| {
        let default = setting.default.map(|default| format!(" [default: {default}]")).unwrap_or_default();
        let _ = write!(text, "\n  {}{default}\n          {}", setting.name, setting.meaning); // into a String
        text
    })
}

struct Described {
    name: String,
    default: Option<String>,
    meaning: String,
}

fn described(command: &Command) -> impl Iterator<Item = Described> {
    command.get_arguments().map(|argument| Described {
        name: argument.get_long().unwrap_or_default().to_owned(),
        default: argument
            .get_default_values()
            .first()
            .map(|default| default.to_string_lossy().into_owned())
            .filter(|default| !default.is_empty()),
        meaning: argument.get_help().map(ToString::to_string).unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests;
