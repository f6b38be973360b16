//! The standard claims and the scopes that ask for them: OpenID Connect Core §5.1 and §5.4.

mod assignment;

use crate::Scope;
use serde_json::{Map, Value};

pub use self::assignment::{AssignmentError, parse_assignment};

/// The longest text of a claim, in bytes.
const MAX_TEXT: usize = 1000;
/// The members of `address`: OpenID Connect Core §5.1.1.
const ADDRESS: [&str; 6] = ["formatted", "street_address", "locality", "region", "postal_code", "country"];
/// Protocol claims of ID tokens: OpenID Connect Core §2.
const PROTOCOL: [&str; 11] = ["sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr", "at_hash", "sid"];

/// What kind of value a claim has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// An https or http URL. Clients embed it in pages, so no other scheme is allowed.
    Url,
    /// `true` or `false`.
    Flag,
    /// Seconds since 1970.
    Moment,
    /// An object of texts: OpenID Connect Core §5.1.1.
    Address,
}

/// A standard claim about a person: OpenID Connect Core §5.1. Without `sub`, which is not settable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StandardClaim {
    /// The name.
    pub name: &'static str,
    /// The kind of its value.
    pub kind: Kind,
    /// The scope that asks for it: OpenID Connect Core §5.4.
    pub scope: &'static str,
}

const fn claim(name: &'static str, kind: Kind, scope: &'static str) -> StandardClaim {
    StandardClaim { name, kind, scope }
}

/// All of them.
pub const STANDARD: [StandardClaim; 19] = [
    claim("name", Kind::Text, "profile"),
    claim("family_name", Kind::Text, "profile"),
    claim("given_name", Kind::Text, "profile"),
    claim("middle_name", Kind::Text, "profile"),
    claim("nickname", Kind::Text, "profile"),
    claim("preferred_username", Kind::Text, "profile"),
    claim("profile", Kind::Url, "profile"),
    claim("picture", Kind::Url, "profile"),
    claim("website", Kind::Url, "profile"),
    claim("gender", Kind::Text, "profile"),
    claim("birthdate", Kind::Text, "profile"),
    claim("zoneinfo", Kind::Text, "profile"),
    claim("locale", Kind::Text, "profile"),
    claim("updated_at", Kind::Moment, "profile"),
    claim("email", Kind::Text, "email"),
    claim("email_verified", Kind::Flag, "email"),
    claim("address", Kind::Address, "address"),
    claim("phone_number", Kind::Text, "phone"),
    claim("phone_number_verified", Kind::Flag, "phone"),
];

/// The standard claim of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static StandardClaim> {
    STANDARD.iter().find(|claim| claim.name == name)
}

/// The names of the claims that these scopes ask for.
pub fn of_scope(scope: &Scope) -> impl Iterator<Item = &'static str> {
    STANDARD.iter().filter(|claim| scope.contains(claim.scope)).map(|claim| claim.name)
}

/// Everything for `claims_supported`: OpenID Connect Discovery §3.
#[must_use]
pub fn supported() -> Vec<&'static str> {
    PROTOCOL.into_iter().chain(STANDARD.iter().map(|claim| claim.name)).collect()
}

impl StandardClaim {
    /// Whether the claim can have this value.
    #[must_use]
    pub fn accepts(self, value: &Value) -> bool {
        match self.kind {
            Kind::Text => is_text(value),
            Kind::Url => is_text(value) && value.as_str().is_some_and(is_web),
            Kind::Flag => value.is_boolean(),
            Kind::Moment => value.as_u64().is_some(),
            Kind::Address => value.as_object().is_some_and(is_address),
        }
    }
}

/// Line breaks are allowed: `formatted` of an address contains some.
fn is_text(value: &Value) -> bool {
    let allowed = |character: char| character == '\n' || !character.is_control();
    value.as_str().is_some_and(|text| (1..=MAX_TEXT).contains(&text.len()) && text.chars().all(allowed))
}

fn is_web(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(|c: char| c.is_whitespace() || "\"<>\\`".contains(c)))
}

fn is_address(members: &Map<String, Value>) -> bool {
    !members.is_empty() && members.iter().all(|(name, value)| ADDRESS.contains(&name.as_str()) && is_text(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_ask_for_the_claims_of_core_5_4() {
        let of = |tokens: &[&str]| of_scope(&Scope::of(tokens.to_vec())).collect::<Vec<_>>();
        assert_eq!(of(&["openid", "email"]), ["email", "email_verified"]);
        assert_eq!(of(&["phone", "address"]), ["address", "phone_number", "phone_number_verified"]);
        assert_eq!((of(&["profile"]).len(), of(&["openid", "offline_access", "read"]).len()), (14, 0));
        assert_eq!(of(&["profile", "email", "address", "phone"]).len(), STANDARD.len());
        assert!(supported().contains(&"sub") && supported().contains(&"address"));
    }
}
