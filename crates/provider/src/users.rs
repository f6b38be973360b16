//! Users: created and changed by the operator; users change their own name and password, and delete
//! their account.

mod delete_account;
mod new_user;
mod profile;

pub use crate::store::records::User;
use oauth::form::FieldError;
use oauth::user::{check_password, normalize_username};
use oauth::{Client, Message, Timestamp};

pub use self::new_user::NewUser;
pub use self::profile::{PasswordChange, Rejected};
use crate::entropy;
use crate::error::Error;
use crate::passwords::QueueKey;
use crate::provider::Provider;
use crate::sign_in::account_key;
pub use crate::store::users::Ends;
pub use crate::store::users::RightsRow as Rights;
pub use crate::store::users::UserChange;
use crate::store::users::{NewUserRow, PasswordRow};

impl Provider {
    /// Creates a user. The first administrator invalidates the setup link.
    ///
    /// # Errors
    /// `Conflict` with a message when the name is taken or the input is invalid.
    pub async fn add_user(&self, new: NewUser) -> Result<User, Error> {
        if let Some(error) = new.check().into_iter().next() {
            return Err(Error::Form(error));
        }
        let row = self.user_row(new).await?;
        let taken = Message::new("user-exists").with("name", row.username.as_str());
        let user = self.store().insert_user(row).await?.ok_or(Error::Conflict(taken))?;
        // Clears failures from before the account existed: the name may have been guessed.
        self.clear_failures(&user.username).await?;
        Ok(user)
    }

    /// The row of a validated new user; hashes the password.
    pub(crate) async fn user_row(&self, mut new: NewUser) -> Result<NewUserRow, Error> {
        let updated_at = new.claims.remove("updated_at").and_then(|moment| moment.as_i64());
        Ok(NewUserRow {
            username: normalize_username(&new.username),
            password_hash: self.hash_password(&new.username, &new.password).await?,
            access: new.access,
            allowed: new.allowed,
            administrator: new.administrator,
            email: new.email,
            given_name: new.given_name,
            family_name: new.family_name,
            claims: serde_json::Value::Object(new.claims).to_string(),
            created_at: self.now(),
            updated_at: updated_at.map(Timestamp::from_seconds),
        })
    }

    /// All users, oldest first.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    pub async fn list_users(&self) -> Result<Vec<User>, Error> {
        self.store().list_users().await
    }

    /// The user with this name.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn show_user(&self, username: &str) -> Result<User, Error> {
        let name = normalize_username(username);
        self.store().find_user_by_name(&name).await?.ok_or(Error::NotFound)
    }

    /// The user with this id, also if disabled.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn user(&self, id: i64) -> Result<User, Error> {
        self.store().find_user(id).await?.ok_or(Error::NotFound)
    }

    /// Changes rights; live tokens lose removed rights at their next check.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn set_user(&self, username: &str, rights: Rights) -> Result<User, Error> {
        self.change_user(username, UserChange { rights, ..UserChange::default() }).await
    }

    /// Changes rights and profile.
    ///
    /// # Errors
    /// `NotFound`; `Form` with a message when the input is invalid.
    pub async fn change_user(&self, username: &str, change: UserChange) -> Result<User, Error> {
        let text = |text: &Option<Option<String>>| text.clone().flatten();
        let (email, given, family) = (text(&change.email), text(&change.given_name), text(&change.family_name));
        let faults = new_user::check_texts(email.as_deref(), given.as_deref(), family.as_deref());
        if let Some(error) = faults.into_iter().next() {
            return Err(Error::Form(error));
        }
        let changed = self.store().change_user(normalize_username(username), change, self.now()).await?;
        changed.ok_or(Error::NotFound)
    }

    /// Sets a password as the operator: ends the user's sessions, codes, access and refresh tokens,
    /// optionally the permanent tokens, and clears the sign-in rate limit.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` with a message when the password is too weak.
    pub async fn reset_password(&self, username: &str, password: &str, permanent: bool) -> Result<(), Error> {
        let user = self.show_user(username).await?;
        check_password(password, &user.username)
            .map_err(|message| Error::Form(FieldError::new("password", message)))?;
        let row = PasswordRow {
            password_hash: self.hash_password(&user.username, password).await?,
            verified: None,
            keep_session: String::new(),
            ends: Ends { tokens: true, permanent, grants: false },
            changed_at: self.now(),
        };
        self.store().set_password_row(user.id, row).await?;
        self.ended().notify_one();
        self.clear_failures(&user.username).await
    }

    /// The same without the permanent tokens.
    ///
    /// # Errors
    /// As [`Provider::reset_password`].
    pub async fn set_password(&self, username: &str, password: &str) -> Result<(), Error> {
        self.reset_password(username, password, false).await
    }

    /// Disables a user: no sign-in and no session, and the tokens are inactive until the user is
    /// enabled again. Applications that the user registered remain enabled.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn disable_user(&self, username: &str) -> Result<User, Error> {
        self.disable(username, false).await
    }

    /// Disables a user and all applications that the user registered, in one write.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn disable_user_with_applications(&self, username: &str) -> Result<User, Error> {
        self.disable(username, true).await
    }

    async fn disable(&self, username: &str, with_applications: bool) -> Result<User, Error> {
        let now = self.now();
        let disabled = self.store().disable_user_row(normalize_username(username), with_applications, now).await?;
        self.ended().notify_one();
        disabled.ok_or(Error::NotFound)
    }

    /// The applications that this user registered, also disabled ones.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    pub async fn clients_of(&self, user_id: i64) -> Result<Vec<Client>, Error> {
        self.store().list_clients_of(user_id).await
    }

    /// Enables a user again.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn enable_user(&self, username: &str) -> Result<User, Error> {
        self.store().enable_user_row(normalize_username(username)).await?.ok_or(Error::NotFound)
    }

    /// The hash of a new password of this user.
    pub(crate) async fn hash_password(&self, name: &str, password: &str) -> Result<String, Error> {
        let who = QueueKey::alone(account_key(&normalize_username(name)));
        self.hasher().hash(&who, password, entropy::bytes(self.entropy())).await
    }
}
