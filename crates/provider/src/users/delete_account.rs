//! Account deletion, by the user.

use oauth::form::FieldError;
use oauth::view::{AccountDeletionView, OwnedApplication};

use super::Rejected;
use super::profile::{not_current, wrong_current};
use crate::error::Error;
use crate::provider::Provider;
use crate::sign_in::Origin;

impl Provider {
    /// What deleting this account deletes, and what prevents it.
    ///
    /// # Errors
    /// `NotFound`; `Unavailable` when the database does not answer.
    pub async fn account_deletion(&self, user_id: i64) -> Result<AccountDeletionView, Error> {
        let now = self.now();
        let user = self.user(user_id).await?;
        let counts = self.store().user_counts(user_id, now, now.plus(-self.settings().session_idle_ttl)).await?;
        Ok(AccountDeletionView {
            tokens: counts.tokens,
            sessions: counts.sessions,
            connections: counts.connections,
            applications: self.store().list_owned(user_id).await?,
            last_administrator: user.administrator && !self.store().others_administer(user_id).await?,
        })
    }

    /// Deletes the user's own account: tokens, sessions, grants, and the applications that no other
    /// user uses. The user id is never reused. Wrong passwords count like failed sign-ins.
    ///
    /// # Errors
    /// `Form` for the field `password`; `Conflict` when something prevents the deletion, see
    /// [`Provider::account_deletion`]; `Throttled`, `Busy`, `Unavailable` as in signing in.
    pub async fn delete_account(&self, user_id: i64, password: &str) -> Result<(), Rejected> {
        let user = self.user(user_id).await?;
        self.check_deletion(user_id).await?;
        let verified = self.verify_password(&user.username, password, Origin::SignedIn).await;
        let (_, verified) = verified.map_err(|error| of_field(wrong_current(error)))?;
        if self.store().delete_user(user_id, Some(verified), self.now()).await? {
            self.ended().notify_one();
            tracing::info!(user = user_id, "account deleted by its person");
            return Ok(());
        }
        // Checked again: a concurrent request changed the password, or deleted the account.
        self.check_deletion(user_id).await?;
        Err(of_field(not_current()))
    }

    /// Deletes a user as the operator, by the same rules; returns the applications that were
    /// deleted too.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` when something prevents the deletion, see
    /// [`Provider::account_deletion`].
    pub async fn remove_user(&self, username: &str) -> Result<Vec<OwnedApplication>, Error> {
        let user = self.show_user(username).await?;
        let applications = self.store().list_owned(user.id).await?;
        if self.store().delete_user(user.id, None, self.now()).await? {
            self.ended().notify_one();
            tracing::info!(user = user.id, "account deleted by the operator");
            return Ok(applications);
        }
        self.check_deletion(user.id).await?;
        Err(Error::NotFound)
    }

    async fn check_deletion(&self, user_id: i64) -> Result<(), Error> {
        let view = self.account_deletion(user_id).await?;
        match (view.last_administrator, view.is_possible()) {
            (true, _) => Err(Error::Conflict("leave-last-administrator".into())),
            (false, false) => Err(Error::Conflict("leave-in-use".into())),
            (false, true) => Ok(()),
        }
    }
}

/// Maps errors to the form's only field, `password`.
fn of_field(rejected: Rejected) -> Rejected {
    match rejected {
        Rejected::Form(errors) => {
            let errors = errors.into_iter().map(|error| FieldError::new("password", error.message));
            Rejected::Form(errors.collect())
        }
        other => other,
    }
}
