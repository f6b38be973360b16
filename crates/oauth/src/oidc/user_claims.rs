//! The claims about a person: OpenID Connect Core §5.1.

use super::claims::find;
use crate::Timestamp;
use serde_json::{Map, Value, json};

/// The claims that the account has.
#[derive(Clone, Copy, Debug, Default)]
pub struct Account<'a> {
    /// The user name.
    pub username: &'a str,
    /// The mail address.
    pub email: Option<&'a str>,
    /// The given name.
    pub given_name: Option<&'a str>,
    /// The family name.
    pub family_name: Option<&'a str>,
    /// The last change of these or of stored claims.
    pub updated_at: Option<Timestamp>,
}

/// The known standard claims. Others are excluded, so a stored claim cannot imitate a protocol
/// claim such as `iss` or `aud`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UserClaims(Map<String, Value>);

impl UserClaims {
    /// Merges account and stored claims; the account wins. Stored claims that are not standard, or
    /// of the wrong type, are dropped.
    #[must_use]
    pub fn new(account: Account<'_>, stored: &Map<String, Value>) -> Self {
        let standard = |(name, value): &(&String, &Value)| find(name).is_some_and(|claim| claim.accepts(value));
        let stored = stored.iter().filter(standard).map(|(name, value)| (name.clone(), value.clone()));
        let mut claims: Map<String, Value> = stored.collect();
        let known =
            [("email", account.email), ("given_name", account.given_name), ("family_name", account.family_name)];
        for (name, value) in known.into_iter().filter_map(|(name, value)| Some((name, value?))) {
            claims.insert(name.to_owned(), json!(value));
        }
        if let Some(moment) = account.updated_at {
            claims.insert("updated_at".to_owned(), json!(moment));
        }
        claims.entry("preferred_username").or_insert_with(|| json!(account.username));
        if let Some(name) = whole_name(&claims) {
            claims.entry("name").or_insert(name);
        }
        Self(claims)
    }

    /// The value of a claim.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }
}

fn whole_name(claims: &Map<String, Value>) -> Option<Value> {
    let part = |name: &str| claims.get(name).and_then(Value::as_str);
    let parts: Vec<&str> = ["given_name", "middle_name", "family_name"].into_iter().filter_map(part).collect();
    (!parts.is_empty()).then(|| json!(parts.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claims(stored: &Value) -> UserClaims {
        let (email, given_name) = (Some("ada@example.com"), Some("Ada"));
        let updated_at = Some(Timestamp::from_seconds(7));
        let account = Account { username: "ada", email, given_name, family_name: None, updated_at };
        UserClaims::new(account, stored.as_object().unwrap_or(&Map::new()))
    }

    #[test]
    fn the_account_and_the_stored_claims_come_together() {
        let known = claims(&json!({"email": "old@example.com", "email_verified": true, "family_name": "Lovelace"}));
        assert_eq!(known.get("email"), Some(&json!("ada@example.com")));
        assert_eq!(known.get("email_verified"), Some(&json!(true)));
        assert_eq!(known.get("name"), Some(&json!("Ada Lovelace")));
        assert_eq!(known.get("preferred_username"), Some(&json!("ada")));
        assert_eq!(
            claims(&json!({"name": "Countess", "preferred_username": "al"})).get("name"),
            Some(&json!("Countess"))
        );
        assert_eq!(known.get("phone_number"), None);
        assert_eq!(claims(&json!({"updated_at": 3})).get("updated_at"), Some(&json!(7)));
    }

    #[test]
    fn a_stored_claim_cannot_pass_as_one_of_the_protocol() {
        let known = claims(
            &json!({"iss": "https://evil.example", "sub": "1", "aud": "x", "groups": ["admin"], "email_verified": "yes"}),
        );
        assert!(["iss", "sub", "aud", "groups", "email_verified"].iter().all(|name| known.get(name).is_none()));
    }
}
