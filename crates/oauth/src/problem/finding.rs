//! The fault of a request, as values.

use super::{Fault, redacted};
use serde::{Deserialize, Serialize};

/// The fault of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The kind of fault.
    pub fault: Fault,
    /// The parameter; `Authorization` for the header.
    pub parameter: String,
    /// The received value, redacted, where it helps. For a scope: the wrong tokens.
    pub sent: Option<String>,
    /// The expected value, if there is exactly one.
    pub expected: Option<String>,
    /// The age of the code or token in seconds, if that is the fault.
    pub age: Option<i64>,
    /// The allowed age, in seconds.
    pub lifetime: Option<i64>,
}

impl Finding {
    /// A fault of a parameter.
    #[must_use]
    pub fn new(fault: Fault, parameter: &str) -> Self {
        Self { fault, parameter: parameter.to_owned(), sent: None, expected: None, age: None, lifetime: None }
    }

    /// With the received value, redacted.
    #[must_use]
    pub fn sent(mut self, sent: impl AsRef<str>) -> Self {
        self.sent = Some(redacted(sent.as_ref()));
        self
    }

    /// With the expected value.
    #[must_use]
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// With age and allowed age, in seconds.
    #[must_use]
    pub fn aged(mut self, age: i64, lifetime: i64) -> Self {
        (self.age, self.lifetime) = (Some(age), Some(lifetime));
        self
    }
}
