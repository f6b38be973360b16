//! `jeton client add` and `jeton client set`.

use clap::Args;
use oauth::{Client, ClientKind, Timestamp};
use provider::Provider;
use provider::clients::{NewClient, default_grant_types};

use super::render::{missing, object};
use super::settings::Settings;
use crate::cli::{Failure, Output, input};

/// A client to be registered.
#[derive(Args)]
pub struct Add {
    /// Its id (default: a new one)
    #[arg(long, value_name = "ID")]
    client_id: Option<String>,
    /// Read its secret, of at least 32 characters, from standard input (default: a new one)
    #[arg(long)]
    client_secret_stdin: bool,
    #[command(flatten)]
    settings: Settings,
}

/// Registers the client and prints its id and, this once, its secret.
pub async fn add(add: Add, provider: &Provider, output: Output) -> Result<(), Failure> {
    let new = new_client(add, provider).await?;
    let (client, secret) = provider.add_client(new).await?;
    let mut value = object(&client);
    if let (Some(secret), Some(members)) = (&secret, value.as_object_mut()) {
        members.insert("client_secret".to_owned(), secret.as_str().into());
    }
    let secret = secret.map(|secret| format!("\nclient_secret  {secret}")).unwrap_or_default();
    output.done(&value, &format!("client_id      {}{secret}", client.id));
    Ok(())
}

async fn new_client(add: Add, provider: &Provider) -> Result<NewClient, Failure> {
    if add.settings.name.is_none() {
        return Err(Failure::new("--name NAME is missing: what people see. Run: jeton client add --help"));
    }
    let resolved = add.settings.resolve(provider).await?;
    let blank = NewClient::new("", ClientKind::Confidential, Vec::new());
    let mut client = blank.into_client(String::new(), Timestamp::from_seconds(0));
    resolved.apply(&mut client)?;
    if resolved.has_no_grants() {
        client.grant_types = default_grant_types(client.kind, client.first_party, !client.redirect_uris.is_empty());
    }
    Ok(NewClient {
        client_id: add.client_id,
        client_secret: add.client_secret_stdin.then(input::client_secret).transpose()?,
        ..NewClient::from(client)
    })
}

/// Changes what was named of a client.
pub async fn set(id: &str, settings: Settings, provider: &Provider, output: Output) -> Result<(), Failure> {
    let resolved = settings.resolve(provider).await?;
    let changed =
        provider.change_client(id, |client: &mut Client| resolved.apply(client).map_err(Fault::Invalid)).await;
    let client = changed.map_err(|fault| match fault {
        Fault::Invalid(failure) => failure,
        Fault::Of(error) => missing(error, id),
    })?;
    output.one(&object(&client));
    Ok(())
}

/// Why a client could not be changed.
enum Fault {
    Invalid(Failure),
    Of(provider::Error),
}

impl From<provider::Error> for Fault {
    fn from(error: provider::Error) -> Self {
        Self::Of(error)
    }
}
