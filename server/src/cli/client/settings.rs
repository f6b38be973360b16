//! What can be said of a client: by `client add` of a new one, by `client set` of one that is there. What is not named stays as it is, a list
//! replaces the one that there was, and an empty value takes away what there was.

use std::path::PathBuf;

use clap::Args;
use oauth::{Client, GrantType, PkceRule, Profile, Scope};
use provider::Provider;

use super::toggles::Toggles;
use super::values::{AlgorithmArg, GrantArg, MethodArg, PkceArg, UserinfoArg, read_keys};
use crate::cli::Failure;

/// The options.
#[derive(Args)]
pub struct Settings {
    /// What people see
    #[arg(long)]
    pub name: Option<String>,
    /// What people read at consent
    #[arg(long)]
    description: Option<String>,
    /// Where answers may go; may be repeated
    #[arg(long = "redirect-uri", value_name = "URI", num_args = 1..)]
    redirect_uris: Option<Vec<String>>,
    /// A grant type that it may use; may be repeated (default: what the rest is good for)
    #[arg(long = "grant", value_name = "GRANT")]
    pub grants: Option<Vec<GrantArg>>,
    /// A scope that it may ask for, whole or in short form; may be repeated (default, and with an empty one: any)
    #[arg(long = "scope", value_name = "SCOPE")]
    scopes: Option<Vec<String>>,
    /// A scope that people may untick at consent; may be repeated
    #[arg(long = "optional-scope", value_name = "SCOPE")]
    optional_scopes: Option<Vec<String>>,
    /// The user whose application it is
    #[arg(long, value_name = "USER")]
    owner: Option<String>,
    /// When it may go without PKCE, if it is confidential (default: as JETON_PKCE says)
    #[arg(long, value_name = "RULE")]
    pkce: Option<PkceArg>,
    /// Never require PKCE (a confidential client only)
    #[arg(long, conflicts_with = "pkce")]
    no_pkce: bool,
    /// What its ID tokens are signed with (default: RS256)
    #[arg(long, value_name = "ALGORITHM", value_enum)]
    id_token_alg: Option<AlgorithmArg>,
    /// Where people may be sent after signing out; may be repeated
    #[arg(long = "post-logout-redirect-uri", value_name = "URI", num_args = 1..)]
    post_logout_redirect_uris: Option<Vec<String>>,
    /// How it proves itself (default: with its secret, in the header or in the body)
    #[arg(long, value_name = "METHOD")]
    auth_method: Option<MethodArg>,
    /// A file with its public keys, a JWK set
    #[arg(long, value_name = "FILE", conflicts_with = "jwks_uri")]
    jwks_file: Option<PathBuf>,
    /// Where its public keys are
    #[arg(long, value_name = "URI")]
    jwks_uri: Option<String>,
    /// Where its request objects may be fetched; may be repeated
    #[arg(long = "request-uri", value_name = "URI")]
    request_uris: Option<Vec<String>>,
    /// Sign what userinfo tells it
    #[arg(long, value_name = "ALGORITHM", value_enum)]
    userinfo_alg: Option<UserinfoArg>,
    /// Where it is told that a session ended
    #[arg(long, value_name = "URI")]
    backchannel_logout_uri: Option<String>,
    #[command(flatten)]
    toggles: Toggles,
}

/// The same with users, scopes and files looked up.
pub struct Said {
    settings: Settings,
    owner: Option<Option<i64>>,
    scope: Option<Scope>,
    optional_scope: Option<Scope>,
    jwks: Option<serde_json::Value>,
}

impl Settings {
    /// Looks up what the options name.
    pub async fn look_up(mut self, provider: &Provider) -> Result<Said, Failure> {
        let owner = match self.owner.as_deref() {
            Some("") => Some(None),
            Some(name) => {
                let missing = format!("There is no user {name}");
                Some(Some(provider.show_user(name).await.map_err(|error| Failure::of(error, &missing))?.id))
            }
            None => None,
        };
        let (scope, optional_scope) = (self.scopes.take(), self.optional_scopes.take());
        Ok(Said {
            owner,
            scope: resolved(scope, provider).await?,
            optional_scope: resolved(optional_scope, provider).await?,
            jwks: self.jwks_file.as_deref().map(read_keys).transpose()?,
            settings: self,
        })
    }
}

