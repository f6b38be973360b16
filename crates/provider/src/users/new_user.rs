//! A user to be made, and what a user may look like.

use oauth::form::{FieldError, visible};
use oauth::user::{check_password, check_username, normalize_username};
use oauth::{Access, Scope};

/// The most that a name or an address of a person may be, in characters.
const MOST_CHARACTERS: usize = 200;

/// A user to be made.
#[derive(Clone)]
pub struct NewUser {
    /// The name to sign in with; it is trimmed and lower-cased.
    pub username: String,
    /// The first password.
    pub password: String,
    /// Full, or only what is on the list.
    pub access: Access,
    /// The list.
    pub allowed: Scope,
    /// Whether the user is an administrator.
    pub administrator: bool,
    /// The e-mail address.
    pub email: Option<String>,
    /// The given name.
    pub given_name: Option<String>,
    /// The family name.
    pub family_name: Option<String>,
    /// Further claims.
    pub claims: serde_json::Map<String, serde_json::Value>,
}

impl NewUser {
    /// A user with full access and nothing else.
    #[must_use]
    pub fn full(username: &str, password: &str) -> Self {
        Self {
            username: username.to_owned(),
            password: password.to_owned(),
            access: Access::Full,
            allowed: Scope::default(),
            administrator: false,
            email: None,
            given_name: None,
            family_name: None,
            claims: serde_json::Map::new(),
        }
    }

    /// Everything that stands in the way; the fields are `username`, `password`, `email`, `given_name`, `family_name`.
    #[must_use]
    pub fn check(&self) -> Vec<FieldError> {
        let username = normalize_username(&self.username);
        let name = check_username(&username).err().map(|message| FieldError::new("username", message));
        let password =
            check_password(&self.password, &username).err().map(|message| FieldError::new("password", message));
        let texts = check_texts(self.email.as_deref(), self.given_name.as_deref(), self.family_name.as_deref());
        name.into_iter().chain(password).chain(texts).collect()
    }
}

/// What is wrong with these, where they are there.
pub(super) fn check_texts(email: Option<&str>, given: Option<&str>, family: Option<&str>) -> Vec<FieldError> {
    let texts = [("email", email), ("given_name", given), ("family_name", family)];
    texts.into_iter().filter_map(|(field, text)| check_text(field, text?)).collect()
}

fn check_text(field: &str, text: &str) -> Option<FieldError> {
    let message = match text {
        "" => "text-empty",
        text if text.chars().count() > MOST_CHARACTERS => "text-long-200",
        text if visible(text) != *text => "text-invisible",
        _ => return None,
    };
    Some(FieldError::new(field, message))
}
