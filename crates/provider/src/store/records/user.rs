//! Users as rows: who they are and what they may do.

use oauth::oidc::UserClaims;
use oauth::oidc::user_claims::Account;
use oauth::{Access, Rights, Scope, Timestamp};

/// A person who can sign in.
#[derive(Clone, Debug, PartialEq)]
pub struct User {
    /// The small integer of tokeninfo's `id`.
    pub id: i64,
    /// The name to sign in with, normalised.
    pub username: String,
    /// Full, or only what is on the list.
    pub access: Access,
    /// The list.
    pub allowed: Scope,
    /// Whether the pages under `/admin` are theirs.
    pub administrator: bool,
    /// The e-mail address, as the operator gave it.
    pub email: Option<String>,
    /// The given name.
    pub given_name: Option<String>,
    /// The family name.
    pub family_name: Option<String>,
    /// Further claims: a JSON object.
    pub claims: String,
    /// When the account was made.
    pub created_at: Timestamp,
    /// When what is told of the person last changed (`updated_at` of OpenID Connect).
    pub updated_at: Timestamp,
    /// When the password was last set.
    pub password_changed_at: Timestamp,
    /// Whether the account is disabled: no sign-in, and its tokens are good for nothing.
    pub disabled: bool,
}

/// That a password was right: whose, and as of which change of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The user.
    pub user_id: i64,
    /// When the password that was right had been set.
    pub password_changed_at: Timestamp,
}

impl User {
    /// What signing in with the password proves.
    #[must_use]
    pub const fn proof(&self) -> Proof {
        Proof { user_id: self.id, password_changed_at: self.password_changed_at }
    }

    /// What the user may do now.
    #[must_use]
    pub fn rights(&self) -> Rights {
        Rights { access: self.access, allowed: self.allowed.clone() }
    }

    /// What clients may be told of the person (OpenID Connect Core §5.1), by the scopes and claims that they ask for.
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

    /// Given and family name, as far as they are known.
    #[must_use]
    pub fn full_name(&self) -> Option<String> {
        let known: Vec<&str> =
            [&self.given_name, &self.family_name].into_iter().flatten().map(String::as_str).collect();
        (!known.is_empty()).then(|| known.join(" "))
    }
}
