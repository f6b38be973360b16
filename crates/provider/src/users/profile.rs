//! Users change their own account.

use oauth::form::{FieldError, PersonName};
use oauth::user::check_password;
use oauth::view::AccountView;

use crate::error::Error;
use crate::provider::Provider;
use crate::sign_in::Origin;
use crate::store::users::{Ends, PasswordRow};

/// Number of connected applications on the account page.
const RECENT: usize = 3;

/// Why a form was refused.
#[derive(Debug)]
pub enum Rejected {
    /// Validation errors.
    Form(Vec<FieldError>),
    /// Any other error.
    Error(Error),
}

/// The current and the new password.
#[derive(Clone, Copy)]
pub struct PasswordChange<'a> {
    /// The current password, as typed.
    pub current: &'a str,
    /// The new one.
    pub new: &'a str,
}

impl From<Error> for Rejected {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl Provider {
    /// Changes the user's own password and ends the other sessions (the one with this hash
    /// remains), the tokens issued for the old password, and what else the user chose. Wrong
    /// current passwords count like failed sign-ins.
    ///
    /// # Errors
    /// `Form` for the fields `current_password` and `new_password`; `Throttled`, `Busy`,
    /// `Unavailable` as in signing in.
    pub async fn change_password(
        &self,
        user_id: i64,
        passwords: PasswordChange<'_>,
        keep_session: &str,
        ends: Ends,
    ) -> Result<(), Rejected> {
        let PasswordChange { current, new } = passwords;
        let user = self.user(user_id).await?;
        if let Err(message) = check_password(new, &user.username) {
            return Err(Rejected::Form(vec![FieldError::new("new_password", message)]));
        }
        let (_, verified) =
            self.verify_password(&user.username, current, Origin::SignedIn).await.map_err(wrong_current)?;
        let row = PasswordRow {
            password_hash: self.hash_password(&user.username, new).await?,
            verified: Some(verified),
            keep_session: keep_session.to_owned(),
            ends,
            changed_at: self.now(),
        };
        // A concurrent change: the verified password is no longer the current one.
        let changed = self.store().set_password_row(user_id, row).await?;
        self.ended().notify_one();
        if changed { Ok(()) } else { Err(not_current()) }
    }

    /// Changes the user's name; an empty name is removed.
    ///
    /// # Errors
    /// `Form` for the fields `given_name` and `family_name`; `NotFound`.
    pub async fn change_name(&self, user_id: i64, name: &PersonName) -> Result<(), Rejected> {
        let errors = name.check();
        if !errors.is_empty() {
            return Err(Rejected::Form(errors));
        }
        let known = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        let (given, family) = (known(&name.given_name), known(&name.family_name));
        let found = self.store().set_person_name(user_id, given, family, self.now()).await?;
        if found { Ok(()) } else { Err(Error::NotFound.into()) }
    }

    /// The content of the account page.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn account_view(&self, user_id: i64) -> Result<AccountView, Error> {
        let now = self.now();
        let user = self.user(user_id).await?;
        let idle_since = now.plus(-self.settings().session_idle_ttl);
        let counts = self.store().user_counts(user_id, now, idle_since).await?;
        let mut recent = self.connections(user_id).await?;
        recent.truncate(RECENT);
        Ok(AccountView {
            full_name: user.full_name(),
            username: user.username,
            email: user.email,
            access: user.access,
            administrator: user.administrator,
            tokens: counts.tokens,
            sessions: counts.sessions,
            connections: counts.connections,
            created_at: user.created_at,
            password_changed_at: user.password_changed_at,
            recent,
        })
    }
}

pub(super) fn wrong_current(error: Error) -> Rejected {
    match error {
        Error::OAuth(_) => not_current(),
        other => Rejected::Error(other),
    }
}

pub(super) fn not_current() -> Rejected {
    Rejected::Form(vec![FieldError::new("current_password", "password-current")])
}
