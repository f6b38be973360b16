//! Userinfo (OpenID Connect Core §5.3): what an access token may tell its client about the person.

use oauth::oidc::{ClaimsRequest, subject, userinfo};
use oauth::{BearerError, Timestamp};
use serde_json::{Map, Value};

use crate::error::Error;
use crate::introspect::effective;
use crate::provider::Provider;

impl Provider {
    /// The claims of the person behind this token, as the account has them now.
    ///
    /// # Errors
    /// `Bearer`: `invalid_token` for a token that is not good or acts for nobody, `insufficient_scope` without `openid`.
    pub async fn userinfo(&self, token: &str) -> Result<Map<String, Value>, Error> {
        let now: Timestamp = self.now();
        let token = self.live_token(token, None, now).await?.ok_or(BearerError::InvalidToken)?;
        let scope = effective(&token);
        userinfo::check_scope(&scope)?;
        let user_id = token.user.as_ref().ok_or(BearerError::InvalidToken)?.id;
        let user = self.store().find_user(user_id).await?.filter(|user| !user.disabled);
        let user = user.ok_or(BearerError::InvalidToken)?;
        let request = token.claims.unwrap_or_else(ClaimsRequest::default);
        Ok(userinfo::claims(&subject(user.id), &user.standard_claims(), &scope, &request))
    }
}
