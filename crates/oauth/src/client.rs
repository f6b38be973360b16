//! Registered clients: RFC 6749 §2.

mod kind;

pub use kind::{ClientKind, GrantType};

use crate::jose::Algorithm;
use crate::problem::{Fault, Finding};
use crate::redirect_uri;
use crate::{Error, PkceRule, Profile, Registration, Scope, Timestamp};

/// A registered client. Its secrets are in the store, as hashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// The `client_id`.
    pub id: String,
    /// The name on the consent page.
    pub name: String,
    /// The description on the consent page.
    pub description: String,
    /// Confidential or public.
    pub kind: ClientKind,
    /// First-party: may use the password grant in the mode `first-party`.
    pub first_party: bool,
    /// Trusted by the operator: consent is skipped.
    pub trusted: bool,
    /// Whether a confidential client must use PKCE. A public one must anyway.
    pub require_pkce: bool,
    /// Its own PKCE rule; `None`: the server's.
    pub pkce: Option<PkceRule>,
    /// The allowed grant types.
    pub grant_types: Vec<GrantType>,
    /// The allowed scope; `None`: unrestricted.
    pub scope: Option<Scope>,
    /// The redirect URIs, compared byte by byte.
    pub redirect_uris: Vec<String>,
    /// The post-logout redirect URIs.
    pub post_logout_redirect_uris: Vec<String>,
    /// Scopes that people may untick at consent.
    pub optional_scope: Scope,
    /// The signature algorithm of its ID tokens.
    pub id_token_algorithm: Algorithm,
    /// Whether ID tokens contain the userinfo claims.
    pub id_token_claims: bool,
    /// Registered metadata beyond RFC 6749.
    pub registration: Registration,
    /// The user who registered it; `None`: the operator.
    pub owner: Option<i64>,
    /// When it was registered.
    pub created_at: Timestamp,
    /// Refused everywhere, as if it did not exist.
    pub disabled: bool,
    /// For optimistic locking: increases with every change.
    pub version: i64,
}

impl Client {
    /// Whether the client may use a grant type.
    ///
    /// # Errors
    /// `unauthorized_client`.
    pub fn may(&self, grant: GrantType) -> Result<(), Error> {
        if self.grant_types.contains(&grant) {
            return Ok(());
        }
        let finding = Finding::new(Fault::GrantNotAllowed, "grant_type").sent(grant.as_str());
        Err(Error::unauthorized_client("This client may not use this grant type")
            .because(grant.as_str())
            .found(finding))
    }

    /// Whether it must use PKCE, unless the operator accepts `nonce` instead (RFC 9700 §2.1.1, FAPI
    /// 2.0 Security Profile §5.3.2.2).
    #[must_use]
    pub fn requires_pkce(&self) -> bool {
        self.require_pkce || self.always_pkce()
    }

    /// The PKCE rule of this client, where the server's is `usual`.
    #[must_use]
    pub fn pkce_rule(&self, usual: PkceRule) -> PkceRule {
        match self.require_pkce {
            _ if self.always_pkce() => PkceRule::Required,
            false => PkceRule::Optional,
            true => self.pkce.unwrap_or(usual),
        }
    }

    fn always_pkce(&self) -> bool {
        self.kind == ClientKind::Public || self.registration.profile == Profile::Fapi
    }

    /// Whether a response at this redirect URI reaches this client only: it authenticates, or the
    /// URI is https and not loopback (RFC 8252 §8.6).
    #[must_use]
    pub fn is_identified_by(&self, uri: &str) -> bool {
        self.kind == ClientKind::Confidential || (redirect_uri::is_web(uri) && !redirect_uri::is_loopback(uri))
    }

    /// Checks that the client may request this scope.
    ///
    /// # Errors
    /// `invalid_scope`.
    pub fn check_scope(&self, asked: &Scope) -> Result<(), Error> {
        match &self.scope {
            Some(most) if !most.covers(asked) => {
                let beyond = asked.minus(most).to_string();
                let finding = Finding::new(Fault::ScopeNotAllowed, "scope").sent(&beyond).expected(most.to_string());
                Err(Error::invalid_scope("This client may not ask for this scope").because(beyond).found(finding))
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn a_client_does_what_it_is_registered_for() {
        let client = fixture::client(&[]);
        assert_eq!(client.may(GrantType::RefreshToken), Ok(()));
        let refused = client.may(GrantType::Password).map_err(|error| error.code.as_str());
        assert_eq!(refused, Err("unauthorized_client"));
    }

    #[test]
    fn a_public_client_always_uses_pkce() {
        let confidential = fixture::client(&[]);
        let public = Client { kind: ClientKind::Public, ..confidential.clone() };
        let strict = Client { require_pkce: true, ..confidential.clone() };
        let registration = Registration { profile: Profile::Fapi, ..Registration::default() };
        let fapi = Client { registration, ..confidential.clone() };
        assert!(
            !confidential.requires_pkce() && public.requires_pkce() && strict.requires_pkce() && fapi.requires_pkce()
        );
    }

    #[test]
    fn the_clients_own_pkce_rule_counts_before_the_servers() {
        use PkceRule::{NonceOrPkce, Optional, Required};
        let of = |require_pkce, pkce, usual| Client { require_pkce, pkce, ..fixture::client(&[]) }.pkce_rule(usual);
        let table = [
            (of(true, None, Required), Required),
            (of(true, None, NonceOrPkce), NonceOrPkce),
            (of(true, Some(Required), NonceOrPkce), Required),
            (of(true, Some(NonceOrPkce), Required), NonceOrPkce),
            (of(false, None, Required), Optional),
        ];
        for (rule, expected) in table {
            assert_eq!(rule, expected);
        }
        let lax = Client { pkce: Some(NonceOrPkce), ..fixture::client(&[]) };
        let public = Client { kind: ClientKind::Public, ..lax.clone() };
        let registration = Registration { profile: Profile::Fapi, ..Registration::default() };
        let fapi = Client { registration, ..lax };
        assert_eq!((public.pkce_rule(NonceOrPkce), fapi.pkce_rule(NonceOrPkce)), (Required, Required));
    }

    #[test]
    fn only_an_address_on_the_web_identifies_a_public_client() {
        let confidential = fixture::client(&[]);
        let public = Client { kind: ClientKind::Public, ..confidential.clone() };
        let native = ["http://127.0.0.1/cb", "https://localhost/cb", "com.example.app:/cb"];
        assert!(native.iter().all(|uri| confidential.is_identified_by(uri) && !public.is_identified_by(uri)));
        assert!(public.is_identified_by("https://app.example/cb"));
    }

    #[test]
    fn a_restricted_client_asks_for_no_more() {
        let free = fixture::client(&[]);
        let bound = Client { scope: Some(Scope::of(["read"])), ..free.clone() };
        let (read, both) = (Scope::of(["read"]), Scope::of(["read", "write"]));
        assert_eq!((free.check_scope(&both), bound.check_scope(&read)), (Ok(()), Ok(())));
        let error = bound.check_scope(&both).err();
        assert_eq!(error.as_ref().map(|error| error.code.as_str()), Some("invalid_scope"));
        assert_eq!(error.and_then(|error| error.reason).as_deref(), Some("write"));
    }
}
