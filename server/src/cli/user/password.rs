//! `jeton user password`: sets a password, and names what goes on all the same.

use provider::Provider;
use provider::permanent_tokens::operator::TokenListing;
use serde_json::json;

use super::render::missing;
use crate::cli::{Failure, Output, input};

/// Sets the password; the permanent tokens end where that is asked for, and are named where it is
/// not.
pub async fn run(name: &str, permanent: bool, provider: &Provider, output: Output) -> Result<(), Failure> {
    let password = input::secret("password")?;
    provider.reset_password(name, &password, permanent).await.map_err(|error| missing(error, name))?;
    let tokens = provider.list_tokens(Some(&oauth::user::normalize_username(name))).await?;
    let live: Vec<_> = tokens.iter().filter(|token| token.kind == "permanent" && token.revoked_at.is_none()).collect();
    let listed: Vec<_> = live.iter().map(|token| json!({"id": token.id, "name": token.name})).collect();
    let value = json!({"username": name, "password_changed": true, "permanent_tokens": listed});
    output.done(&value, &line(name, &live));
    Ok(())
}

fn line(name: &str, live: &[&TokenListing]) -> String {
    let done = format!("Password of {name} set; sessions, access and refresh tokens ended");
    if live.is_empty() {
        return done;
    }
    let each = live.iter().map(|token| {
        let called = oauth::form::visible(token.name.as_deref().unwrap_or_default());
        format!("\n  jeton token revoke {}   ({called})", token.id)
    });
    let ways = "End each, or all at once by setting the password with --end-permanent-tokens:";
    format!("{done}. Permanent tokens that go on: {}. {ways}{}", live.len(), each.collect::<String>())
}
