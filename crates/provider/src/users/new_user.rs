//! Input and validation of a new user.

use oauth::form::{FieldError, visible};
use oauth::user::{check_password, check_username, normalize_username};
use oauth::{Access, Scope};

/// Maximum characters of a name or an e-mail address.
const MOST_CHARACTERS: usize = 200;

/// A user to create.
#[derive(Clone)]
pub struct NewUser {
    /// The user name; it is trimmed and lower-cased.
    pub username: String,
    /// The initial password.
    pub password: String,
    /// Full access, or only the allowed scope.
    pub access: Access,
    /// The allowed scope.
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

    /// All validation errors; the fields are `username`, `password`, `email`, `given_name`,
    /// `family_name`.
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

/// Validation errors of the given values.
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
