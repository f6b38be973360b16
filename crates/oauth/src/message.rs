//! What is to be told to a person, in no language yet: the pages hold the words.

use std::fmt;

/// A message: the key of a sentence, and what stands in it. The rules of this crate name what is wrong; the sentence
/// itself stands in `app/locales`, once for each language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The key of the sentence.
    pub key: &'static str,
    /// What stands in the sentence, by name.
    pub args: Vec<(&'static str, Value)>,
}

/// Something that stands in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text, shown as it is.
    Text(String),
    /// A number, which also decides between singular and plural.
    Number(i64),
}

impl Message {
    /// The sentence with this key, in which nothing has to be filled in.
    #[must_use]
    pub const fn new(key: &'static str) -> Self {
        Self { key, args: Vec::new() }
    }

    /// The same message with this in the place of that name.
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
