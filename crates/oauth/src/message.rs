//! i18n messages: key and arguments, not translated yet. The translations are in `app/locales`.

use std::fmt;

/// A message key with arguments. The rules of this crate return messages; `app` translates them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The message key (Fluent).
    pub key: &'static str,
    /// The arguments, by name.
    pub args: Vec<(&'static str, Value)>,
}

/// An argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text, shown as it is.
    Text(String),
    /// A number, which also selects the plural form.
    Number(i64),
}

impl Message {
    /// A message without arguments.
    #[must_use]
    pub const fn new(key: &'static str) -> Self {
        Self { key, args: Vec::new() }
    }

    /// With an argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.args.push((name, value.into()));
        self
    }
}

impl From<&'static str> for Message {
    fn from(key: &'static str) -> Self {
        Self::new(key)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

/// `scope-unknown(scope: read)`: for logs and tests.
impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key)?;
        for (name, value) in &self.args {
            match value {
                Value::Text(text) => write!(f, " ({name}: {text})")?,
                Value::Number(number) => write!(f, " ({name}: {number})")?,
            }
        }
        Ok(())
    }
}
