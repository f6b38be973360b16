//! Accounts: access rights, and rules for user names and passwords.

use crate::Scope;
use serde::{Deserialize, Serialize};

/// The shortest password: shorter ones are guessed in hours even with Argon2.
const MIN_PASSWORD: usize = 8;
/// The longest password, checked before hashing.
const MAX_PASSWORD: usize = 1024;
const MAX_USERNAME: usize = 64;

/// Common passwords without digits and signs around them. Breach corpora are up to the operator.
const COMMON: &str = "password passw0rd p@ssword p@ssw0rd passwort qwerty qwertyuiop qwertz asdfghjkl \
    asdfasdf zxcvbnm letmein welcome iloveyou sunshine princess football baseball superman trustno \
    administrator admin changeme default master dragon monkey jeton";

/// The access level of an account. Serialized in lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// Every scope, and registering applications.
    Full,
    /// Only the scopes on its list, and no applications.
    Partial,
}

impl Access {
    /// `full` or `partial`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Partial => "partial",
        }
    }

    /// The reverse of [`Access::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Full, Self::Partial].into_iter().find(|access| access.as_str() == text)
    }
}

/// The current rights of an account: evaluated when a token is used, not when it was issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rights {
    /// Full or partial.
    pub access: Access,
    /// The scopes of a partial account.
    pub allowed: Scope,
}

impl Rights {
    /// The part of a scope that this account may have. OpenID Connect scopes are always allowed:
    /// they only concern the person's own data.
    #[must_use]
    pub fn limit(&self, scope: &Scope) -> Scope {
        match self.access {
            Access::Full => scope.clone(),
            Access::Partial => scope.intersection(&self.allowed.union(&Scope::of(crate::oidc::SCOPES))),
        }
    }

    /// Whether this account may register applications.
    #[must_use]
    pub fn may_register(&self) -> bool {
        self.access == Access::Full
    }
}

/// What a token may do now: its scope, limited to what its client may have and what its user may do.
/// `client`: `None` for any scope; `rights`: `None` for a token without a user.
#[must_use]
pub fn current_scope(granted: &Scope, client: Option<&Scope>, rights: Option<&Rights>) -> Scope {
    let of_client = client.map_or_else(|| granted.clone(), |limit| granted.intersection(limit));
    rights.map_or_else(|| of_client.clone(), |rights| rights.limit(&of_client))
}

/// Whether this may be a user name: 1 to 64 ASCII letters, digits and `. _ - @ +`.
///
/// ASCII alone, so that no other script and no invisible character can make a second `admin` (UTS
/// 39).
///
/// # Errors
/// The message key of the validation error ([`crate::Message`]).
pub fn check_username(name: &str) -> Result<(), &'static str> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._-@+".contains(&byte);
    let checks = [
        (!name.is_empty(), "username-missing"),
        (name.len() <= MAX_USERNAME, "username-long"),
        (name.bytes().all(allowed), "username-characters"),
    ];
    first_failure(&checks)
}

/// The form in which user names are stored and compared: trimmed, ASCII in lower case; whatever is
/// not ASCII stays for [`check_username`] to refuse.
#[must_use]
pub fn normalize_username(name: &str) -> String {
    name.trim().to_ascii_lowercase()
}

/// Whether this may be the password of this user: 8 to 1024 characters, not a common one, not the
/// user name or either of them with digits and signs around it. No rule about kinds of characters:
/// length is what counts (NIST SP 800-63B).
///
/// # Errors
/// The message key of the validation error ([`crate::Message`]).
pub fn check_password(password: &str, username: &str) -> Result<(), &'static str> {
    let length = password.chars().count();
    let checks = [
        (length >= MIN_PASSWORD, "password-short"),
        (length <= MAX_PASSWORD, "password-long"),
        (!is_common(password), "password-common"),
        (!is_about(password, username), "password-username"),
    ];
    first_failure(&checks)
}

