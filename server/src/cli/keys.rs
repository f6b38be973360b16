//! `jeton keys …`.

use clap::Subcommand;
use provider::signing::{KeyListing, Rotation};
use provider::{Error, Provider};
use serde_json::{Value, json};

use super::{Failure, Output};
use crate::startup::Mode;

/// What can be done with the keys that sign ID tokens.
#[derive(Subcommand)]
pub enum Command {
    /// List the signing keys; their private parts are never shown
    List,
    /// Publish new signing keys, to be used ten minutes later
    Rotate,
    /// Withdraw a signing key that leaked: at once it signs no more, is not published and not
    /// believed
    Withdraw {
        /// Its kid, as `jeton keys list` shows it
        #[arg(allow_hyphen_values = true)]
        kid: String,
    },
}

impl Command {
    /// What the database is opened for.
    pub const fn mode(&self) -> Mode {
        super::mode(matches!(self, Self::List))
    }
}

/// Runs the command.
pub async fn run(command: Command, provider: &Provider, output: Output) -> Result<(), Failure> {
    match command {
        Command::List => {
            let keys = provider.list_keys().await?;
            let columns = ["kid", "algorithm", "state", "signs from", "signs until"];
            output.list(&columns, keys.iter().map(|key| (object(key), row(key))).collect());
        }
        Command::Rotate => match provider.rotate_keys().await? {
            Rotation::Made(from) => {
                let value = json!({"rotated": true, "active_at": from.iso()});
                output.done(&value, &format!("New keys are published; they sign from {}", from.iso()));
            }
            Rotation::Waiting(from) => {
                let line =
                    format!("New keys are published already, and sign from {}: rotate again after that", from.iso());
                return Err(Failure::new(line));
            }
        },
        Command::Withdraw { kid } => return withdraw(&kid, provider, output).await,
    }
    Ok(())
}

async fn withdraw(kid: &str, provider: &Provider, output: Output) -> Result<(), Failure> {
    let done = provider.withdraw_key(kid).await.map_err(|error| match error {
        Error::NotFound => Failure::new(format!("There is no signing key {kid}: see jeton keys list")),
        other => other.into(),
    })?;
    let (alg, at, signer) = (done.algorithm.as_str(), done.at.iso(), done.signer);
    let value = json!({"withdrawn": kid, "alg": alg, "withdrawn_at": at, "active_kid": signer});
    output.done(&value, &format!("Key {kid} ({alg}) is withdrawn since {at}; {signer} signs now"));
    Ok(())
}

fn object(key: &KeyListing) -> Value {
    json!({
        "kid": key.id,
        "alg": key.algorithm,
        "state": key.state.as_str(),
        "created_at": key.created_at.iso(),
        "active_at": key.active_at.iso(),
        "retired_at": key.retired_at.map(|at| at.iso()),
    })
}

fn row(key: &KeyListing) -> Vec<String> {
    vec![
        key.id.clone(),
        key.algorithm.as_str().to_owned(),
        key.state.as_str().to_owned(),
        key.active_at.iso(),
        key.retired_at.map(|at| at.iso()).unwrap_or_default(),
    ]
}
