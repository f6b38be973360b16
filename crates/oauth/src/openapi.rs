//! The OpenAPI document of the endpoints that programs call: `docs/openapi.json`, written by `cargo xtask openapi`.
//!
//! Schemas come from the types that are serialized, and their descriptions from the comments on them. What is a form is
//! described in `forms`, the operations in `endpoints`. Only the feature `openapi` compiles this.

mod answers;
mod endpoints;
mod forms;
mod one_or_many;
mod operations;
#[cfg(test)]
mod tests;

pub use answers::ErrorResponse;
pub use one_or_many::OneOrMany;

use serde_json::{Value, json};
use utoipa::openapi::{Components, Info, OpenApi, Paths};

/// What everything in the document has in common.
const ABOUT: &str = "OAuth 2.0 and OpenID Connect as Jeton speaks them. Every path also answers with a slash at its end, and \
    under /oauth/ as under /oauth2/. Parameters are form pairs (application/x-www-form-urlencoded), and one that is repeated is \
    refused. Members without a value are left out, never null. More members may come: pass over those that you do not know.";

/// The document.
#[must_use]
pub fn document() -> Value {
    let mut info = Info::new("Jeton", env!("CARGO_PKG_VERSION"));
    info.description = Some(ABOUT.to_owned());
    let mut api = OpenApi::new(info, Paths::new());
    api.paths = operations::paths(endpoints::ALL);
    api.components = Some(components());
    without_null(json!(api))
}

/// The text of `docs/openapi.json`.
#[must_use]
pub fn text() -> String {
    format!("{:#}\n", document())
}

fn components() -> Components {
    let mut components = Components::new();
    components.schemas.extend(answers::schemas().into_iter().chain(forms::schemas()));
    for (name, scheme) in operations::security_schemes() {
        components.add_security_scheme(name, scheme);
    }
    components
}

/// An `Option` that is left out when it is `None` is never `null`, which utoipa cannot know.
fn without_null(value: Value) -> Value {
    match value {
        Value::Array(values) => {
            let null = json!({"type": "null"});
            Value::Array(values.into_iter().filter(|value| *value != null).map(without_null).collect())
        }
        Value::Object(members) => {
            flattened(members.into_iter().map(|(name, value)| (name, without_null(value))).collect())
        }
        other => other,
    }
}

/// `"type": ["string", "null"]` is a string, and a choice of one is that one.
fn flattened(mut members: serde_json::Map<String, Value>) -> Value {
    if let Some(Value::Array(kinds)) = members.get_mut("type") {
        kinds.retain(|kind| kind != "null");
        if let [one] = kinds.as_slice() {
            let one = one.clone();
            members.insert("type".to_owned(), one);
        }
    }
    let only = match members.get("oneOf").and_then(Value::as_array).map(Vec::as_slice) {
        Some([Value::Object(only)]) => only.clone(),
        _ => return Value::Object(members),
    };
    members.remove("oneOf");
    members.extend(only);
    Value::Object(members)
}
