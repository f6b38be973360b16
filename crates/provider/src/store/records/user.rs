//! Users as rows, with their rights.

use oauth::oidc::UserClaims;
use oauth::oidc::user_claims::Account;
use oauth::{Access, Rights, Scope, Timestamp};

/// A user who can sign in.
#[derive(Clone, Debug, PartialEq)]
pub struct User {
    /// The small integer of tokeninfo's `id`.
    pub id: i64,
    /// The normalised user name.
    pub username: String,
    /// Full access, or only the scopes of `allowed`.
    pub access: Access,
    /// The scopes of a restricted user.
    pub allowed: Scope,
    /// Whether the user is an administrator, with the pages under `/admin`.
    pub administrator: bool,
    /// The e-mail address, as the operator gave it.
    pub email: Option<String>,
    /// The given name.
    pub given_name: Option<String>,
    /// The family name.
    pub family_name: Option<String>,
    /// Further claims: a JSON object.
    pub claims: String,
    /// When the account was created.
    pub created_at: Timestamp,
    /// When the user's claims last changed (`updated_at` of OpenID Connect).
    pub updated_at: Timestamp,
    /// When the password was last set.
    pub password_changed_at: Timestamp,
    /// Whether the account is disabled: no sign-in, and its tokens are invalid.
    pub disabled: bool,
}

/// Proof that a password was verified: of which user, and as of which change of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The user.
    pub user_id: i64,
    /// When the verified password had been set.
    pub password_changed_at: Timestamp,
}

impl User {
    /// The proof that the user's current password was verified.
    #[must_use]
    pub const fn proof(&self) -> Proof {
        Proof { user_id: self.id, password_changed_at: self.password_changed_at }
    }

    /// What the user may do now.
    #[must_use]
    pub fn rights(&self) -> Rights {
        Rights { access: self.access, allowed: self.allowed.clone() }
    }

    /// The user's standard claims (OpenID Connect Core §5.1), from which the requested scopes and
    /// claims select.
    #[must_use]
    pub fn standard_claims(&self) -> UserClaims {
        let account = Account {
            username: &self.username,
            email: self.email.as_deref(),
            given_name: self.given_name.as_deref(),
            family_name: self.family_name.as_deref(),
            updated_at: Some(self.updated_at),
        };
        UserClaims::new(account, &serde_json::from_str(&self.claims).unwrap_or_default())
    }

    /// Given and family name, as far as known.
    #[must_use]
    pub fn full_name(&self) -> Option<String> {
        let known: Vec<&str> =
            [&self.given_name, &self.family_name].into_iter().flatten().map(String::as_str).collect();
        (!known.is_empty()).then(|| known.join(" "))
    }
}
