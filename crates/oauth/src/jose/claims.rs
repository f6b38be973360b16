//! The claims of a JWT: RFC 7519 §4.

use super::JoseError;
use crate::Timestamp;
use serde_json::{Map, Value};

/// The accepted clock skew, in seconds. FAPI 2.0 requires that 10 are accepted and 60 refused.
pub const LEEWAY: i64 = 30;
/// Seconds since 1970 beyond which a time is nonsense: the year 9999.
const LAST_SECOND: f64 = 253_402_300_799.0;

/// The claims of a JWT with typed access. A claim of the wrong type is an error, never ignored.
#[derive(Clone, Debug, PartialEq)]
pub struct Claims(Map<String, Value>);

/// For whom a JWT is: RFC 7519 §4.1.3.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Audience<'a> {
    /// `aud` is a string.
    One(&'a str),
    /// `aud` is an array of strings.
    Many(Vec<&'a str>),
}

impl Audience<'_> {
    /// Whether this is the audience, or one of it.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        match self {
            Self::One(only) => *only == name,
            Self::Many(names) => names.contains(&name),
        }
    }
}

impl Claims {
    /// The claims of an object.
    #[must_use]
    pub const fn new(members: Map<String, Value>) -> Self {
        Self(members)
    }

    /// All of them, by name.
    #[must_use]
    pub const fn members(&self) -> &Map<String, Value> {
        &self.0
    }

    /// A claim that is text.
    ///
    /// # Errors
    /// `BadClaim` when it is of another type.
    pub fn text(&self, name: &'static str) -> Result<Option<&str>, JoseError> {
        self.0.get(name).map(|value| value.as_str().ok_or(JoseError::BadClaim(name))).transpose()
    }

    /// A claim that must be there and be text, not empty.
    ///
    /// # Errors
    /// `BadClaim` with the name of the claim.
    pub fn required_text(&self, name: &'static str) -> Result<&str, JoseError> {
        self.text(name)?.filter(|text| !text.is_empty()).ok_or(JoseError::BadClaim(name))
    }

    /// A claim that is a moment; parts of a second are cut off (RFC 7519 §2, NumericDate).
    ///
    /// # Errors
    /// `BadClaim` when it is not a number, negative, or after the year 9999.
    pub fn time(&self, name: &'static str) -> Result<Option<Timestamp>, JoseError> {
        self.0.get(name).map(|value| moment(value).ok_or(JoseError::BadClaim(name))).transpose()
    }

    /// A claim that must be there and be a moment.
    ///
    /// # Errors
    /// `BadClaim` with the name of the claim.
    pub fn required_time(&self, name: &'static str) -> Result<Timestamp, JoseError> {
        self.time(name)?.ok_or(JoseError::BadClaim(name))
    }

    /// `aud`, which must be there.
    ///
    /// # Errors
    /// `BadClaim` when it is missing, empty, or holds anything but text.
    pub fn audience(&self) -> Result<Audience<'_>, JoseError> {
        let many = |values: &'_ [Value]| values.iter().all(Value::is_string) && !values.is_empty();
        match self.0.get("aud") {
            Some(Value::String(only)) => Ok(Audience::One(only)),
            Some(Value::Array(values)) if many(values) => {
                Ok(Audience::Many(values.iter().filter_map(Value::as_str).collect()))
            }
            _ => Err(JoseError::BadClaim("aud")),
        }
    }

    /// Validates `exp`, `nbf` and `iat`, as far as present. `exp` is exact; `nbf` and `iat` may lie
    /// [`LEEWAY`] ahead.
    ///
    /// # Errors
    /// `BadClaim` with the name of the claim.
    pub fn check_times(&self, now: Timestamp) -> Result<(), JoseError> {
        if self.time("exp")?.is_some_and(|end| end <= now) {
            return Err(JoseError::BadClaim("exp"));
        }
        for name in ["nbf", "iat"] {
            if self.time(name)?.is_some_and(|begin| begin > now.plus(LEEWAY)) {
                return Err(JoseError::BadClaim(name));
            }
        }
        Ok(())
    }
}

fn moment(value: &Value) -> Option<Timestamp> {
    let seconds = value.as_f64().filter(|seconds| (0.0..=LAST_SECOND).contains(seconds))?;
    Some(Timestamp::from_seconds(seconds.floor() as i64))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use serde_json::json;

    const NOW: Timestamp = Timestamp::from_seconds(1_000_000);

    fn claims(value: Value) -> Claims {
        Claims::new(value.as_object().unwrap().clone())
    }

    #[test]
    fn a_claim_of_another_type_is_refused() {
        let good = claims(json!({"iss": "a", "exp": 5.9, "aud": ["a", "b"]}));
        assert_eq!(good.required_text("iss"), Ok("a"));
        assert_eq!(good.time("exp"), Ok(Some(Timestamp::from_seconds(5))));
        assert_eq!((good.text("sub"), good.time("nbf")), (Ok(None), Ok(None)));
        assert!(good.audience().unwrap().contains("b") && !good.audience().unwrap().contains("c"));
        assert_eq!(claims(json!({"aud": "a"})).audience(), Ok(Audience::One("a")));
        let bad = claims(json!({"iss": 1, "sub": "", "exp": "5", "nbf": -1, "iat": 1e300, "aud": ["a", 1]}));
        assert!(bad.text("iss").is_err() && bad.required_text("sub").is_err() && bad.required_text("jti").is_err());
        assert!(["exp", "nbf", "iat"].into_iter().all(|name| bad.time(name).is_err()));
        for aud in [json!({}), json!({"aud": []}), json!({"aud": null}), json!({"aud": {"a": "a"}})] {
            assert!(claims(aud).audience().is_err());
        }
        assert!(bad.audience().is_err());
    }

    #[test]
    fn a_clock_may_be_ten_seconds_ahead_and_not_a_minute() {
        let at = |name: &str, offset: i64| claims(json!({name: NOW.seconds() + offset})).check_times(NOW);
        for name in ["nbf", "iat"] {
            assert_eq!((at(name, 10), at(name, 30), at(name, -3600)), (Ok(()), Ok(()), Ok(())));
            assert_eq!((at(name, 31), at(name, 60)), (Err(JoseError::BadClaim(name)), Err(JoseError::BadClaim(name))));
        }
    }

    #[test]
    fn what_has_ended_has_ended() {
        let at = |offset: i64| claims(json!({"exp": NOW.seconds() + offset})).check_times(NOW);
        assert_eq!(
            (at(1), at(0), at(-300)),
            (Ok(()), Err(JoseError::BadClaim("exp")), Err(JoseError::BadClaim("exp")))
        );
        assert_eq!(claims(json!({})).check_times(NOW), Ok(()));
    }
}