async fn resolved(names: Option<Vec<String>>, provider: &Provider) -> Result<Option<Scope>, Failure> {
    match names {
        Some(names) => Ok(Some(provider.resolve_scope(&filled(&names)).await?)),
        None => Ok(None),
    }
}

/// An empty value makes an empty list.
fn filled(list: &[String]) -> Vec<String> {
    list.iter().filter(|item| !item.is_empty()).cloned().collect()
}

/// An empty value takes away what there was.
fn known(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

/// Puts a value that was named into its place.
fn put<T, V>(named: Option<T>, place: &mut V, value: impl Fn(T) -> V) {
    if let Some(named) = named {
        *place = value(named);
    }
}

impl Said {
    /// Whether no grant type was named.
    pub const fn has_no_grants(&self) -> bool {
        self.settings.grants.is_none()
    }

    /// Puts into the client what was said of it.
    pub fn apply(&self, client: &mut Client) -> Result<(), Failure> {
        let said = &self.settings;
        said.toggles.apply(client);
        put(said.name.as_ref(), &mut client.name, Clone::clone);
        put(said.description.as_ref(), &mut client.description, Clone::clone);
        put(said.redirect_uris.as_deref(), &mut client.redirect_uris, filled);
        let grants = |grants: &Vec<GrantArg>| grants.iter().copied().map(GrantType::from).collect();
        put(said.grants.as_ref(), &mut client.grant_types, grants);
        put(self.scope.clone(), &mut client.scope, |scope| Some(scope).filter(|scope| !scope.is_empty()));
        put(self.optional_scope.clone(), &mut client.optional_scope, |scope| scope);
        put(self.owner, &mut client.owner, |owner| owner);
        put(said.post_logout_redirect_uris.as_deref(), &mut client.post_logout_redirect_uris, filled);
        put(said.id_token_alg, &mut client.id_token_algorithm, Into::into);
        let pkce = said.pkce.map(|rule| (true, Some(PkceRule::from(rule)))).or(said.no_pkce.then_some((false, None)));
        if let Some((required, rule)) = pkce {
            (client.require_pkce, client.pkce) = (required, rule);
        }
        self.register(client);
        self.contradiction(client)
    }

    fn register(&self, client: &mut Client) {
        let (said, place) = (&self.settings, &mut client.registration);
        if self.jwks.is_some() || said.jwks_uri.is_some() {
            place.jwks.clone_from(&self.jwks);
            place.jwks_uri = said.jwks_uri.as_deref().and_then(known);
        }
        put(said.auth_method, &mut place.token_endpoint_auth_method, Into::into);
        put(said.request_uris.as_deref(), &mut place.request_uris, filled);
        put(said.userinfo_alg, &mut place.userinfo_signed_response_alg, Into::into);
        put(said.backchannel_logout_uri.as_deref(), &mut place.backchannel_logout_uri, known);
    }

    /// What was said and cannot be.
    fn contradiction(&self, client: &Client) -> Result<(), Failure> {
        let (says, registration) = (|option| self.settings.toggles.says(option), &client.registration);
        let fapi = registration.profile == Profile::Fapi;
        let checks = [
            (fapi && says("no-require-dpop"), "--no-require-dpop: FAPI 2.0 demands bound tokens (§5.3.2.1)"),
            (
                fapi && says("no-require-pushed-requests"),
                "--no-require-pushed-requests: FAPI 2.0 demands PAR (§5.3.2.2)",
            ),
            (
                says("backchannel-logout-session-required") && registration.backchannel_logout_uri.is_none(),
                "--backchannel-logout-session-required needs --backchannel-logout-uri",
            ),
        ];
        checks.iter().find(|(broken, _)| *broken).map_or(Ok(()), |(_, line)| Err(Failure::new(*line)))
    }
}
