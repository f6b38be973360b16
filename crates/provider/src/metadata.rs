//! Authorization server metadata (RFC 8414, OpenID Connect Discovery §3), cached for a second.

use std::sync::Arc;

use oauth::Metadata;
use oauth::jose::Algorithm;
use oauth::metadata::Features;
use serde_json::Value;

use crate::error::Error;
use crate::provider::Provider;
use crate::settings::PasswordGrant;
use crate::signing::ALGORITHMS;
use crate::token::ACR;

impl Provider {
    /// The discovery document: it lists only what is enabled.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    pub async fn metadata(&self) -> Result<Arc<Value>, Error> {
        let now = self.now();
        let mut kept = self.cached_metadata().lock().await;
        if let Some((_, document)) = kept.as_ref().filter(|(at, _)| *at == now) {
            return Ok(document.clone());
        }
        let document = Arc::new(self.new_metadata().await?);
        *kept = Some((now, document.clone()));
        Ok(document)
    }

    async fn new_metadata(&self) -> Result<Value, Error> {
        let scopes: Vec<String> = self.store().list_scopes().await?.into_iter().map(|scope| scope.name).collect();
        let settings = self.settings();
        let password_grant = settings.password_grant != PasswordGrant::Off;
        let features = Features {
            id_token_algorithms: ALGORITHMS.to_vec(),
            userinfo_algorithms: ALGORITHMS.to_vec(),
            dpop_algorithms: oauth::dpop::ALGORITHMS.to_vec(),
            assertion_algorithms: Algorithm::ALL.to_vec(),
            request_object_algorithms: Algorithm::ALL.to_vec(),
            request_uris: true,
            pushed_requests: true,
            form_post: true,
            end_session: true,
            back_channel_logout: true,
            acr_values: vec![ACR.to_owned()],
            ui_locales: settings.ui_locales.clone(),
        };
        let metadata = Metadata::new(&settings.issuer, &scopes, password_grant).with(&features);
        serde_json::to_value(metadata).map_err(|error| Error::Internal(error.to_string()))
    }
}
