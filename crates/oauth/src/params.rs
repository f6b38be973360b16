//! Request parameters as ordered pairs: RFC 6749 §3.1, §3.2 and appendix B.
//!
//! Pairs, not a map, so that repeated parameters are detected and refused.

use crate::problem::{Fault, Finding};
use crate::{Error, percent};
use std::fmt;

/// The most pairs, counted before decoding.
const MAX_PAIRS: usize = 1000;

/// The parameters of a request, in order. `Debug` shows names only.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Params(Vec<(String, String)>);

impl Params {
    /// Reads `application/x-www-form-urlencoded` bytes: a query string or a body.
    ///
    /// # Errors
    /// `invalid_request` for invalid UTF-8, for a NUL (raw or encoded), and for more than 1000
    /// pairs.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let pieces = || bytes.split(|byte| *byte == b'&').filter(|piece| !piece.is_empty());
        // A cheap upper bound by counting separators.
        let separators = bytes.iter().filter(|byte| **byte == b'&').count();
        if separators >= MAX_PAIRS && pieces().take(MAX_PAIRS + 1).count() > MAX_PAIRS {
            return Err(Error::invalid_request("The request has too many parameters"));
        }
        let mut pairs = Vec::with_capacity(separators.min(MAX_PAIRS) + 1);
        for piece in pieces() {
            let unreadable = || Error::invalid_request("The request holds bytes that are not UTF-8 text");
            pairs.push(decode_pair(piece).ok_or_else(unreadable)?);
        }
        Ok(Self(pairs))
    }

    /// Takes pairs that are already decoded.
    pub fn from_pairs<I, K, V>(pairs: I) -> Self
    where
        I: IntoIterator<Item = (K, V)>,
        K: Into<String>,
        V: Into<String>,
    {
        Self(pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }

    /// The value of a parameter; an empty one counts as not sent (RFC 6749 §3.1).
    ///
    /// # Errors
    /// `invalid_request` when the parameter was sent more than once.
    pub fn get(&self, name: &str) -> Result<Option<&str>, Error> {
        let mut values = self.all(name);
        match (values.next(), values.next()) {
            (_, Some(_)) => Err(Error::invalid_request("A parameter was sent more than once")
                .because(name)
                .found(Finding::new(Fault::Repeated, name))),
            (value, None) => Ok(value.filter(|value| !value.is_empty())),
        }
    }

    /// A parameter that protects what is issued. An empty parameter counts as omitted
    /// (RFC 6749 §3.1), but here that would be a downgrade (RFC 9700 §2.1.1), so it is refused.
    ///
    /// # Errors
    /// `invalid_request` when the parameter is empty or repeated.
    pub fn get_or_refuse_empty(&self, name: &str) -> Result<Option<&str>, Error> {
        let value = self.get(name)?;
        match value.is_none() && self.all(name).next().is_some() {
            true => Err(Error::invalid_request("A parameter that protects the request is empty")
                .because(name)
                .found(Finding::new(Fault::Malformed, name))),
            false => Ok(value),
        }
    }

    /// The query followed by the body: a parameter in both is detected as repeated.
    #[must_use]
    pub fn chain_body(mut self, body: Self) -> Self {
        self.0.extend(body.0);
        self
    }

    /// A required parameter.
    ///
    /// # Errors
    /// `invalid_request` when it is missing, empty or repeated; the reason names it.
    pub fn required(&self, name: &'static str) -> Result<&str, Error> {
        let missing = || {
            let finding = Finding::new(Fault::Missing, name);
            Error::invalid_request("A required parameter is missing").because(name).found(finding)
        };
        self.get(name)?.ok_or_else(missing)
    }

    /// Every value of a parameter, empty ones too, in order.
    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The pairs in order.
    #[must_use]
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// The last value, empty ones included: for forms of the pages.
    #[must_use]
    pub fn last(&self, name: &str) -> Option<&str> {
        self.all(name).last()
    }

    /// With this parameter set: earlier values are replaced.
    #[must_use]
    pub fn with(self, name: &str, value: &str) -> Self {
        let mut params = self.without(name);
        params.0.push((name.to_owned(), value.to_owned()));
        params
    }

    /// The same parameters without this one.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.0.retain(|(key, _)| key != name);
        self
    }

    /// The pairs as a query string; a space is `%20`, never `+`.
    #[must_use]
    pub fn encode(&self) -> String {
        let pairs = self.0.iter().map(|(name, value)| format!("{}={}", percent::encode(name), percent::encode(value)));
        pairs.collect::<Vec<_>>().join("&")
    }
}

