//! Userinfo: OpenID Connect Core §5.3.

use super::{ClaimsRequest, OPENID, UserClaims};
use crate::Scope;
use crate::bearer::BearerError;
use crate::oidc::claims::{find, of_scope};
use crate::oidc::claims_request::RequestedClaim;
use serde_json::{Map, Value, json};

/// Checks the effective scope of the token.
///
/// # Errors
/// `insufficient_scope`: only an authorization with `openid` gives access to userinfo (OpenID
/// Connect Core §5.3).
pub fn check_scope(scope: &Scope) -> Result<(), BearerError> {
    match scope.contains(OPENID) {
        true => Ok(()),
        false => Err(BearerError::InsufficientScope(Scope::of([OPENID]))),
    }
}

/// The response: `sub`, the claims of the scope (OpenID Connect Core §5.4) and those of the
/// `claims` parameter (OpenID Connect Core §5.5). Unknown ones are omitted (OpenID
/// Connect Core §5.3.2).
#[must_use]
pub fn claims(subject: &str, user: &UserClaims, scope: &Scope, request: &ClaimsRequest) -> Map<String, Value> {
    let by_scope = of_scope(scope).filter_map(|name| Some((name.to_owned(), user.get(name)?.clone())));
    let mut answer: Map<String, Value> = by_scope.collect();
    answer.extend(requested(user, request.userinfo(), scope));
    answer.insert("sub".to_owned(), json!(subject));
    answer
}

/// The claims of signed userinfo: the same with `iss` and `aud` (OpenID Connect Core §5.3.2).
#[must_use]
pub fn signed(mut answer: Map<String, Value>, issuer: &str, client_id: &str) -> Value {
    answer.insert("iss".to_owned(), json!(issuer));
    answer.insert("aud".to_owned(), json!(client_id));
    Value::Object(answer)
}

/// The known requested claims, without those whose value is not accepted or whose scope is not
/// granted.
pub(super) fn requested<'a>(
    user: &'a UserClaims,
    wanted: &'a std::collections::BTreeMap<String, RequestedClaim>,
    scope: &'a Scope,
) -> impl Iterator<Item = (String, Value)> + 'a {
    let known = move |(name, wanted): (&String, &RequestedClaim)| {
        find(name).filter(|claim| scope.contains(claim.scope))?;
        let value = user.get(name).filter(|value| wanted.allows(value))?;
        Some((name.clone(), value.clone()))
    };
    wanted.iter().filter_map(known)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::oidc::user_claims::Account;

    fn ada() -> UserClaims {
        let stored = json!({"phone_number": "+44 1", "address": {"country": "GB"}, "email_verified": false});
        let account = Account { username: "ada", email: Some("ada@example.com"), ..Account::default() };
        UserClaims::new(account, stored.as_object().unwrap())
    }

    fn answer(scope: &str, request: &str) -> Value {
        let (scope, request) = (Scope::parse(scope).unwrap(), ClaimsRequest::parse(request).unwrap());
        Value::Object(claims("42", &ada(), &scope, &request))
    }

    #[test]
    fn the_scope_decides_what_is_told() {
        assert_eq!(answer("openid", "{}"), json!({"sub": "42"}));
        assert_eq!(
            answer("openid email", "{}"),
            json!({"sub": "42", "email": "ada@example.com", "email_verified": false})
        );
        assert_eq!(
            answer("openid phone address", "{}"),
            json!({"sub": "42", "phone_number": "+44 1", "address": {"country": "GB"}})
        );
    }

    #[test]
    fn single_claims_are_told_where_their_scope_is_granted() {
        let request = r#"{"userinfo": {"email": {"essential": true}, "gender": null, "iss": null}, "id_token": {"address": null}}"#;
        assert_eq!(answer("openid", request), json!({"sub": "42"}), "the person has not granted the scope");
        let address = r#"{"userinfo": {"address": null}}"#;
        assert_eq!(answer("openid address", address), json!({"sub": "42", "address": {"country": "GB"}}));
        let other = r#"{"userinfo": {"email": {"value": "eve@example.com"}, "sub": {"value": "1"}}}"#;
        assert_eq!(answer("openid", other), json!({"sub": "42"}));
    }

    #[test]
    fn a_token_without_openid_gets_nothing() {
        assert_eq!(check_scope(&Scope::of(["openid"])), Ok(()));
        let refused = check_scope(&Scope::of(["profile", "email"])).unwrap_err();
        assert_eq!(refused.status(), 403);
    }

    #[test]
    fn the_signed_form_says_by_whom_and_for_whom() {
        let signed = signed(
            claims("42", &ada(), &Scope::of(["openid"]), &ClaimsRequest::default()),
            "https://id.example",
            "printer",
        );
        assert_eq!(signed, json!({"sub": "42", "iss": "https://id.example", "aud": "printer"}));
    }
}
