//! `jeton client …`.

mod add;
mod settings;
mod toggles;
mod values;

use clap::Subcommand;
use oauth::{Client, ClientKind, GrantType};
use provider::Provider;
use serde_json::{Value, json};

use self::add::Add;
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

fn missing(error: provider::Error, id: &str) -> Failure {
    Failure::of(error, &format!("There is no client {id}"))
}

/// A client as JSON; its registration metadata (RFC 7591) are members among the others, under the
/// registered names.
fn object(client: &Client) -> Value {
    let mut object = own_members(client);
    if let (Some(object), Ok(Value::Object(more))) =
        (object.as_object_mut(), serde_json::to_value(&client.registration))
    {
        object.extend(more);
    }
    object
}

fn own_members(client: &Client) -> Value {
    json!({
        "client_id": client.id,
        "name": client.name,
        "description": client.description,
        "kind": client.kind,
        "first_party": client.first_party,
        "trusted": client.trusted,
        "require_pkce": client.requires_pkce(),
        "pkce": client.pkce,
        "grant_types": client.grant_types,
        "scope": client.scope.as_ref().map(|scope| scope.iter().collect::<Vec<_>>()),
        "optional_scope": client.optional_scope.iter().collect::<Vec<_>>(),
        "redirect_uris": client.redirect_uris,
        "id_token_alg": client.id_token_algorithm,
        "id_token_claims": client.id_token_claims,
        "post_logout_redirect_uris": client.post_logout_redirect_uris,
        "owner": client.owner,
        "created_at": client.created_at.iso(),
        "disabled": client.disabled,
    })
}

fn row(client: &Client) -> Vec<String> {
    let grants: Vec<&str> = client.grant_types.iter().copied().map(GrantType::as_str).collect();
    vec![
        client.id.clone(),
        client.name.clone(),
        ClientKind::as_str(client.kind).to_owned(),
        if client.first_party { "yes" } else { "no" }.to_owned(),
        grants.join(" "),
        client.scope.as_ref().map_or_else(|| "any".to_owned(), ToString::to_string),
        if client.disabled { "disabled" } else { "enabled" }.to_owned(),
        client.redirect_uris.join(" "),
    ]
}
