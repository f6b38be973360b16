//! The options of `client add` and `client set`. An option that is left out changes nothing, a list
//! replaces the stored one, and an empty value clears it.

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
    /// A scope that it may ask for, whole or in short form; may be repeated (default, and with an
    /// empty one: any)
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

/// The options with users, scopes and files resolved.
pub struct ResolvedSettings {
    settings: Settings,
    owner: Option<Option<i64>>,
    scope: Option<Scope>,
    optional_scope: Option<Scope>,
    jwks: Option<serde_json::Value>,
}

impl Settings {
    /// Resolves users, scopes and files.
    pub async fn resolve(mut self, provider: &Provider) -> Result<ResolvedSettings, Failure> {
        let owner = match self.owner.as_deref() {
            Some("") => Some(None),
            Some(name) => {
                let missing = format!("There is no user {name}");
                Some(Some(provider.show_user(name).await.map_err(|error| Failure::of(error, &missing))?.id))
            }
            None => None,
        };
        let (scope, optional_scope) = (self.scopes.take(), self.optional_scopes.take());
        Ok(ResolvedSettings {
            owner,
            scope: resolve_scope(scope, provider).await?,
            optional_scope: resolve_scope(optional_scope, provider).await?,
            jwks: self.jwks_file.as_deref().map(read_keys).transpose()?,
            settings: self,
        })
    }
}

async fn resolve_scope(names: Option<Vec<String>>, provider: &Provider) -> Result<Option<Scope>, Failure> {
    match names {
        Some(names) => Ok(Some(provider.resolve_scope(&non_empty(&names)).await?)),
        None => Ok(None),
    }
}

/// An empty value makes an empty list.
fn non_empty(list: &[String]) -> Vec<String> {
    list.iter().filter(|item| !item.is_empty()).cloned().collect()
}

/// An empty value takes away what there was.
fn non_empty_text(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

/// Assigns an option that was given.
fn assign<T, V>(option: Option<T>, field: &mut V, value: impl Fn(T) -> V) {
    if let Some(option) = option {
        *field = value(option);
    }
}

impl ResolvedSettings {
    /// Whether no grant type was given.
    pub const fn has_no_grants(&self) -> bool {
        self.settings.grants.is_none()
    }

    /// Applies the options to the client.
    pub fn apply(&self, client: &mut Client) -> Result<(), Failure> {
        let settings = &self.settings;
        settings.toggles.apply(client);
        assign(settings.name.as_ref(), &mut client.name, Clone::clone);
        assign(settings.description.as_ref(), &mut client.description, Clone::clone);
        assign(settings.redirect_uris.as_deref(), &mut client.redirect_uris, non_empty);
        let grants = |grants: &Vec<GrantArg>| grants.iter().copied().map(GrantType::from).collect();
        assign(settings.grants.as_ref(), &mut client.grant_types, grants);
        assign(self.scope.clone(), &mut client.scope, |scope| Some(scope).filter(|scope| !scope.is_empty()));
        assign(self.optional_scope.clone(), &mut client.optional_scope, |scope| scope);
        assign(self.owner, &mut client.owner, |owner| owner);
        assign(settings.post_logout_redirect_uris.as_deref(), &mut client.post_logout_redirect_uris, non_empty);
        assign(settings.id_token_alg, &mut client.id_token_algorithm, Into::into);
        let pkce =
            settings.pkce.map(|rule| (true, Some(PkceRule::from(rule)))).or(settings.no_pkce.then_some((false, None)));
        if let Some((required, rule)) = pkce {
            (client.require_pkce, client.pkce) = (required, rule);
        }
        self.register(client);
        self.contradiction(client)
    }

    fn register(&self, client: &mut Client) {
        let (settings, registration) = (&self.settings, &mut client.registration);
        if self.jwks.is_some() || settings.jwks_uri.is_some() {
            registration.jwks.clone_from(&self.jwks);
            registration.jwks_uri = settings.jwks_uri.as_deref().and_then(non_empty_text);
        }
        assign(settings.auth_method, &mut registration.token_endpoint_auth_method, Into::into);
        assign(settings.request_uris.as_deref(), &mut registration.request_uris, non_empty);
        assign(settings.userinfo_alg, &mut registration.userinfo_signed_response_alg, Into::into);
        assign(settings.backchannel_logout_uri.as_deref(), &mut registration.backchannel_logout_uri, non_empty_text);
    }

    /// Rejects options that contradict each other or the client.
    fn contradiction(&self, client: &Client) -> Result<(), Failure> {
        let (has, registration) = (|option| self.settings.toggles.has(option), &client.registration);
        let fapi = registration.profile == Profile::Fapi;
        let checks = [
            (fapi && has("no-require-dpop"), "--no-require-dpop: FAPI 2.0 demands bound tokens (§5.3.2.1)"),
            (
                fapi && has("no-require-pushed-requests"),
                "--no-require-pushed-requests: FAPI 2.0 demands PAR (§5.3.2.2)",
            ),
            (
                has("backchannel-logout-session-required") && registration.backchannel_logout_uri.is_none(),
                "--backchannel-logout-session-required needs --backchannel-logout-uri",
            ),
        ];
        checks.iter().find(|(broken, _)| *broken).map_or(Ok(()), |(_, line)| Err(Failure::new(*line)))
    }
}
