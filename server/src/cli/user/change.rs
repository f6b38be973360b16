//! `jeton user set` and `jeton user remove`.

use clap::Args;
use oauth::view::{AccountDeletionView, OwnedApplication};
use oauth::{Access, Timestamp};
use provider::users::{Rights, UserChange};
use provider::{Error, Provider};
use serde_json::{Value, json};

use super::access::AccessArg;
use super::claims;
use super::render::{missing, object};
use crate::cli::{Failure, Output};

/// A user to be changed. An empty value takes away what there was.
#[derive(Args)]
pub struct Set {
    /// The user name
    name: String,
    /// Everything, or only the scopes on the list
    #[arg(long)]
    access: Option<AccessArg>,
    /// The list: a scope, whole or in short form; may be repeated; replaces the list that there
    /// was, and means partial access
    #[arg(long = "scope", value_name = "SCOPE")]
    scopes: Option<Vec<String>>,
    /// Make an administrator
    #[arg(long, conflicts_with = "no_admin")]
    admin: bool,
    /// Make no administrator any more
    #[arg(long)]
    no_admin: bool,
    /// The e-mail address; another one is not verified
    #[arg(long)]
    email: Option<String>,
    /// The given name
    #[arg(long)]
    given_name: Option<String>,
    /// The family name
    #[arg(long)]
    family_name: Option<String>,
    /// A further claim; may be repeated; NAME= takes it away
    #[arg(long = "claim", value_name = "NAME=VALUE")]
    claims: Vec<String>,
}

/// Changes what was named.
pub async fn set(set: Set, provider: &Provider, output: Output) -> Result<(), Failure> {
    let name = set.name.clone();
    let change = change(set, provider).await?;
    let user = provider.change_user(&name, change).await.map_err(|error| missing(error, &name))?;
    output.one(&object(&user));
    Ok(())
}

async fn change(set: Set, provider: &Provider) -> Result<UserChange, Failure> {
    let allowed = match set.scopes {
        Some(scopes) => {
            let named: Vec<String> = scopes.into_iter().filter(|scope| !scope.is_empty()).collect();
            Some(provider.resolve_scope(&named).await?)
        }
        None => None,
    };
    // A list of scopes is what partial access may do: it narrows, here as with `user add`.
    let narrowed = allowed.as_ref().is_some_and(|scope| !scope.is_empty()).then_some(Access::Partial);
    let access = set.access.map(Access::from).or(narrowed);
    let administrator = (set.admin || set.no_admin).then_some(set.admin);
    let mut change = UserChange { rights: Rights { access, allowed, administrator }, ..UserChange::default() };
    for (name, value) in claims::read(&set.claims)? {
        let text = || value.as_ref().and_then(Value::as_str).map(str::to_owned);
        match name {
            "email" => change.email = Some(text()),
            "given_name" => change.given_name = Some(text()),
            "family_name" => change.family_name = Some(text()),
            "updated_at" => change.updated_at = value.and_then(|at| at.as_i64()).map(Timestamp::from_seconds),
            _ => change.claims.push((name.to_owned(), value)),
        }
    }
    let known = |text: String| Some(text).filter(|text| !text.is_empty());
    change.email = set.email.map(known).or(change.email);
    change.given_name = set.given_name.map(known).or(change.given_name);
    change.family_name = set.family_name.map(known).or(change.family_name);
    Ok(change)
}

/// Removes a user by the rules by which people delete their own account.
pub async fn remove(name: &str, provider: &Provider, output: Output) -> Result<(), Failure> {
    let user = provider.show_user(name).await.map_err(|error| missing(error, name))?;
    let applications = match provider.remove_user(name).await {
        Err(Error::Conflict(_)) => {
            return Err(prevented_by(&user.username, &provider.account_deletion(user.id).await?));
        }
        other => other.map_err(|error| missing(error, name))?,
    };
    let ids: Vec<&str> = applications.iter().map(|owned| owned.client_id.as_str()).collect();
    let also = if ids.is_empty() { String::new() } else { format!(", with the applications {}", ids.join(", ")) };
    let value = json!({"id": user.id, "username": user.username, "removed": true, "applications": ids});
    output.done(&value, &format!("User {} removed{also}", user.username));
    Ok(())
}

fn prevented_by(name: &str, view: &AccountDeletionView) -> Failure {
    if view.last_administrator {
        return Failure::new(format!(
            "{name} is the last administrator. Make another one first: jeton user set OTHER --admin"
        ));
    }
    let used = view.applications.iter().filter(|owned| owned.people > 0);
    let named = |owned: &OwnedApplication| format!("{} ({})", oauth::form::visible(&owned.name), owned.client_id);
    let used: Vec<String> = used.map(named).collect();
    Failure::new(format!(
        "Other people use applications of {name}: {}. Give each another owner (jeton client set ID --owner USER) or remove it \
        (jeton client remove ID)",
        used.join(", ")
    ))
}
