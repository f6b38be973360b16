//! `--claim NAME=VALUE`: what OpenID Connect will say of a user (Core §5.1).

use oauth::oidc::claims::parse_assignment;
use serde_json::{Map, Value};

use crate::cli::Failure;

/// Claims by name; `None` takes one away. Each name once.
pub fn read(pairs: &[String]) -> Result<Vec<(&'static str, Option<Value>)>, Failure> {
    let mut claims: Vec<(&'static str, Option<Value>)> = Vec::new();
    for pair in pairs {
        // Not echoed: the argument may be the value alone, which is private.
        let (name, value) = parse_assignment(pair).map_err(|error| Failure::new(format!("--claim {error}")))?;
        if claims.iter().any(|(other, _)| *other == name) {
            return Err(Failure::new(format!("--claim {name}: name each claim once")));
        }
        claims.push((name, value));
    }
    Ok(claims)
}

/// The claims of a new user, who has none to be taken away.
pub fn new(pairs: &[String]) -> Result<Map<String, Value>, Failure> {
    let full = |(name, value): (&'static str, Option<Value>)| {
        let value = value.ok_or_else(|| Failure::new(format!("--claim {name}: the value is missing")))?;
        Ok((name.to_owned(), value))
    };
    read(pairs)?.into_iter().map(full).collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use serde_json::json;

    use super::*;

    fn pairs(pairs: &[&str]) -> Vec<String> {
        pairs.iter().map(|pair| (*pair).to_owned()).collect()
    }

    #[test]
    fn each_claim_is_named_once_and_a_new_user_has_none_to_lose() {
        let refused = |list: &[&str]| new(&pairs(list)).map_err(|Failure(line)| line).unwrap_err();
        assert!(refused(&["nickname=a", "nickname=b"]).contains("once"));
        assert!(refused(&["nickname="]).contains("missing"));
        assert!(refused(&["nickname"]).contains("--claim write it as NAME=VALUE"));
        assert_eq!(Value::Object(new(&pairs(&["nickname=a"])).unwrap()), json!({"nickname": "a"}));
        assert_eq!(read(&pairs(&["nickname="])).unwrap(), [("nickname", None)]);
    }
}
