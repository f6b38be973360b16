//! How a developer's application takes part in signing out.

use oauth::form::SignOutForm;

use crate::error::Error;
use crate::provider::Provider;
use crate::store::clients::LogoutSettingsRow;
use crate::store::gate::Gate;

impl Provider {
    /// What is stored.
    ///
    /// # Errors
    /// `NotFound` when the application is not theirs.
    pub async fn logout_settings(&self, user_id: i64, id: &str) -> Result<SignOutForm, Error> {
        Ok(SignOutForm::from(&self.own_client(user_id, id).await?))
    }

    /// What stands in the way of saving this; empty: nothing does.
    ///
    /// # Errors
    /// `NotFound` when the application is not theirs.
    pub async fn check_logout_settings(
        &self,
        user_id: i64,
        id: &str,
        form: &SignOutForm,
    ) -> Result<Vec<oauth::form::FieldError>, Error> {
        Ok(form.check(&self.own_client(user_id, id).await?))
    }

    /// Changes where people may go after signing out, and where the application hears of it.
    ///
    /// # Errors
    /// `NotFound` when it is not theirs; `Form` for the first faulty field; `Conflict` when somebody changed it since `version`.
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
