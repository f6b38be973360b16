//! Input of a client registration.

use oauth::jose::Algorithm;
use oauth::{Client, ClientKind, GrantType, PkceRule, Registration, Scope, Timestamp};

/// A client to register.
#[derive(Clone)]
pub struct NewClient {
    /// The name, shown to users.
    pub name: String,
    /// The description, shown at consent.
    pub description: String,
    /// The redirect URIs.
    pub redirect_uris: Vec<String>,
    /// Confidential or public.
    pub kind: ClientKind,
    /// Whether it is first-party: the operator's own.
    pub first_party: bool,
    /// Whether the operator trusts it: no consent page.
    pub trusted: bool,
    /// The allowed grant types.
    pub grant_types: Vec<GrantType>,
    /// The maximum scope; `None`: unrestricted.
    pub scope: Option<Scope>,
    /// The user who registers it; `None`: the operator.
    pub owner: Option<i64>,
    /// Whether it must use PKCE.
    pub require_pkce: bool,
    /// When a client that must use PKCE may omit it; `None`: the server's rule.
    pub pkce: Option<PkceRule>,
    /// Its id; `None`: a new one.
    pub client_id: Option<String>,
    /// Its secret, in any format; `None`: a new one for a confidential client that does not
    /// authenticate with its keys.
    pub client_secret: Option<String>,
    /// The post-logout redirect URIs.
    pub post_logout_redirect_uris: Vec<String>,
    /// Scopes that users may untick at consent.
    pub optional_scope: Scope,
    /// The signature algorithm of its ID tokens, one of [`crate::signing::ALGORITHMS`].
    pub id_token_algorithm: Algorithm,
    /// Whether its ID tokens contain the claims of userinfo.
    pub id_token_claims: bool,
    /// Registered metadata beyond RFC 6749.
    pub registration: Registration,
    /// The id of the form: one form registers one client.
    pub form_id: Option<String>,
}

impl NewClient {
    /// A third-party client with the grant types that its kind and redirect URIs allow, and PKCE.
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

    /// The resulting client, with this id.
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

/// The registration that would result in this client.
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

/// The default grant types, by redirect URIs, kind and whether the client is first-party.
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