fn first_failure(checks: &[(bool, &'static str)]) -> Result<(), &'static str> {
    checks.iter().find(|(held, _)| !held).map_or(Ok(()), |(_, message)| Err(message))
}

fn is_common(password: &str) -> bool {
    let lower = password.to_lowercase();
    let mut distinct: Vec<char> = lower.chars().collect();
    distinct.sort_unstable();
    distinct.dedup();
    let counted = ["01234567890", "9876543210"].iter().any(|digits| digits.contains(&lower));
    let listed = COMMON.split(' ').any(|word| [lower.as_str(), core(&lower)].contains(&word));
    distinct.len() <= 2 || counted || listed
}

fn is_about(password: &str, username: &str) -> bool {
    let (lower, name) = (password.to_lowercase(), normalize_username(username));
    let mailbox = name.split('@').next().unwrap_or_default();
    let word = core(&lower);
    lower == name || (!word.is_empty() && [name.as_str(), mailbox].contains(&word))
}

/// A password without leading and trailing digits and signs.
fn core(password: &str) -> &str {
    password.trim_matches(|character: char| !character.is_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_names_are_ascii() {
        for name in ["ada", "Ada.Lovelace_1-2", "ada+test@example.com", &"x".repeat(64)] {
            assert_eq!(check_username(name), Ok(()), "{name}");
        }
        let long = "x".repeat(65);
        for name in ["", "\u{430}dmin", "admin\u{200b}", "a b", "a\0", "a/b", "\u{212a}elvin", &long] {
            assert!(check_username(&normalize_username(name)).is_err(), "{name:?}");
        }
        assert_eq!(normalize_username(" ADMIN "), "admin");
    }

    #[test]
    fn passwords_are_judged_by_length_and_by_what_guessers_try() {
        let good = [
            "correct horse battery staple",
            "u7fK2p0q",
            "\u{43f}\u{430}\u{440}\u{43e}\u{43b}\u{44c}42",
            &"ab1".repeat(341),
        ];
        for password in good {
            assert_eq!(check_password(password, "ada"), Ok(()), "{password}");
        }
        let long = "ab1".repeat(342);
        let bad = [
            "",
            "u7fK2p0",
            "password",
            "Passw0rd!",
            "12345678",
            "aaaaaaaa",
            "abababab",
            "qwerty123",
            "jeton2026",
            &long,
        ];
        for password in bad {
            assert!(check_password(password, "ada").is_err(), "{password}");
        }
    }

    #[test]
    fn a_password_is_not_the_user_name() {
        for password in ["ada.lovelace@example.com", "ADA.Lovelace1815", "1815ada.lovelace!"] {
            assert!(check_password(password, "ada.lovelace@example.com").is_err(), "{password}");
            assert_eq!(check_password(password, "grace"), Ok(()), "{password}");
        }
        assert_eq!(check_password("83749261", "@x"), Ok(()));
    }

    #[test]
    fn rights_narrow_a_scope_at_the_moment_of_use() {
        let asked = Scope::of(["read", "write"]);
        let rights = |access| Rights { access, allowed: Scope::of(["read"]) };
        assert_eq!(rights(Access::Full).limit(&asked), asked);
        assert_eq!(rights(Access::Partial).limit(&asked), Scope::of(["read"]));
        assert!(rights(Access::Full).may_register() && !rights(Access::Partial).may_register());
    }

    #[test]
    fn access_is_written_in_lower_case() {
        for access in [Access::Full, Access::Partial] {
            assert_eq!(Access::parse(access.as_str()), Some(access));
            assert_eq!(serde_json::to_value(access).ok(), Some(access.as_str().into()));
        }
        assert_eq!(Access::parse("Full"), None);
    }

    #[test]
    fn a_token_may_do_what_client_and_user_may_now() {
        let scope = |words: &str| Scope::of(words.split(' ').map(str::to_owned));
        let (granted, client) = (scope("delete read write"), scope("read write"));
        let partial = Rights { access: Access::Partial, allowed: scope("delete read") };
        let full = Rights { access: Access::Full, allowed: Scope::default() };
        assert_eq!(current_scope(&granted, None, None), granted);
        assert_eq!(current_scope(&granted, Some(&client), Some(&full)), client);
        assert_eq!(current_scope(&granted, None, Some(&partial)), scope("delete read"));
        assert_eq!(current_scope(&granted, Some(&client), Some(&partial)), scope("read"));
        assert!(current_scope(&granted, Some(&scope("other")), Some(&partial)).is_empty());
    }
}
