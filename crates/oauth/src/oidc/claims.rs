//! The standard claims and the scopes that ask for them: Core 5.1 and 5.4.

use crate::Scope;
use serde_json::{Map, Value, json};

/// The longest text of a claim, in bytes.
const MAX_TEXT: usize = 1000;
/// The members of `address`: Core 5.1.1.
const ADDRESS: [&str; 6] = ["formatted", "street_address", "locality", "region", "postal_code", "country"];
/// What an ID token says of itself and of the sign-in: Core 2.
const PROTOCOL: [&str; 11] = ["sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr", "at_hash", "sid"];

/// What kind of value a claim has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// An https or http address. Clients put it into pages, so nothing else passes.
    Url,
    /// `true` or `false`.
    Flag,
    /// Seconds since 1970.
    Moment,
    /// An object of texts: Core 5.1.1.
    Address,
}

/// A standard claim about a person: Core 5.1. `sub` is not here, since nobody sets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StandardClaim {
    /// The name.
    pub name: &'static str,
    /// The kind of its value.
    pub kind: Kind,
    /// The scope that asks for it: Core 5.4.
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

/// Everything for `claims_supported`: Discovery 3.
#[must_use]
pub fn supported() -> Vec<&'static str> {
    PROTOCOL.into_iter().chain(STANDARD.iter().map(|claim| claim.name)).collect()
}

/// Reads `NAME=VALUE` as the command line has it: `true` and `false` for the flags, seconds since 1970 for `updated_at`, for
/// `address` a JSON object or the whole address as text, which becomes its `formatted`.
///
/// # Errors
/// A sentence for the operator.
pub fn parse_assignment(text: &str) -> Result<(&'static str, Value), &'static str> {
    let (name, value) = text.split_once('=').ok_or("Write a claim as NAME=VALUE")?;
    let claim = find(name.trim()).ok_or("This is not a standard claim of OpenID Connect")?;
    let value = claim.value_of(value.trim());
    match claim.accepts(&value) {
        true => Ok((claim.name, value)),
        false => Err(claim.kind.expected()),
    }
}

impl StandardClaim {
    fn value_of(self, text: &str) -> Value {
        match self.kind {
            Kind::Text | Kind::Url => json!(text),
            Kind::Flag | Kind::Moment => serde_json::from_str(text).unwrap_or_default(),
            Kind::Address if text.starts_with('{') => serde_json::from_str(text).unwrap_or_default(),
            Kind::Address => json!({"formatted": text}),
        }
    }

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

impl Kind {
    const fn expected(self) -> &'static str {
        match self {
            Self::Text => "Enter 1 to 1000 characters, none of them a control character",
            Self::Url => "Enter an address that begins with https:// or http://",
            Self::Flag => "Enter true or false",
            Self::Moment => "Enter seconds since 1970",
            Self::Address => {
                "Enter the address, or a JSON object of formatted, street_address, locality, region, postal_code, country"
            }
        }
    }
}

/// A line break is let through: `formatted` of an address holds some.
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
    use proptest::prelude::*;

    #[test]
    fn scopes_ask_for_the_claims_of_core_5_4() {
        let of = |tokens: &[&str]| of_scope(&Scope::of(tokens.to_vec())).collect::<Vec<_>>();
        assert_eq!(of(&["openid", "email"]), ["email", "email_verified"]);
        assert_eq!(of(&["phone", "address"]), ["address", "phone_number", "phone_number_verified"]);
        assert_eq!((of(&["profile"]).len(), of(&["openid", "offline_access", "read"]).len()), (14, 0));
        assert_eq!(of(&["profile", "email", "address", "phone"]).len(), STANDARD.len());
        assert!(supported().contains(&"sub") && supported().contains(&"address"));
    }

    #[test]
    fn claims_are_written_with_their_types() {
        let cases = [
            ("name=Ada Lovelace", json!("Ada Lovelace")),
            ("profile = https://ada.example/?a=b ", json!("https://ada.example/?a=b")),
            ("email_verified=true", json!(true)),
            ("phone_number_verified=false", json!(false)),
            ("updated_at=1700000000", json!(1_700_000_000)),
            ("address=12 St James's Square\nLondon", json!({"formatted": "12 St James's Square\nLondon"})),
            (r#"address={"locality":"London","country":"GB"}"#, json!({"locality": "London", "country": "GB"})),
        ];
        for (text, value) in cases {
            let name = find(text.split(['=', ' ']).next().unwrap_or_default()).map_or("", |claim| claim.name);
            assert_eq!(parse_assignment(text), Ok((name, value)), "{text}");
        }
    }

    #[test]
    fn values_of_another_type_are_refused() {
        let long = format!("name={}", "x".repeat(1001));
        let cases = [
            "name",
            "=x",
            "name=",
            "name=a\u{7}",
            &long,
            "sub=42",
            "iss=x",
            "groups=a",
            "email_verified=yes",
            "email_verified=\"true\"",
            "updated_at=-1",
            "updated_at=1.5",
            "updated_at=soon",
            "picture=javascript:alert(1)",
            "picture=data:image/png;base64,AA",
            "website=https://",
            "profile=https://a\"><script>",
            "address=",
            "address={}",
            "address={\"planet\":\"Earth\"}",
            "address={\"country\":1}",
            "address={",
            "address={\"country\":{}}",
        ];
        for text in cases {
            assert!(parse_assignment(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_assignment_is_read_or_refused(name in "name|address|picture|updated_at|.*", value in ".*") {
            if let Ok((name, value)) = parse_assignment(&format!("{name}={value}")) {
                prop_assert!(find(name).is_some_and(|claim| claim.accepts(&value)));
            }
        }
    }
}
