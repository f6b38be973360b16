//! `jeton client …`.

mod add;
mod render;
mod settings;
mod toggles;
mod values;

use clap::Subcommand;
use provider::Provider;
use serde_json::json;

use self::add::Add;
use self::render::{missing, object, row};
use self::settings::Settings;
use super::{Failure, Output};
use crate::startup::Mode;

/// What can be done with clients.
#[derive(Subcommand)]
pub enum Command {
    /// Register a client
    Add(Box<Add>),
    /// List the clients
    List,
    /// Show a client
    Show {
        /// The client id
        id: String,
    },
    /// Change a client: only what is named; a list replaces the one that there was, an empty value
    /// takes away what there was
    Set {
        /// The client id
        id: String,
        #[command(flatten)]
        settings: Box<Settings>,
    },
    /// Make a new secret
    RotateSecret {
        /// The client id
        id: String,
        /// How long the current secret goes on
        #[arg(long, value_name = "SECONDS", default_value_t = 0, value_parser = clap::value_parser!(i64).range(0..=31_536_000))]
        keep: i64,
    },
    /// Disable a client: it is refused everywhere, and no token of its is good
    Disable {
        /// The client id
        id: String,
    },
    /// Enable a client again; its tokens that have not expired are good again
    Enable {
        /// The client id
        id: String,
    },
    /// Remove a client with everything that was issued to it
    Remove {
        /// The client id
        id: String,
    },
}

impl Command {
    /// What the database is opened for.
    pub const fn mode(&self) -> Mode {
        super::mode(matches!(self, Self::List | Self::Show { .. }))
    }
}

/// Runs the command.
pub async fn run(command: Command, provider: &Provider, output: Output) -> Result<(), Failure> {
    match command {
        Command::Add(add) => add::add(*add, provider, output).await?,
        Command::Set { id, settings } => add::set(&id, *settings, provider, output).await?,
        Command::List => {
            let clients = provider.list_clients().await?;
            let columns = ["client_id", "name", "kind", "first party", "grants", "scope", "state", "redirect uris"];
            output.list(&columns, clients.iter().map(|client| (object(client), row(client))).collect());
        }
        Command::Show { id } => {
            let client = provider.show_client(&id).await.map_err(|error| missing(error, &id))?;
            output.one(&object(&client));
        }
        Command::RotateSecret { id, keep } => {
            let secret = provider.rotate_secret(&id, keep).await.map_err(|error| missing(error, &id))?;
            output.one(&json!({"client_id": id, "client_secret": secret}));
        }
        Command::Disable { id } => {
            provider.disable_client(&id).await.map_err(|error| missing(error, &id))?;
            output.done(&json!({"client_id": id, "disabled": true}), &format!("Client {id} disabled"));
        }
        Command::Enable { id } => {
            provider.enable_client(&id).await.map_err(|error| missing(error, &id))?;
            output.done(&json!({"client_id": id, "disabled": false}), &format!("Client {id} enabled"));
        }
        Command::Remove { id } => {
            provider.remove_client(&id).await.map_err(|error| missing(error, &id))?;
            output.done(&json!({"client_id": id, "removed": true}), &format!("Client {id} removed"));
        }
    }
    Ok(())
}
