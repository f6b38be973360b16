//! Users as the command line prints them.

use provider::User;
use serde_json::{Value, json};

use crate::cli::Failure;

/// The failure of a command about this user.
pub(super) fn missing(error: provider::Error, name: &str) -> Failure {
    Failure::of(error, &format!("There is no user {name}"))
}

/// A user as JSON.
pub(super) fn object(user: &User) -> Value {
    json!({
        "id": user.id,
        "username": user.username,
        "access": user.access,
        "scope": user.allowed.iter().collect::<Vec<_>>(),
        "admin": user.administrator,
        "disabled": user.disabled,
        "email": user.email,
        "given_name": user.given_name,
        "family_name": user.family_name,
        "claims": serde_json::from_str::<Value>(&user.claims).unwrap_or_default(),
        "created_at": user.created_at.iso(),
        "updated_at": user.updated_at.iso(),
        "password_changed_at": user.password_changed_at.iso(),
    })
}

/// A user as a line of the list.
pub(super) fn row(user: &User) -> Vec<String> {
    vec![
        user.id.to_string(),
        user.username.clone(),
        user.access.as_str().to_owned(),
        user.allowed.to_string(),
        if user.administrator { "yes" } else { "no" }.to_owned(),
        if user.disabled { "disabled" } else { "enabled" }.to_owned(),
        user.full_name().unwrap_or_default(),
        user.email.clone().unwrap_or_default(),
    ]
}
