//! Logout settings of a developer's application.

use oauth::form::SignOutForm;

use crate::error::Error;
use crate::provider::Provider;
use crate::store::clients::LogoutSettingsRow;
use crate::store::gate::Gate;

impl Provider {
    /// The stored settings.
    ///
    /// # Errors
    /// `NotFound` when the application belongs to another user.
    pub async fn logout_settings(&self, user_id: i64, id: &str) -> Result<SignOutForm, Error> {
        Ok(SignOutForm::from(&self.own_client(user_id, id).await?))
    }

    /// Validates settings without saving them; empty if they are valid.
    ///
    /// # Errors
    /// `NotFound` when the application belongs to another user.
    pub async fn check_logout_settings(
        &self,
        user_id: i64,
        id: &str,
        form: &SignOutForm,
    ) -> Result<Vec<oauth::form::FieldError>, Error> {
        Ok(form.check(&self.own_client(user_id, id).await?))
    }

    /// Saves post-logout redirect URIs and the back-channel logout URI.
    ///
    /// # Errors
    /// `NotFound` when it belongs to another user; `Form` for the first invalid field; `Conflict`
    /// when it has changed since `version`.
    pub async fn save_logout_settings(
        &self,
        user_id: i64,
        id: &str,
        form: &SignOutForm,
        version: i64,
    ) -> Result<(), Error> {
        let client = self.own_client(user_id, id).await?;
        if let Some(error) = form.check(&client).into_iter().next() {
            return Err(Error::Form(error));
        }
        let registration = form.registration(&client);
        let row = LogoutSettingsRow { id: client.id, version, addresses: form.addresses.clone(), registration };
        if self.only_if(Gate::answers_for(user_id, id, false)).store().update_logout_settings(row).await? {
            Ok(())
        } else {
            Err(Error::Conflict("application-changed".into()))
        }
    }
}
