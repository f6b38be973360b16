//! The scope of an authorization request (RFC 6749 §3.3, OpenID Connect Core §3.1.2.1).

use crate::store::records::User;
use oauth::problem::{Fault as Flaw, Finding};
use oauth::{AuthorizationRequest, Client, Error as OAuth, ErrorCode, Scope};

use crate::error::Error;
use crate::provider::Provider;

impl Provider {
    /// The requested scope, or the client's own if none is requested: every token must exist and be
    /// allowed for the client.
    pub(crate) async fn requested_scope(&self, asked: Option<&Scope>, client: &Client) -> Result<Scope, Error> {
        let scope = self.known_scope(asked.or(client.scope.as_ref())).await?;
        client.check_scope(&scope)?;
        Ok(scope)
    }

    /// The requested scope, if all of it exists. Without one (RFC 6749 §3.3): everything but
    /// `introspect` and the OpenID Connect scopes. With `openid`, unknown scope tokens are ignored
    /// (OpenID Connect Core §3.1.2.1), and the response's `scope` lists what was granted.
    pub(crate) async fn known_scope(&self, asked: Option<&Scope>) -> Result<Scope, Error> {
        let known = Scope::of(self.store().list_scopes().await?.into_iter().map(|row| row.name));
        let Some(asked) = asked else { return Ok(known.minus(&named_only())) };
        let (found, unknown) = (asked.intersection(&known), asked.minus(&known));
        if unknown.is_empty() || found.contains(oauth::oidc::OPENID) {
            return Ok(found);
        }
        Err(OAuth::invalid_scope("A requested scope does not exist.")
            .naming(unknown.iter())
            .because(format!("unknown scope {unknown}"))
            .found(Finding::new(Flaw::ScopeUnknown, "scope").sent(unknown.to_string()))
            .into())
    }
}

/// The scopes that are granted only if requested by name.
fn named_only() -> Scope {
    Scope::of([oauth::scope::INTROSPECT]).union(&Scope::of(oauth::oidc::SCOPES))
}

/// The scopes of the claims that an OpenID request names, as far as the client may have them:
/// consent covers these too, and without them the claims are withheld.
pub(super) fn named_scope(request: &AuthorizationRequest, scope: &Scope, client: &Client) -> Scope {
    let named = request.authentication.claims.scope();
    match &client.scope {
        _ if !scope.contains(oauth::oidc::OPENID) => Scope::default(),
        None => named,
        Some(own) => named.minus(&named.minus(own)),
    }
}

/// The part of the requested scope that the user may grant. If it is empty, the result is
/// `access_denied`, by the operator's rules.
pub(super) fn grantable(scope: &Scope, user: &User) -> Result<Scope, OAuth> {
    let may = user.rights().limit(scope);
    if may.is_empty() && !scope.is_empty() {
        return Err(OAuth::new(ErrorCode::AccessDenied, "The user may not grant any of the requested scope.")
            .found(Finding::new(Flaw::ScopeNotGrantable, "scope").sent(scope.to_string())));
    }
    Ok(may)
}
