//! `jeton scope …`.

mod add;

use clap::Subcommand;
use oauth::Risk;
use provider::Provider;
use provider::scopes::ScopeRow;
use serde_json::{Value, json};

use super::{Failure, Output};
use crate::startup::Mode;

/// What can be done with scopes.
#[derive(Subcommand)]
pub enum Command {
    /// Add a scope, or change what is given of one that exists
    Add(add::Arguments),
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
        Command::Add(arguments) => {
            let (scope, is_new) = provider.set_scope(arguments.change()?).await?;
            let sentence = format!("Scope {} {}", scope.name, if is_new { "added" } else { "changed" });
            output.done(&object(&scope), &sentence);
        }
        Command::List => {
            let rows = provider.list_scopes().await?.into_iter().map(|scope| (object(&scope), cells(scope)));
            output.list(&["name", "risk", "title", "description"], rows.collect());
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

fn cells(scope: ScopeRow) -> Vec<String> {
    // The same gap as in other columns that hold nothing.
    let risk = if scope.risk == Risk::Unknown { String::new() } else { scope.risk.as_str().to_owned() };
    vec![scope.name, risk, scope.title, scope.description]
}

fn object(scope: &ScopeRow) -> Value {
    let own = scope.texts.iter();
    let own = own.map(|(tag, text)| (tag.clone(), json!({"title": text.title, "description": text.description})));
    json!({
        "name": scope.name,
        "title": scope.title,
        "description": scope.description,
        "risk": scope.risk.as_str(),
        "languages": own.collect::<serde_json::Map<_, _>>(),
    })
}
