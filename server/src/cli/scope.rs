//! `jeton scope …`.

use clap::Subcommand;
use provider::Provider;
use provider::scopes::ScopeRow;
use serde_json::{Value, json};

use super::{Failure, Output};
use crate::startup::Mode;

/// What can be done with scopes.
#[derive(Subcommand)]
pub enum Command {
    /// Add a scope
    Add {
        /// The scope token, such as read or service_id=printer.example.org
        name: String,
        /// What it lets a token do, as people read it at consent
        #[arg(long, default_value = "")]
        title: String,
        /// More about it
        #[arg(long, default_value = "")]
        description: String,
    },
    /// List the scopes
    List,
    /// Remove a scope: nobody can ask for it any more
    Remove {
        /// The scope token
        name: String,
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
        Command::Add { name, title, description } => {
            let added = provider.add_scope(&name, &title, &description).await?;
            output.done(&object(&added), &format!("Scope {name} added"));
        }
        Command::List => {
            let scopes = provider.list_scopes().await?.into_iter();
            let rows = scopes.map(|scope| (object(&scope), vec![scope.name, scope.title, scope.description]));
            output.list(&["name", "title", "description"], rows.collect());
        }
        Command::Remove { name } => {
            let missing = format!("There is no scope {name}");
            let used = provider.remove_scope(&name).await.map_err(|error| Failure::of(error, &missing))?;
            let value = json!({"name": name, "removed": true, "clients": used.clients, "tokens": used.tokens});
            let sentence = format!(
                "Scope {name} removed; still listed by {} clients and {} permanent tokens",
                used.clients, used.tokens
            );
            output.done(&value, &sentence);
        }
    }
    Ok(())
}

fn object(scope: &ScopeRow) -> Value {
    json!({"name": scope.name, "title": scope.title, "description": scope.description})
}
