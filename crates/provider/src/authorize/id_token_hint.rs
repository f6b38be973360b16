//! The user that the client expects: `id_token_hint`, and `sub` and `acr` in `claims`
//! (OpenID Connect Core §3.1.2.1, §5.5.1).

use super::step::{Checked, RequestContext, Step};
use crate::signed_in::SignedIn;
use crate::store::records::User;
use oauth::oidc::{IdTokenHint, subject};
use oauth::{AuthorizationRequest, Client, Error as OAuth, ErrorCode, Params, Prompt};

use crate::error::Error;
use crate::provider::Provider;
use crate::signing::verify;
use crate::token::ACR;

/// Whether this user is the one that the client expects.
pub(super) fn is_expected_subject(checked: &Checked, user: &User) -> bool {
    checked.request.authentication.allows_subject(checked.hint.as_ref(), &subject(user.id))
}

impl Provider {
    /// Verifies `id_token_hint`: this server must have issued it to this client; it may have
    /// expired.
    pub(super) async fn verify_id_token_hint(
        &self,
        request: &AuthorizationRequest,
        client: &Client,
    ) -> Result<Option<IdTokenHint>, Error> {
        let authentication = &request.authentication;
        if !authentication.claims.allows_acr(ACR) {
            let description = "No sign-in here is of the class that the client cannot do without.";
            return Err(OAuth::new(ErrorCode::UnmetAuthenticationRequirements, description).into());
        }
        let Some(text) = &authentication.id_token_hint else { return Ok(None) };
        let keys = self.known_keys(self.now()).await?;
        let hint = IdTokenHint::read(text, &self.settings().issuer, &keys, &verify)
            .and_then(|hint| hint.for_client(&client.id));
        hint.map(Some).map_err(|error| {
            let description = "The id_token_hint is not an ID token that this server issued to this client.";
            OAuth::invalid_request(description).because(error.to_string()).into()
        })
    }

    /// Offers to switch users when another one is signed in, once: a second offer would be a
    /// redirect loop.
    pub(super) fn switch_step(
        &self,
        checked: &Checked,
        params: &Params,
        signed_in: &SignedIn,
        at: RequestContext<'_>,
    ) -> Result<Step, Error> {
        if checked.request.wants(Prompt::None) || self.has_reauthenticated(params, signed_in, at) {
            return Err(
                OAuth::new(ErrorCode::LoginRequired, "Somebody else than the client expects is signed in.").into()
            );
        }
        Ok(Step::Switch(self.switch_path(params, at)))
    }
}
