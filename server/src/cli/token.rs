//! `jeton token …`. Values are never listed: they are not stored.

use clap::{Args, Subcommand};
use provider::Provider;
use provider::permanent_tokens::operator::TokenListing;
use serde_json::{Value, json};

use super::{Failure, Output, input};
use crate::startup::Mode;

/// What can be done with tokens.
#[derive(Subcommand)]
pub enum Command {
    /// List permanent tokens and live access tokens
    List {
        /// Those of this user
        #[arg(long)]
        user: Option<String>,
    },
    /// Revoke a token
    Revoke(Which),
}

/// A token, by its id or its value.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub struct Which {
    /// The token's id, as listed
    id: Option<String>,
    /// Read the token's value from standard input
    #[arg(long)]
    value_stdin: bool,
}

impl Command {
    /// What the database is opened for.
    pub const fn mode(&self) -> Mode {
        super::mode(matches!(self, Self::List { .. }))
    }
}

/// Runs the command.
pub async fn run(command: Command, provider: &Provider, output: Output) -> Result<(), Failure> {
    match command {
        Command::List { user } => list(user, provider, output).await,
        Command::Revoke(Which { id: Some(id), .. }) => {
            let missing = format!("There is no token {id}");
            provider.revoke_token_by_id(&id).await.map_err(|error| Failure::of(error, &missing))?;
            output.done(&json!({"id": id, "revoked": true}), &format!("Token {id} revoked"));
            Ok(())
        }
        Command::Revoke(_) => {
            if !provider.revoke_value(&input::secret("token")?).await? {
                return Err(Failure::new("There is no live token with this value"));
            }
            output.done(&json!({"revoked": true}), "Token revoked");
            Ok(())
        }
    }
}

async fn list(user: Option<String>, provider: &Provider, output: Output) -> Result<(), Failure> {
    let user = user.map(|name| oauth::user::normalize_username(&name));
    let missing = format!("There is no user {}", user.as_deref().unwrap_or_default());
    let tokens = provider.list_tokens(user.as_deref()).await.map_err(|error| Failure::of(error, &missing))?;
    let columns = ["id", "kind", "user", "client", "name", "scope", "issued", "expires", "revoked"];
    output.list(&columns, tokens.iter().map(|token| (object(token), row(token))).collect());
    Ok(())
}

fn object(token: &TokenListing) -> Value {
    json!({
        "id": token.id,
        "kind": token.kind,
        "username": token.username,
        "client_id": token.client_id,
        "name": token.name,
        "scope": token.scope.split_whitespace().collect::<Vec<_>>(),
        "issued_at": token.issued_at.iso(),
        "expires_at": token.expires_at.map(oauth::Timestamp::iso),
        "revoked_at": token.revoked_at.map(oauth::Timestamp::iso),
    })
}

fn row(token: &TokenListing) -> Vec<String> {
    let time = |at: Option<oauth::Timestamp>| at.map_or_else(|| "-".to_owned(), oauth::Timestamp::iso);
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    vec![
        token.id.clone(),
        token.kind.to_owned(),
        text(&token.username),
        text(&token.client_id),
        text(&token.name),
        token.scope.clone(),
        token.issued_at.iso(),
        time(token.expires_at),
        time(token.revoked_at),
    ]
}
