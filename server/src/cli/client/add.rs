//! `jeton client add`.

use clap::{Args, ValueEnum};
use oauth::jose::Algorithm;
use oauth::{ClientKind, GrantType};
use provider::Provider;
use provider::clients::{NewClient, default_grant_types};

use super::object;
use super::registration::{self, Options};
use crate::cli::{Failure, Output, input};

/// A client to be registered.
#[derive(Args)]
pub struct Add {
    /// What people see
    #[arg(long)]
    name: String,
    /// What people read at consent
    #[arg(long, default_value = "")]
    description: String,
    /// Where answers may go; may be repeated
    #[arg(long = "redirect-uri", value_name = "URI", num_args = 1..)]
    redirect_uris: Vec<String>,
    /// A single-page or native application: no secret, always PKCE
    #[arg(long)]
    public: bool,
    /// An application of your own house: it may use the password grant
    #[arg(long)]
    first_party: bool,
    /// A grant type that it may use; may be repeated (default: what the rest is good for)
    #[arg(long = "grant", value_name = "GRANT")]
    grants: Vec<GrantArg>,
    /// A scope that it may ask for, whole or in short form; may be repeated (default: any)
    #[arg(long = "scope", value_name = "SCOPE")]
    scopes: Vec<String>,
    /// A scope that people may untick at consent; may be repeated
    #[arg(long = "optional-scope", value_name = "SCOPE")]
    optional_scopes: Vec<String>,
    /// The user whose application it is
    #[arg(long, value_name = "USER")]
    owner: Option<String>,
    /// Do not require PKCE (a confidential client only)
    #[arg(long)]
    no_pkce: bool,
    /// Its id (default: a new one)
    #[arg(long, value_name = "ID")]
    client_id: Option<String>,
    /// Read its secret from standard input (default: a new one)
    #[arg(long)]
    client_secret_stdin: bool,
    /// What its ID tokens are signed with
    #[arg(long, value_name = "ALGORITHM", value_enum, default_value = "RS256")]
    id_token_alg: AlgorithmArg,
    /// Where people may be sent after signing out; may be repeated
    #[arg(long = "post-logout-redirect-uri", value_name = "URI", num_args = 1..)]
    post_logout_redirect_uris: Vec<String>,
    #[command(flatten)]
    options: Options,
}

/// A grant type, as it stands in a token request.
#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
enum GrantArg {
    /// A person consents in the browser
    AuthorizationCode,
    /// An earlier grant goes on
    RefreshToken,
    /// User name and password in exchange for a token
    Password,
    /// The client acts for itself
    ClientCredentials,
}

impl From<GrantArg> for GrantType {
    fn from(grant: GrantArg) -> Self {
        match grant {
            GrantArg::AuthorizationCode => Self::AuthorizationCode,
            GrantArg::RefreshToken => Self::RefreshToken,
            GrantArg::Password => Self::Password,
            GrantArg::ClientCredentials => Self::ClientCredentials,
        }
    }
}

/// A signature algorithm.
#[derive(Clone, Copy, ValueEnum)]
pub enum AlgorithmArg {
    /// RSA with SHA-256
    #[value(name = "RS256")]
    Rs256,
    /// P-256 with SHA-256
    #[value(name = "ES256")]
    Es256,
}

impl From<AlgorithmArg> for Algorithm {
    fn from(algorithm: AlgorithmArg) -> Self {
        match algorithm {
            AlgorithmArg::Rs256 => Self::Rs256,
            AlgorithmArg::Es256 => Self::Es256,
        }
    }
}

/// Registers the client and prints its id and, this once, its secret.
pub async fn run(add: Add, provider: &Provider, output: Output) -> Result<(), Failure> {
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
    let kind = if add.public { ClientKind::Public } else { ClientKind::Confidential };
    let owner = match &add.owner {
        Some(name) => {
            let missing = format!("There is no user {name}");
            Some(provider.show_user(name).await.map_err(|error| Failure::of(error, &missing))?.id)
        }
        None => None,
    };
    let scope = if add.scopes.is_empty() { None } else { Some(provider.resolve_scope(&add.scopes).await?) };
    Ok(NewClient {
        description: add.description,
        first_party: add.first_party,
        grant_types: match add.grants.is_empty() {
            true => default_grant_types(kind, add.first_party, !add.redirect_uris.is_empty()),
            false => add.grants.into_iter().map(GrantType::from).collect(),
        },
        scope,
        owner,
        require_pkce: !add.no_pkce,
        client_id: add.client_id,
        client_secret: add.client_secret_stdin.then(|| input::secret("client secret")).transpose()?,
        post_logout_redirect_uris: add.post_logout_redirect_uris,
        id_token_algorithm: add.id_token_alg.into(),
        registration: registration::read(add.options)?,
        optional_scope: provider.resolve_scope(&add.optional_scopes).await?,
        ..NewClient::new(&add.name, kind, add.redirect_uris)
    })
}
