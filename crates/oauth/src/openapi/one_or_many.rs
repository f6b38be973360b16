//! The schema of a member that is a text or a list of texts, such as `aud` (RFC 7519 §4.1.3).

use utoipa::ToSchema;

/// A text, or a list of several.
#[derive(ToSchema)]
#[schema(description = "A text, or a list of several.")]
#[serde(untagged)]
pub enum OneOrMany {
    /// One.
    One(String),
    /// Several.
    Many(Vec<String>),
}
