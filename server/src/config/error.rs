//! What is wrong with a setting.

/// Why the settings cannot be used: one line that names the setting and the fix.
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
