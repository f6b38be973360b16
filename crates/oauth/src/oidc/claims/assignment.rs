//! Claims on the command line: `NAME=VALUE`, validated against OpenID Connect Core §5.1.

use super::{Kind, PROTOCOL, STANDARD, StandardClaim, find};
use crate::spelling::nearest;
use serde_json::{Value, json};
use std::fmt;

/// Further reserved claims.
const RESERVED: [&str; 3] = ["nbf", "jti", "azp"];

/// Why an assignment is invalid: a message for the operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AssignmentError {
    /// There is no `=`, or nothing before it.
    NotAPair,
    /// A claim that the server sets itself.
    Reserved(String),
    /// Not a standard claim, with a suggestion.
    Unknown(String, Option<&'static str>),
    /// An invalid value.
    Value(&'static str),
}

impl fmt::Display for AssignmentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAPair => write!(f, "write it as NAME=VALUE"),
            Self::Reserved(name) => write!(f, "{name}: this claim is made by Jeton itself. Leave it out"),
            Self::Unknown(name, Some(near)) => write!(f, "{name}: there is no such claim. Did you mean {near}?"),
            Self::Unknown(name, None) => {
                let known: Vec<&str> = STANDARD.iter().map(|claim| claim.name).collect();
                write!(f, "{name}: there is no such claim. Those of OpenID Connect are {}", known.join(", "))
            }
            Self::Value(name) => write!(f, "{name}: {}", find(name).map_or("", |claim| claim.wanted())),
        }
    }
}

/// Parses `NAME=VALUE`: `true` or `false` for booleans, seconds since 1970 for `updated_at`, a JSON
/// object or plain text (`formatted`) for `address`. An empty value is `None`: remove the claim.
///
/// # Errors
/// A message with a suggestion or the expected kind of value.
pub fn parse_assignment(text: &str) -> Result<(&'static str, Option<Value>), AssignmentError> {
    let (name, value) = text.split_once('=').ok_or(AssignmentError::NotAPair)?;
    let (name, value) = (name.trim(), value.trim());
    if name.is_empty() {
        return Err(AssignmentError::NotAPair);
    }
    if PROTOCOL.contains(&name) || RESERVED.contains(&name) {
        return Err(AssignmentError::Reserved(name.to_owned()));
    }
    let claim = find(name).ok_or_else(|| {
        let near = nearest(&name.to_ascii_lowercase(), STANDARD.iter().map(|claim| claim.name));
        AssignmentError::Unknown(name.to_owned(), near)
    })?;
    if value.is_empty() {
        return Ok((claim.name, None));
    }
    let value = claim.value_of(value);
    match claim.accepts(&value) && claim.has_form(&value) {
        true => Ok((claim.name, Some(value))),
        false => Err(AssignmentError::Value(claim.name)),
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

    /// The format that OpenID Connect Core §5.1 requires of some texts. Stored values are not
    /// checked again.
    fn has_form(self, value: &Value) -> bool {
        let text = value.as_str().unwrap_or_default();
        match self.name {
            "birthdate" => is_birthdate(text),
            "zoneinfo" => text.split('/').all(is_zone_word),
            "locale" => text.split(['-', '_']).all(|word| is_alphanumeric(word, 8)) && text.starts_with(is_letter),
            "email" => text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty()),
            _ => true,
        }
    }

    /// The expected format.
    fn wanted(self) -> &'static str {
        match (self.name, self.kind) {
            ("birthdate", _) => "write a date as YYYY-MM-DD, 0000-MM-DD, or a year as YYYY",
            ("zoneinfo", _) => "write the name of a time zone, such as Europe/London",
            ("locale", _) => "write a language tag, such as en-GB",
            ("email", _) => "write an address such as ada@example.org",
            (_, Kind::Text) => "write 1 to 1000 characters, none of them a control character",
            (_, Kind::Url) => "write an address that begins with https:// or http://",
            (_, Kind::Flag) => "write true or false, a boolean",
            (_, Kind::Moment) => "write a number, seconds since 1970",
            (_, Kind::Address) => {
                "write the address, or a JSON object of texts: formatted, street_address, locality, region, postal_code, country"
            }
        }
    }
}

fn is_letter(character: char) -> bool {
    character.is_ascii_alphabetic()
}

