//! The header of a JWS: RFC 7515 §4.

use super::{Algorithm, JoseError};
use serde_json::{Map, Value};

/// The header of a JWS, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// `alg`.
    pub algorithm: Algorithm,
    /// `kid`.
    pub kid: Option<String>,
    /// `typ` in lower case, without the prefix `application/` (RFC 7515 §4.1.9).
    pub typ: Option<String>,
}

impl Header {
    /// Reads the members of a header; those that are unknown are ignored.
    ///
    /// # Errors
    /// `Malformed` for `crit`, an unknown `alg`, and a member that is not text.
    pub(super) fn read(members: &Map<String, Value>) -> Result<Self, JoseError> {
        if members.contains_key("crit") {
            return Err(JoseError::Malformed("crit names extensions that are not understood"));
        }
        let text = |name: &'static str| match members.get(name) {
            None => Ok(None),
            Some(value) => value.as_str().map(Some).ok_or(JoseError::Malformed(name)),
        };
        let algorithm = text("alg")?.and_then(Algorithm::parse).ok_or(JoseError::Malformed("alg"))?;
        Ok(Self { algorithm, kid: text("kid")?.map(str::to_owned), typ: text("typ")?.map(short_type) })
    }

    /// Whether `typ` is one of these; `None` means absent (RFC 8725 §3.11).
    #[must_use]
    pub fn is_typed(&self, types: &[Option<&str>]) -> bool {
        types.contains(&self.typ.as_deref())
    }
}

/// Media types are compared without regard to case, and `application/` may be left out.
fn short_type(typ: &str) -> String {
    let lower = typ.to_ascii_lowercase();
    lower.strip_prefix("application/").unwrap_or(&lower).to_owned()
}
