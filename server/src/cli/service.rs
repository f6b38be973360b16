//! `jeton service …`.

use clap::Subcommand;
use provider::Provider;
use provider::services::{Format, ServiceRow};
use serde_json::{Value, json};

use super::{Failure, Output};
use crate::startup::Mode;

/// What can be done with services: the resources that clients name (RFC 8707).
#[derive(Subcommand)]
pub enum Command {
    /// Say in what form a service wants the access tokens that are for it
    Add {
        /// The resource by which clients name it; a slash behind the host makes no other one
        #[arg(long, value_name = "URI")]
        resource: String,
        /// Signed tokens that it reads by itself (default: opaque ones, which it introspects)
        #[arg(long)]
        jwt: bool,
        /// What you call it
        #[arg(long, default_value = "")]
        name: String,
    },
    /// List the services
    List,
    /// Remove a service: new tokens for it are opaque
    Remove {
        /// The resource by which clients name it
        #[arg(value_name = "URI")]
        resource: String,
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
        Command::Add { resource, jwt, name } => {
            let format = if jwt { Format::Jwt } else { Format::Opaque };
            let added = provider.add_service(ServiceRow { resource, name, format }).await?;
            output.done(&object(&added), &format!("Service {} added: {} tokens", added.resource, format.as_str()));
        }
        Command::List => {
            let services = provider.list_services().await?.into_iter();
            let row = |one: ServiceRow| vec![one.resource, one.format.as_str().to_owned(), one.name];
            let rows = services.map(|service| (object(&service), row(service)));
            output.list(&["resource", "format", "name"], rows.collect());
        }
        Command::Remove { resource } => {
            let missing = format!("There is no service {resource}");
            provider.remove_service(&resource).await.map_err(|error| Failure::of(error, &missing))?;
            output.done(&json!({"resource": resource, "removed": true}), &format!("Service {resource} removed"));
        }
    }
    Ok(())
}

fn object(service: &ServiceRow) -> Value {
    json!({"resource": service.resource, "name": service.name, "format": service.format.as_str()})
}
