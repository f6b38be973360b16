//! `max_age` and `prompt`: whether a sign-in is fresh enough (OpenID Connect Core §3.1.2.1).

use oauth::{AuthorizationRequest, Params, Prompt};

use super::step::RequestContext;
use crate::provider::Provider;
use crate::signed_in::SignedIn;

impl Provider {
    /// Whether the sign-in satisfies `prompt` and `max_age` (OpenID Connect Core §3.1.2.1).
    pub(super) fn is_fresh_enough(
        &self,
        request: &AuthorizationRequest,
        params: &Params,
        signed_in: &SignedIn,
        at: RequestContext<'_>,
    ) -> bool {
        if self.has_reauthenticated(params, signed_in, at) {
            return true;
        }
        let was_asked = self.has_valid_marker(params, at);
        let young =
            request.max_age.is_none_or(|age| at.now.is_within(age.saturating_add(1), signed_in.auth_time) && age > 0);
        let chosen = !request.wants(Prompt::SelectAccount) || was_asked;
        young && chosen && !request.wants(Prompt::Login)
    }
}
