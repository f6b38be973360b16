//! The `claims` parameter: OpenID Connect Core §5.5.

use super::claims::find;
use crate::jose::{Limits, parse_json};
use crate::{Error, Scope};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

const LIMITS: Limits = Limits { bytes: 16 * 1024, depth: 8 };
/// Stored requests are longer than received ones, and a level deeper.
const STORED: Limits = Limits { bytes: 128 * 1024, depth: 10 };

/// A requested claim: OpenID Connect Core §5.5.1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestedClaim {
    /// `essential`; a missing claim is still no error.
    pub essential: bool,
    /// The accepted values, preferred first; empty: any.
    pub values: Vec<Value>,
}

/// The `claims` parameter; empty if absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClaimsRequest {
    userinfo: BTreeMap<String, RequestedClaim>,
    id_token: BTreeMap<String, RequestedClaim>,
}

impl ClaimsRequest {
    /// Parses the parameter. Unknown members and claims are accepted and never returned.
    ///
    /// # Errors
    /// `invalid_request` for what is not JSON of the form of OpenID Connect Core §5.5, and for more
    /// than 16 KiB or 8 levels.
    pub fn parse(text: &str) -> Result<Self, Error> {
        Self::read(text, LIMITS)
    }

    /// Reads what [`ClaimsRequest::to_json`] wrote.
    ///
    /// # Errors
    /// `invalid_request` for anything else.
    pub fn from_stored(text: &str) -> Result<Self, Error> {
        Self::read(text, STORED)
    }

    fn read(text: &str, limits: Limits) -> Result<Self, Error> {
        let broken = || Error::invalid_request("The claims parameter is not JSON as OpenID Connect Core 5.5 has it");
        let members = parse_json(text.as_bytes(), limits).map_err(|error| broken().because(error.to_string()))?;
        let part = |name: &str| members.get(name).map_or(Some(BTreeMap::new()), requested_claims).ok_or_else(broken);
        Ok(Self { userinfo: part("userinfo")?, id_token: part("id_token")? })
    }

    /// The claims that are asked for in userinfo.
    #[must_use]
    pub const fn userinfo(&self) -> &BTreeMap<String, RequestedClaim> {
        &self.userinfo
    }

    /// The claims that are asked for in the ID token.
    #[must_use]
    pub const fn id_token(&self) -> &BTreeMap<String, RequestedClaim> {
        &self.id_token
    }

    /// The scopes of the requested claims (OpenID Connect Core §5.4): consent is asked for them, so
    /// naming a claim does not bypass consent.
    #[must_use]
    pub fn scope(&self) -> Scope {
        let names = self.userinfo.keys().chain(self.id_token.keys());
        Scope::of(names.filter_map(|name| find(name)).map(|claim| claim.scope))
    }

    /// Whether nothing is asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.userinfo.is_empty() && self.id_token.is_empty()
    }

    /// Whether the response may be about this user, by the requested value of `sub`. Otherwise no
    /// token is issued (OpenID Connect Core §5.5.1, §3.1.2.1): `login_required` with `prompt=none`,
    /// or a new sign-in.
    #[must_use]
    pub fn allows_subject(&self, subject: &str) -> bool {
        let allowed = |wanted: &RequestedClaim| wanted.allows(&json!(subject));
        [&self.userinfo, &self.id_token].into_iter().all(|part| part.get("sub").is_none_or(allowed))
    }

    /// Whether this `acr` is acceptable: only an essential `acr` with values restricts it (OpenID
    /// Connect Core §5.5.1.1). Otherwise `unmet_authentication_requirements`.
    #[must_use]
    pub fn allows_acr(&self, acr: &str) -> bool {
        self.id_token.get("acr").is_none_or(|wanted| !wanted.essential || wanted.allows(&json!(acr)))
    }

    /// Serialized for the store; [`ClaimsRequest::from_stored`] parses it.
    #[must_use]
    pub fn to_json(&self) -> String {
        let part = |claims: &BTreeMap<String, RequestedClaim>| -> Map<String, Value> {
            claims.iter().map(|(name, wanted)| (name.clone(), wanted.to_json())).collect()
        };
        json!({"userinfo": part(&self.userinfo), "id_token": part(&self.id_token)}).to_string()
    }
}

impl RequestedClaim {
    /// Whether this value is accepted.
    #[must_use]
    pub fn allows(&self, value: &Value) -> bool {
        self.values.is_empty() || self.values.contains(value)
    }

    fn read(value: &Value) -> Option<Self> {
        let Some(members) = value.as_object() else { return value.is_null().then(Self::default) };
        let essential = members.get("essential").map_or(Some(false), Value::as_bool)?;
        let many = members.get("values").map_or(Some(&[][..]), |values| values.as_array().map(Vec::as_slice))?;
        let values = members.get("value").into_iter().chain(many).cloned().collect();
        Some(Self { essential, values })
    }

    fn to_json(&self) -> Value {
        match (self.essential, self.values.is_empty()) {
            (false, true) => Value::Null,
            (true, true) => json!({"essential": true}),
            (essential, false) => json!({"essential": essential, "values": self.values}),
        }
    }
}

