//! First-run setup: a link, printed where only the operator reads, creates the first administrator.
//! There is no default password.

use crate::store::records::User;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth::SecretHash;
use oauth::form::FieldError;

use crate::entropy;
use crate::error::Error;
use crate::provider::Provider;
use crate::users::{NewUser, Rejected};

/// Lifetime of a setup link, in seconds.
pub const LINK_TTL: i64 = 86_400;

impl Provider {
    /// Whether there is no user yet who could sign in.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    pub async fn needs_setup(&self) -> Result<bool, Error> {
        Ok(!self.store().has_users(false).await?)
    }

    /// A new setup link for the first administrator; single-use, valid for 24 hours, and the only
    /// valid one.
    ///
    /// # Errors
    /// `Conflict` with a message when there is an administrator.
    pub async fn setup_link(&self) -> Result<String, Error> {
        if self.store().has_users(true).await? {
            return Err(Error::Conflict("setup-done".into()));
        }
        let token = URL_SAFE_NO_PAD.encode(entropy::bytes::<32>(self.entropy()));
        self.store().insert_setup_link(SecretHash::of(&token), self.now().plus(LINK_TTL)).await?;
        Ok(format!("{}/setup?token={token}", self.settings().issuer))
    }

    /// Whether the setup link with this token is still valid.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    pub async fn setup_is_open(&self, token: &str) -> Result<bool, Error> {
        self.store().setup_link_is_live(&SecretHash::of(token), self.now()).await
    }

    /// Whether the setup link with this token created an administrator recently.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    pub async fn setup_was_used(&self, token: &str) -> Result<bool, Error> {
        self.store().setup_link_was_used(&SecretHash::of(token)).await
    }

    /// Creates the first administrator, with full access, and spends the setup link.
    ///
    /// # Errors
    /// `NotFound` when the link is spent, expired, replaced or wrong, or there is an administrator
    /// by now; `Form` for the fields `username` and `password`, and the link remains valid then.
    pub async fn complete_setup(&self, token: &str, username: &str, password: &str) -> Result<User, Rejected> {
        // Checked first: an invalid token must not cause password hashing.
        if !self.setup_is_open(token).await? {
            return Err(Error::NotFound.into());
        }
        let new = NewUser { administrator: true, ..NewUser::full(username, password) };
        let errors = new.check();
        if !errors.is_empty() {
            return Err(Rejected::Form(errors));
        }
        let row = self.user_row(new).await?;
        match self.store().spend_setup_link(SecretHash::of(token), row, self.now()).await {
            Err(Error::Conflict(message)) => Err(Rejected::Form(vec![FieldError::new("username", message)])),
            done => {
                let user = done?;
                self.clear_failures(&user.username).await?;
                Ok(user)
            }
        }
    }
}
