//! `--claim NAME=VALUE`: what OpenID Connect will say of a user (Core §5.1).

use serde_json::{Map, Value};

use crate::cli::Failure;

/// Claims that say who issued a token to whom and when: Jeton's own to make.
const RESERVED: [&str; 13] =
    ["sub", "iss", "aud", "exp", "iat", "nbf", "jti", "nonce", "auth_time", "acr", "amr", "azp", "sid"];

/// Claims by name.
#[derive(Debug, Default, PartialEq)]
pub struct Claims(Map<String, Value>);

impl Claims {
    /// Reads `NAME=VALUE` pairs; each name once.
    pub fn parse(pairs: &[String]) -> Result<Self, Failure> {
        let mut claims = Map::new();
        for pair in pairs {
            let (name, value) = pair
                .split_once('=')
                .filter(|(name, _)| !name.is_empty())
                .ok_or_else(|| Failure::new(format!("--claim {pair:?}: write it as NAME=VALUE")))?;
            if RESERVED.contains(&name) {
                return Err(Failure::new(format!("--claim {name}: this claim is made by Jeton itself. Leave it out")));
            }
            if claims.insert(name.to_owned(), self::value(name, value)).is_some() {
                return Err(Failure::new(format!("--claim {name}: name each claim once")));
            }
        }
        Ok(Self(claims))
    }

    /// Takes out a claim that has a column of its own.
    pub fn take(&mut self, name: &str) -> Option<String> {
        match self.0.remove(name)? {
            Value::String(text) => Some(text),
            other => Some(other.to_string()),
        }
    }

    /// The claims that are left.
    pub fn into_inner(self) -> Map<String, Value> {
        self.0
    }
}

/// Text stays text, even where it looks like a number (a telephone number, a year of birth); `true`, `false`, objects and
/// lists are what they look like, and the one standard claim that is a number becomes one.
fn value(name: &str, text: &str) -> Value {
    let parsed = serde_json::from_str::<Value>(text).ok().filter(|value| match value {
        Value::Bool(_) | Value::Object(_) | Value::Array(_) => true,
        Value::Number(_) => name == "updated_at",
        Value::Null | Value::String(_) => false,
    });
    parsed.unwrap_or_else(|| Value::String(text.to_owned()))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use serde_json::json;

    use super::*;

    fn parse(pairs: &[&str]) -> Result<Value, String> {
        let pairs: Vec<String> = pairs.iter().map(|pair| (*pair).to_owned()).collect();
        Claims::parse(&pairs).map(|claims| Value::Object(claims.into_inner())).map_err(|Failure(line)| line)
    }

    #[test]
    fn each_claim_gets_the_type_that_it_has_in_openid_connect() {
        let claims = parse(&[
            "phone_number=0123",
            "birthdate=1815",
            "email_verified=true",
            "address={\"locality\":\"London\"}",
            "updated_at=1700000000",
            "website=https://a.example/?b=c",
        ]);
        let expected = json!({"phone_number": "0123", "birthdate": "1815", "email_verified": true,
            "address": {"locality": "London"}, "updated_at": 1_700_000_000, "website": "https://a.example/?b=c"});
        assert_eq!(claims.unwrap(), expected);
    }

    #[test]
    fn what_is_no_claim_or_not_the_operators_is_refused() {
        assert!(parse(&["phone_number"]).unwrap_err().contains("NAME=VALUE"));
        assert!(parse(&["=x"]).unwrap_err().contains("NAME=VALUE"));
        assert!(parse(&["sub=ada"]).unwrap_err().contains("Leave it out"));
        assert!(parse(&["nickname=a", "nickname=b"]).unwrap_err().contains("once"));
        assert!(parse(&["nickname=a"]).is_ok());
    }
}