fn is_alphanumeric(word: &str, most: usize) -> bool {
    (1..=most).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// A part of a name of the time zone database, such as `Etc`, `GMT+1`, `Port-au-Prince`,
/// `New_York`.
fn is_zone_word(word: &str) -> bool {
    word.starts_with(is_letter) && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-+".contains(&byte))
}

/// `YYYY`, `YYYY-MM-DD`, or `0000-MM-DD` without the year.
fn is_birthdate(text: &str) -> bool {
    let digits = |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    let number = |part: &str| part.parse::<u16>().unwrap_or_default();
    match text.split('-').collect::<Vec<_>>()[..] {
        [year] => digits(year, 4) && number(year) > 0,
        [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2) => {
            (1..=days_of(number(year), number(month))).contains(&number(day))
        }
        _ => false,
    }
}

/// The days of a month; 0 for an invalid one. An omitted year may be a leap year.
const fn days_of(year: u16, month: u16) -> u16 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn claims_are_written_with_their_types() {
        let cases = [
            ("name=Ada Lovelace", json!("Ada Lovelace")),
            ("profile = https://ada.example/?a=b ", json!("https://ada.example/?a=b")),
            ("email_verified=true", json!(true)),
            ("phone_number_verified=false", json!(false)),
            ("phone_number=0123", json!("0123")),
            ("updated_at=1700000000", json!(1_700_000_000)),
            ("birthdate=1985-12-10", json!("1985-12-10")),
            ("birthdate=0000-02-29", json!("0000-02-29")),
            ("birthdate=1815", json!("1815")),
            ("zoneinfo=America/Argentina/Buenos_Aires", json!("America/Argentina/Buenos_Aires")),
            ("locale=en_GB", json!("en_GB")),
            ("address=12 St James's Square\nLondon", json!({"formatted": "12 St James's Square\nLondon"})),
            (r#"address={"locality":"London","country":"GB"}"#, json!({"locality": "London", "country": "GB"})),
        ];
        for (text, value) in cases {
            let name = find(text.split(['=', ' ']).next().unwrap_or_default()).map_or("", |claim| claim.name);
            assert_eq!(parse_assignment(text), Ok((name, Some(value))), "{text}");
        }
        assert_eq!(parse_assignment("nickname="), Ok(("nickname", None)));
    }

    #[test]
    fn a_value_of_another_type_or_form_is_refused_with_what_is_wanted() {
        let long = format!("name={}", "x".repeat(1001));
        let cases = [
            ("name=a\u{7}", "control character"),
            (&long, "1000 characters"),
            ("email=ada", "ada@example.org"),
            ("email_verified=yes", "true or false"),
            ("email_verified=\"true\"", "true or false"),
            ("updated_at=-1", "seconds since 1970"),
            ("updated_at=1.5", "seconds since 1970"),
            ("updated_at=soon", "seconds since 1970"),
            ("birthdate=10.12.1985", "YYYY-MM-DD"),
            ("birthdate=1985-02-29", "YYYY-MM-DD"),
            ("birthdate=1985-13-01", "YYYY-MM-DD"),
            ("birthdate=85", "YYYY-MM-DD"),
            ("birthdate=0000", "YYYY-MM-DD"),
            ("zoneinfo=GMT +1", "Europe/London"),
            ("zoneinfo=Europe/", "Europe/London"),
            ("locale=English (UK)", "en-GB"),
            ("locale=-", "en-GB"),
            ("picture=javascript:alert(1)", "https://"),
            ("picture=data:image/png;base64,AA", "https://"),
            ("website=https://", "https://"),
            ("profile=https://a\"><script>", "https://"),
            ("address={}", "postal_code"),
            ("address={\"planet\":\"Earth\"}", "postal_code"),
            ("address={\"country\":1}", "postal_code"),
            ("address={", "postal_code"),
            ("address={\"country\":{}}", "postal_code"),
        ];
        for (text, wanted) in cases {
            let error = parse_assignment(text).unwrap_err().to_string();
            assert!(error.contains(wanted), "{text}: {error}");
        }
    }

    #[test]
    fn what_is_no_claim_is_refused_with_the_nearest() {
        let cases = [
            ("phone_number", "NAME=VALUE"),
            ("=x", "NAME=VALUE"),
            ("sub=42", "Leave it out"),
            ("iss=x", "Leave it out"),
            ("azp=x", "Leave it out"),
            ("birthday=1985", "Did you mean birthdate?"),
            ("email-verified=true", "Did you mean email_verified?"),
            ("Nickname=a", "Did you mean nickname?"),
            ("groups=a", "preferred_username"),
        ];
        for (text, part) in cases {
            let error = parse_assignment(text).unwrap_err().to_string();
            assert!(error.contains(part), "{text}: {error}");
        }
    }

    proptest! {
        #[test]
        fn any_assignment_is_read_or_refused(name in "name|address|picture|updated_at|birthdate|locale|.*", value in ".*") {
            if let Ok((name, Some(value))) = parse_assignment(&format!("{name}={value}")) {
                prop_assert!(find(name).is_some_and(|claim| claim.accepts(&value)));
            }
        }
    }
}
