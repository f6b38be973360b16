//! A client to be registered.

use oauth::jose::Algorithm;
use oauth::{Client, ClientKind, GrantType, PkceRule, Registration, Scope, Timestamp};

/// A client to be registered.
#[derive(Clone)]
pub struct NewClient {
    /// What people see.
    pub name: String,
    /// What people read at consent.
    pub description: String,
    /// Where answers may go.
    pub redirect_uris: Vec<String>,
    /// Confidential or public.
    pub kind: ClientKind,
    /// Of the operator's own house.
    pub first_party: bool,
    /// The operator vouches for it: people are not asked for their consent.
    pub trusted: bool,
    /// The grant types that it may use.
    pub grant_types: Vec<GrantType>,
    /// The most it may ask for; `None`: anything.
    pub scope: Option<Scope>,
    /// The user who registers it; `None`: the operator.
    pub owner: Option<i64>,
    /// Whether it must use PKCE.
    pub require_pkce: bool,
    /// When one that must may leave it out after all; `None`: as the server has it.
    pub pkce: Option<PkceRule>,
    /// Its id; `None`: a new one.
    pub client_id: Option<String>,
    /// Its secret, of any shape; `None`: a new one for a confidential client that does not prove itself with its keys.
    pub client_secret: Option<String>,
    /// Where people may be sent after signing out.
    pub post_logout_redirect_uris: Vec<String>,
    /// Scopes that people may untick at consent.
    pub optional_scope: Scope,
    /// What its ID tokens are signed with, one of [`crate::signing::ALGORITHMS`].
    pub id_token_algorithm: Algorithm,
    /// Whether they tell of the person what userinfo tells.
    pub id_token_claims: bool,
    /// What it registers beyond RFC 6749.
    pub registration: Registration,
    /// The form that asks for it; one form makes one client.
    pub form_id: Option<String>,
}

impl NewClient {
    /// A third party's client with the grant types that its kind and addresses are good for, and PKCE.
    #[must_use]
    pub fn new(name: &str, kind: ClientKind, redirect_uris: Vec<String>) -> Self {
        Self {
            name: name.to_owned(),
            description: String::new(),
            grant_types: default_grant_types(kind, false, !redirect_uris.is_empty()),
            redirect_uris,
            kind,
            first_party: false,
            trusted: false,
            scope: None,
            owner: None,
            require_pkce: true,
            pkce: None,
            client_id: None,
            client_secret: None,
            post_logout_redirect_uris: Vec::new(),
            optional_scope: Scope::default(),
            id_token_algorithm: Algorithm::Rs256,
            id_token_claims: false,
            registration: Registration::default(),
            form_id: None,
        }
    }

    /// The client that is registered then, under this id.
    #[must_use]
    pub fn into_client(self, id: String, now: Timestamp) -> Client {
        Client {
            id,
            name: self.name,
            description: self.description,
            kind: self.kind,
            first_party: self.first_party,
            trusted: self.trusted,
            require_pkce: self.require_pkce,
            pkce: self.pkce,
            grant_types: self.grant_types,
            scope: self.scope,
            redirect_uris: self.redirect_uris,
            post_logout_redirect_uris: self.post_logout_redirect_uris,
            optional_scope: self.optional_scope,
            id_token_algorithm: self.id_token_algorithm,
            id_token_claims: self.id_token_claims,
            registration: self.registration,
            owner: self.owner,
            created_at: now,
            disabled: false,
            version: 1,
        }
    }
}

/// What could be registered to make this client.
impl From<Client> for NewClient {
    fn from(client: Client) -> Self {
        Self {
            name: client.name,
            description: client.description,
            redirect_uris: client.redirect_uris,
            kind: client.kind,
            first_party: client.first_party,
            trusted: client.trusted,
            grant_types: client.grant_types,
            scope: client.scope,
            owner: client.owner,
            require_pkce: client.require_pkce,
            pkce: client.pkce,
            client_id: Some(client.id),
            client_secret: None,
            post_logout_redirect_uris: client.post_logout_redirect_uris,
            optional_scope: client.optional_scope,
            id_token_algorithm: client.id_token_algorithm,
            id_token_claims: client.id_token_claims,
            registration: client.registration,
            form_id: None,
        }
    }
}

/// The grant types of a client whose operator named none: what its redirect URIs, kind and rank are good for.
#[must_use]
pub fn default_grant_types(kind: ClientKind, first_party: bool, has_redirect_uri: bool) -> Vec<GrantType> {
    let mut grants = Vec::new();
    if has_redirect_uri {
        grants.push(GrantType::AuthorizationCode);
    }
    if first_party {
        grants.push(GrantType::Password);
    }
    if !grants.is_empty() {
        grants.push(GrantType::RefreshToken);
    } else if kind == ClientKind::Confidential {
        grants.push(GrantType::ClientCredentials);
    }
    grants
}