fn requested_claims(value: &Value) -> Option<BTreeMap<String, RequestedClaim>> {
    let one = |(name, value): (&String, &Value)| RequestedClaim::read(value).map(|wanted| (name.clone(), wanted));
    match value {
        Value::Null => Some(BTreeMap::new()),
        value => value.as_object()?.iter().map(one).collect(),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parse(text: &str) -> ClaimsRequest {
        ClaimsRequest::parse(text).unwrap()
    }

    #[test]
    fn the_example_of_core_5_5_is_read() {
        let request = parse(
            r#"{"userinfo": {"given_name": {"essential": true}, "nickname": null, "picture": null,
                "http://example.info/claims/groups": null},
                "id_token": {"auth_time": {"essential": true}, "acr": {"values": ["urn:mace:incommon:iap:silver"]}}}"#,
        );
        assert_eq!(request.userinfo().len(), 4);
        assert!(request.userinfo()["given_name"].essential && !request.userinfo()["picture"].essential);
        assert!(request.id_token()["acr"].allows(&json!("urn:mace:incommon:iap:silver")));
        assert_eq!(parse(&request.to_json()), request);
        assert!(!request.is_empty() && parse("{}").is_empty() && parse(r#"{"userinfo":null,"extra":[1]}"#).is_empty());
    }

    #[test]
    fn whatever_is_accepted_can_be_kept_and_read_again() {
        let many: Vec<String> = (0..900).map(|number| format!("\"{number}\":{{\"value\":1}}")).collect();
        for text in
            [r#"{"userinfo":{"name":{"value":[[[[[1]]]]]}}}"#, &format!("{{\"userinfo\":{{{}}}}}", many.join(","))]
        {
            let request = parse(text);
            assert_eq!(ClaimsRequest::from_stored(&request.to_json()).unwrap(), request);
        }
        assert!(ClaimsRequest::parse(r#"{"userinfo":{"name":{"value":[[[[[[1]]]]]]}}}"#).is_err());
    }

    #[test]
    fn claims_that_are_named_belong_to_their_scopes() {
        let request =
            parse(r#"{"userinfo": {"name": null, "x": null, "sub": null}, "id_token": {"email": null, "acr": null}}"#);
        assert_eq!(request.scope(), Scope::of(["profile", "email"]));
    }

    #[test]
    fn a_request_for_one_user_allows_no_other() {
        let one = parse(r#"{"id_token": {"sub": {"value": "42"}}}"#);
        let two = parse(r#"{"userinfo": {"sub": {"values": ["42", "43"]}}, "id_token": {"sub": {"value": "43"}}}"#);
        assert!(one.allows_subject("42") && !one.allows_subject("43") && !one.allows_subject(""));
        assert!(two.allows_subject("43") && !two.allows_subject("42"));
        assert!(parse("{}").allows_subject("7") && parse(r#"{"id_token": {"sub": null}}"#).allows_subject("7"));
        assert!(!parse(r#"{"id_token": {"sub": {"value": 42}}}"#).allows_subject("42"));
    }

    #[test]
    fn only_an_essential_class_of_sign_in_binds() {
        let request =
            |essential| parse(&format!(r#"{{"id_token":{{"acr":{{"essential":{essential},"values":["2"]}}}}}}"#));
        assert!(request(true).allows_acr("2") && !request(true).allows_acr("1"));
        assert!(request(false).allows_acr("1") && parse("{}").allows_acr("1"));
    }

    #[test]
    fn what_is_not_of_the_form_is_refused() {
        let bad = [
            "",
            "{",
            "[]",
            "null",
            "true",
            "\"x\"",
            r#"{"userinfo":[]}"#,
            r#"{"userinfo":"name"}"#,
            r#"{"id_token":{"name":1}}"#,
            r#"{"id_token":{"name":{"essential":"yes"}}}"#,
            r#"{"id_token":{"name":{"values":"x"}}}"#,
            r#"{"id_token":{"name":null,"name":null}}"#,
        ];
        for text in bad {
            assert_eq!(ClaimsRequest::parse(text).unwrap_err().code.as_str(), "invalid_request", "{text}");
        }
    }

    #[test]
    fn size_and_depth_are_bounded() {
        let nested = |levels: usize| {
            let (open, close) = ("[".repeat(levels), "]".repeat(levels));
            format!(r#"{{"userinfo":{{"name":{{"value":{open}{close}}}}}}}"#)
        };
        assert!(ClaimsRequest::parse(&nested(5)).is_ok() && ClaimsRequest::parse(&nested(6)).is_err());
        assert!(ClaimsRequest::parse(&nested(8000)).is_err());
        assert!(ClaimsRequest::parse(&"{\"userinfo\":".repeat(10_000)).is_err());
        let long = |length: usize| format!(r#"{{"extra":"{}"}}"#, "x".repeat(length));
        assert!(ClaimsRequest::parse(&long(16_000)).is_ok() && ClaimsRequest::parse(&long(1 << 20)).is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".*", json in "[\\[\\]{}\",:a-z0-9. -]*") {
            for text in [text, json] {
                if let Ok(request) = ClaimsRequest::parse(&text) {
                    prop_assert_eq!(ClaimsRequest::parse(&request.to_json()), Ok(request));
                }
            }
        }

        #[test]
        fn any_claim_is_read_or_refused(name in ".*", member in "essential|value|values|.*", value in "true|null|\\[\\]|\".\"|[0-9]") {
            let text = format!(r#"{{"id_token":{{{}:{{{}:{value}}}}}}}"#, json!(name), json!(member));
            if let Ok(request) = ClaimsRequest::parse(&text) {
                prop_assert_eq!(ClaimsRequest::parse(&request.to_json()), Ok(request));
            }
        }
    }
}