fn decode_pair(piece: &[u8]) -> Option<(String, String)> {
    let end = piece.iter().position(|byte| *byte == b'=').unwrap_or(piece.len());
    let value = piece.get(end + 1..).unwrap_or_default();
    Some((percent::form_decode(&piece[..end])?, percent::form_decode(value)?))
}

impl fmt::Debug for Params {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn pairs_are_decoded_in_order() {
        let params = Params::parse(b"a=1+2&&b=%26%3D&c&a=").unwrap();
        let pairs = [("a", "1 2"), ("b", "&="), ("c", ""), ("a", "")];
        assert_eq!(params, Params::from_pairs(pairs));
        assert_eq!(params.encode(), "a=1%202&b=%26%3D&c=&a=");
    }

    #[test]
    fn a_repeated_parameter_is_refused_and_an_empty_one_is_absent() {
        let params = Params::parse(b"once=x&empty=&twice=x&twice=x&void=&void=").unwrap();
        assert_eq!(params.get("once").unwrap(), Some("x"));
        assert_eq!(params.get("empty").unwrap(), None);
        assert_eq!(params.get("missing").unwrap(), None);
        for name in ["twice", "void"] {
            let error = params.get(name).unwrap_err();
            assert_eq!((error.code.as_str(), error.reason.as_deref()), ("invalid_request", Some(name)));
        }
        assert_eq!(params.required("once").unwrap(), "x");
        assert!(["empty", "missing", "twice"].iter().all(|name| params.required(name).is_err()));
        assert_eq!((params.last("empty"), params.last("missing")), (Some(""), None));
    }

    #[test]
    fn an_empty_parameter_that_protects_is_refused() {
        let params = Params::parse(b"empty=&bare&once=x&twice=x&twice=x").unwrap();
        assert_eq!(
            (params.get_or_refuse_empty("missing"), params.get_or_refuse_empty("once")),
            (Ok(None), Ok(Some("x")))
        );
        for name in ["empty", "bare", "twice"] {
            let error = params.get_or_refuse_empty(name).unwrap_err();
            assert_eq!((error.code.as_str(), error.reason.as_deref()), ("invalid_request", Some(name)));
        }
    }

    #[test]
    fn what_stands_in_query_and_body_is_repeated() {
        let params = Params::parse(b"a=1&b=2").unwrap().chain_body(Params::parse(b"b=2&c=3").unwrap());
        assert_eq!((params.get("a"), params.get("c")), (Ok(Some("1")), Ok(Some("3"))));
        assert!(params.get("b").is_err());
    }

    #[test]
    fn hostile_bytes_and_floods_are_refused() {
        for body in [&b"a=%00"[..], b"%00=a", b"a=\0", b"a=\xc3\x28", b"a=%ED%A0%80", b"a=%F8%88%80%80%80"] {
            assert_eq!(Params::parse(body).unwrap_err().code.as_str(), "invalid_request", "{body:?}");
        }
        assert_eq!(Params::parse("a=1&".repeat(1000).as_bytes()).unwrap().pairs().len(), 1000);
        assert!(Params::parse("a=1&".repeat(1001).as_bytes()).is_err());
        assert!(Params::parse("a=%00".repeat(1_000_000).as_bytes()).is_err());
    }

    #[test]
    fn a_parameter_can_be_set_and_taken_out() {
        let params = Params::parse(b"a=1&b=2&a=3").unwrap();
        assert_eq!(params.clone().with("a", "x y").encode(), "b=2&a=x%20y");
        assert_eq!(params.without("b").encode(), "a=1&a=3");
    }

    #[test]
    fn debug_shows_names_and_no_values() {
        let shown = format!("{:?}", Params::from_pairs([("password", "hunter2")]));
        assert_eq!(shown, "{\"password\"}");
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            if let Ok(params) = Params::parse(&bytes) {
                prop_assert_eq!(Params::parse(params.encode().as_bytes()), Ok(params));
            }
        }

        #[test]
        fn pairs_come_back(pairs in prop::collection::vec(("[^\0]{1,9}", "[^\0]*"), 0..9)) {
            let params = Params::from_pairs(pairs);
            prop_assert_eq!(Params::parse(params.encode().as_bytes()), Ok(params));
        }
    }
}
