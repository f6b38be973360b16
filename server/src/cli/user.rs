//! `jeton user …`.

mod access;
mod change;
mod claims;
mod password;
mod render;

use clap::{Args, Subcommand};
use oauth::Client;
use oauth::form::visible;
use provider::Provider;
use provider::users::NewUser;
use serde_json::json;

use self::access::AccessArg;
use self::change::Set;
use self::render::{missing, object, row};
use super::{Failure, Output, input};
use crate::startup::Mode;

/// What can be done with users.
#[derive(Subcommand)]
pub enum Command {
    /// Add a user
    Add(Box<Add>),
    /// List the users
    List,
    /// Show a user
    Show {
        /// The user name
        name: String,
    },
    /// Change a user: only what is named
    Set(Box<Set>),
    /// Remove a user with everything that is theirs; the number is never given to anybody again
    Remove {
        /// The user name
        name: String,
    },
    /// Set a user's password; ends the user's sessions and tokens, and names the permanent tokens
    /// that go on
    Password {
        /// The user name
        name: String,
        /// Read the password from standard input
        #[arg(long, required = true)]
        password_stdin: bool,
        /// End the user's permanent tokens, too
        #[arg(long)]
        end_permanent_tokens: bool,
    },
    /// Disable a user: no sign-in, no session, and no token of theirs is good
    Disable {
        /// The user name
        name: String,
        /// Disable the applications that the user registered, too
        #[arg(long)]
        with_applications: bool,
    },
    /// Enable a user again
    Enable {
        /// The user name
        name: String,
    },
}

/// A user to be added.
#[derive(Args)]
pub struct Add {
    /// The user name
    name: String,
    /// Everything, or only the scopes on the list (default: full, or partial when there is a list)
    #[arg(long)]
    access: Option<AccessArg>,
    /// A scope on the list, whole or in short form; may be repeated
    #[arg(long = "scope", value_name = "SCOPE")]
    scopes: Vec<String>,
    /// Make an administrator
    #[arg(long)]
    admin: bool,
    /// The e-mail address
    #[arg(long)]
    email: Option<String>,
    /// The given name
    #[arg(long)]
    given_name: Option<String>,
    /// The family name
    #[arg(long)]
    family_name: Option<String>,
    /// A further claim; may be repeated
    #[arg(long = "claim", value_name = "NAME=VALUE")]
    claims: Vec<String>,
    /// Read the password from standard input
    #[arg(long, required = true)]
    password_stdin: bool,
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
        Command::Add(add) => self::add(*add, provider, output).await?,
        Command::List => {
            let users = provider.list_users().await?;
            let columns = ["id", "username", "access", "scope", "admin", "state", "name", "email"];
            output.list(&columns, users.iter().map(|user| (object(user), row(user))).collect());
        }
        Command::Show { name } => {
            let user = provider.show_user(&name).await.map_err(|error| missing(error, &name))?;
            output.one(&object(&user));
        }
        Command::Set(set) => change::set(*set, provider, output).await?,
        Command::Remove { name } => change::remove(&name, provider, output).await?,
        Command::Password { name, end_permanent_tokens, .. } => {
            password::run(&name, end_permanent_tokens, provider, output).await?;
        }
        Command::Disable { name, with_applications } => disable(&name, with_applications, provider, output).await?,
        Command::Enable { name } => {
            let user = provider.enable_user(&name).await.map_err(|error| missing(error, &name))?;
            output.done(&object(&user), &format!("User {} enabled", user.username));
        }
    }
    Ok(())
}

/// Names the applications, since those of a person who is gone go on until somebody disables them.
async fn disable(name: &str, with_applications: bool, provider: &Provider, output: Output) -> Result<(), Failure> {
    let done = match with_applications {
        true => provider.disable_user_with_applications(name).await,
        false => provider.disable_user(name).await,
    };
    let user = done.map_err(|error| missing(error, name))?;
    let applications = provider.clients_of(user.id).await?;
    let named = |client: &Client| format!("{} ({})", visible(&client.name), client.id);
    let listed = |disabled: bool| {
        let clients = applications.iter().filter(|client| client.disabled == disabled);
        clients.map(named).collect::<Vec<_>>().join(", ")
    };
    let mut sentence = format!("User {} disabled", user.username);
    if with_applications && !applications.is_empty() {
        sentence += &format!(", with the applications {}", listed(true));
    } else if !listed(false).is_empty() {
        sentence += &format!(
            ". The user's applications go on: {}. This disables them too: jeton user disable {} --with-applications",
            listed(false),
            user.username
        );
    }
    let applications = applications
        .iter()
        .map(|client| json!({"client_id": client.id, "name": client.name, "disabled": client.disabled}));
    let mut answer = object(&user);
    answer["applications"] = applications.collect();
    output.done(&answer, &sentence);
    Ok(())
}

async fn add(add: Add, provider: &Provider, output: Output) -> Result<(), Failure> {
    let mut claims = claims::new(&add.claims)?;
    let mut take = |name: &str| claims.remove(name).and_then(|value| value.as_str().map(str::to_owned));
    let (email, given, family) = (take("email"), take("given_name"), take("family_name"));
    let listed = if add.scopes.is_empty() { AccessArg::Full } else { AccessArg::Partial };
    let new = NewUser {
        access: add.access.unwrap_or(listed).into(),
        allowed: provider.resolve_scope(&add.scopes).await?,
        administrator: add.admin,
        email: add.email.or(email),
        given_name: add.given_name.or(given),
        family_name: add.family_name.or(family),
        claims,
        ..NewUser::full(&add.name, &input::secret("password")?)
    };
    let user = provider.add_user(new).await?;
    output.done(&object(&user), &format!("User {} added with id {}", user.username, user.id));
    Ok(())
}
