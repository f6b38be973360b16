//! Untrusted JSON: bounded size and depth, no duplicate members.
//!
//! Parsers disagree on duplicate members, which allows attacks (RFC 7515 §4, RFC 8725 §2.4), so
//! they are refused.

use super::JoseError;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt;

/// How much JSON is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes.
    pub bytes: usize,
    /// The most levels of objects and arrays inside each other; 1 is `{}`.
    pub depth: usize,
}

/// Reads one JSON object.
///
/// # Errors
/// `Malformed` for anything else, beyond the limits, and for duplicate members.
pub fn parse(bytes: &[u8], limits: Limits) -> Result<Map<String, Value>, JoseError> {
    if bytes.len() > limits.bytes {
        return Err(JoseError::Malformed("the JSON is too long"));
    }
    let bad = |_| JoseError::Malformed("not JSON, or too deep, or a member stands twice");
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = Level(limits.depth).deserialize(&mut deserializer).map_err(bad)?;
    deserializer.end().map_err(bad)?;
    match value {
        Value::Object(object) => Ok(object),
        _ => Err(JoseError::Malformed("the JSON is not an object")),
    }
}

/// How many more levels may open from here.
struct Level(usize);

impl Level {
    fn open<E: Error>(&self) -> Result<usize, E> {
        self.0.checked_sub(1).ok_or_else(|| E::custom("too deep"))
    }
}

impl<'de> DeserializeSeed<'de> for Level {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Level {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("not a number"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let inside = self.open()?;
        let mut values = Vec::new();
        while let Some(value) = access.next_element_seed(Level(inside))? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let inside = self.open()?;
        let mut members = Map::new();
        while let Some(name) = access.next_key::<String>()? {
            let value = access.next_value_seed(Level(inside))?;
            if members.insert(name, value).is_some() {
                return Err(A::Error::custom("a member stands twice"));
            }
        }
        Ok(Value::Object(members))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LIMITS: Limits = Limits { bytes: 200, depth: 3 };

    fn read(text: &str) -> Result<Map<String, Value>, JoseError> {
        parse(text.as_bytes(), LIMITS)
    }

    #[test]
    fn one_object_is_read_whole() {
        let text = r#" {"a":[1,-2,1.5,true,null,"x\u0000"],"b":{"c":{}},"n":18446744073709551615} "#;
        let whole: Value = serde_json::from_str(text).unwrap();
        assert_eq!(read(text).map(Value::Object), Ok(whole));
    }

    #[test]
    fn what_two_parsers_would_read_differently_is_refused() {
        assert!(read(r#"{"a":1,"b":1}"#).is_ok());
        for text in [r#"{"a":1,"a":1}"#, r#"{"a":1,"\u0061":2}"#, r#"{"x":{"a":1,"a":2}}"#] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn anything_but_one_object_is_refused() {
        for text in ["", "[]", "1", "null", "{}{}", "{} x", "{", r#"{"a":1,}"#, r#"{"a":NaN}"#, r#"{"a":1e999}"#] {
            assert!(read(text).is_err(), "{text}");
        }
        assert!(parse(b"{\"a\":\"\xff\"}", LIMITS).is_err());
    }

    #[test]
    fn size_and_depth_are_bounded() {
        assert!(read(r#"{"a":{"b":{}}}"#).is_ok() && read(r#"{"a":{"b":[[]]}}"#).is_err());
        assert!(read(&format!("{{\"a\":\"{}\"}}", "x".repeat(192))).is_ok());
        assert!(read(&format!("{{\"a\":\"{}\"}}", "x".repeat(193))).is_err());
        let deep = Limits { bytes: usize::MAX, depth: 8 };
        for open in ["[", "{\"a\":"] {
            assert!(parse(format!("{{\"a\":{}", open.repeat(100_000)).as_bytes(), deep).is_err());
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            let _ = parse(&bytes, LIMITS);
        }

        #[test]
        fn any_text_of_json_is_read_or_refused(text in "[\\[\\]{}\",:a0-9.eE\\\\ -]*") {
            let _ = read(&text);
        }
    }
}
