//! The ID token that comes with an access token (OpenID Connect Core §3.1.3.3, §12.2).

use crate::store::records::Authentication;
use oauth::jose::Typ;
use oauth::oidc::id_token::{ClaimSources, IdToken, Issuance, SignIn};
use oauth::oidc::{OPENID, subject};
use oauth::{Client, Scope, Secret, Timestamp};

use crate::error::Error;
use crate::provider::Provider;

/// `acr` of every sign-in: a password and nothing stronger (OpenID Connect Core §2).
pub const ACR: &str = "1";

/// `amr` of every sign-in (RFC 8176).
const AMR: [&str; 1] = ["pwd"];

/// Input of an ID token.
pub(super) struct Request<'a> {
    pub client: &'a Client,
    pub user_id: i64,
    pub scope: &'a Scope,
    pub authentication: &'a Authentication,
    pub issuance: Issuance<'a>,
}

impl Provider {
    /// An ID token for this access token, with the same lifetime; `None` if the scope lacks
    /// `openid`.
    pub(super) async fn id_token(
        &self,
        request: Request<'_>,
        access: &Secret,
        now: Timestamp,
    ) -> Result<Option<String>, Error> {
        if !request.scope.contains(OPENID) {
            return Ok(None);
        }
        let user = self.store().find_user(request.user_id).await?.ok_or(Error::NotFound)?;
        let (subject, authentication) = (subject(user.id), request.authentication);
        let token = IdToken {
            issuer: &self.settings().issuer,
            client_id: &request.client.id,
            sign_in: SignIn {
                subject: &subject,
                auth_time: authentication.auth_time,
                acr: Some(ACR),
                amr: &AMR,
                session: authentication.session.as_deref().filter(|_| receives_logout_tokens(request.client)),
            },
            issuance: request.issuance,
            access_token: access.expose(),
            issued_at: now,
            lifetime: self.settings().access_token_ttl,
        };
        let about = ClaimSources {
            user: &user.standard_claims(),
            request: &authentication.claims,
            scope: request.scope,
            all: request.client.id_token_claims,
        };
        let claims = token.claims(&about);
        self.sign(request.client.id_token_algorithm, Typ::Jwt, &claims).await.map(Some)
    }
}

/// Whether the client gets `sid`: only if it is registered for logout notifications
/// (OpenID Connect Back-Channel Logout §2.1, §2.2). For other clients, `sid` would link sign-ins of
/// one browser.
const fn receives_logout_tokens(client: &Client) -> bool {
    client.registration.backchannel_logout_uri.is_some()
}
