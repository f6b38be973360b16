//! Resource indicators: RFC 8707 2.

use crate::redirect_uri::is_absolute;
use crate::{Error, ErrorCode, Params};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const MAX_RESOURCES: usize = 16;
const MAX_BYTES: usize = 2000;

/// The resources that a request asks for, or that a grant is for. Empty: none was named, and the token is for whoever
/// introspects it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resources(BTreeSet<String>);

impl Resources {
    /// Reads `resource`, which may stand several times.
    ///
    /// # Errors
    /// `invalid_target` for what is not an absolute URI without a fragment, and for more than 16 of them.
    pub fn parse(params: &Params) -> Result<Self, Error> {
        Self::of(params.all("resource").filter(|text| !text.is_empty()).map(str::to_owned))
    }

    /// Takes these resources.
    ///
    /// # Errors
    /// As [`Resources::parse`].
    pub fn of(resources: impl IntoIterator<Item = String>) -> Result<Self, Error> {
        let resources: BTreeSet<String> = resources.into_iter().take(MAX_RESOURCES + 1).collect();
        match resources.len() <= MAX_RESOURCES && resources.iter().all(|resource| is_resource(resource)) {
            true => Ok(Self(resources)),
            false => Err(invalid_target("A resource must be an absolute URI without a fragment")),
        }
    }

    /// Whether none was named.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The resources in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// What a token is for, when this is asked for at the token endpoint under a grant for `granted`: the same or less, and
    /// all of it when nothing is asked (RFC 8707 2.2).
    ///
    /// # Errors
    /// `invalid_target`: an audience never grows.
    pub fn narrow(self, granted: &Self) -> Result<Self, Error> {
        match (self.is_empty(), self.0.is_subset(&granted.0)) {
            (true, _) => Ok(granted.clone()),
            (false, true) => Ok(self),
            (false, false) => Err(invalid_target("The grant is not for this resource")),
        }
    }

    /// Whether this one is among them.
    #[must_use]
    pub fn contains(&self, resource: &str) -> bool {
        self.0.contains(resource)
    }

    /// The value of `aud`: a text, or a list where there are several. `None` where none was named.
    #[must_use]
    pub fn audience(&self) -> Option<Value> {
        let names: Vec<&str> = self.iter().collect();
        match names.as_slice() {
            [] => None,
            [only] => Some(json!(only)),
            names => Some(json!(names)),
        }
    }

    /// As they are stored: separated by spaces, of which none holds any. `None` where none was named.
    #[must_use]
    pub fn to_stored(&self) -> Option<String> {
        (!self.is_empty()).then(|| self.iter().collect::<Vec<_>>().join(" "))
    }

    /// The reverse of [`Resources::to_stored`]. The rules for requests do not hold here: what was written is read.
    #[must_use]
    pub fn from_stored(text: &str) -> Self {
        Self(text.split(' ').filter(|resource| !resource.is_empty()).map(str::to_owned).collect())
    }
}

/// Compared byte by byte, so nothing is normalised.
fn is_resource(text: &str) -> bool {
    text.len() <= MAX_BYTES && is_absolute(text) && !text.contains('#')
}

const fn invalid_target(description: &'static str) -> Error {
    Error::new(ErrorCode::InvalidTarget, description)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::fixture::query;
    use proptest::prelude::*;

    fn parse(request: &str) -> Result<Resources, &'static str> {
        Resources::parse(&query(request)).map_err(|error| error.code.as_str())
    }

    #[test]
    fn several_resources_may_be_named() {
        let resources =
            parse("resource=https://api.example/&resource=urn:example:a&resource=https://api.example/&resource=")
                .unwrap();
        assert_eq!(resources.iter().collect::<Vec<_>>(), ["https://api.example/", "urn:example:a"]);
        assert!(parse("").unwrap().is_empty());
    }

    #[test]
    fn what_is_not_an_absolute_uri_is_refused() {
        let long = format!("https://a/{}", "x".repeat(2000));
        for text in [
            "api",
            "/api",
            "//api",
            "https://a%23b",
            "https:",
            ":x",
            "1a:b",
            "https://a b",
            "https://a%00",
            "h\u{e9}:x",
            &long,
        ] {
            assert!(
                parse(&format!("resource={text}")).is_err() || query(&format!("resource={text}")).pairs().is_empty(),
                "{text}"
            );
        }
        let many = |count: usize| (0..count).map(|n| format!("resource=urn:a:{n}&")).collect::<String>();
        assert!(parse(&many(16)).is_ok());
        assert_eq!(parse(&many(17)), Err("invalid_target"));
    }

    #[test]
    fn an_audience_never_grows() {
        let (one, two) = (parse("resource=urn:a:1").unwrap(), parse("resource=urn:a:1&resource=urn:a:2").unwrap());
        assert_eq!(one.clone().narrow(&two), Ok(one.clone()));
        assert_eq!(Resources::default().narrow(&two), Ok(two.clone()));
        assert_eq!(two.clone().narrow(&one).unwrap_err().code, ErrorCode::InvalidTarget);
        assert!(one.clone().narrow(&Resources::default()).is_err());
        assert!(one.contains("urn:a:1") && !one.contains("urn:a:2"));
    }

    #[test]
    fn what_is_stored_comes_back() {
        for (request, audience) in [
            ("", None),
            ("resource=urn:a:1", Some(json!("urn:a:1"))),
            ("resource=urn:a:2&resource=urn:a:1", Some(json!(["urn:a:1", "urn:a:2"]))),
        ] {
            let resources = parse(request).unwrap();
            assert_eq!(resources.audience(), audience);
            assert_eq!(Resources::from_stored(&resources.to_stored().unwrap_or_default()), resources);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[^\0]*") {
            let read = Resources::of([text.clone()]);
            prop_assert!(read.is_err() || (text.contains(':') && !text.contains('#') && text.is_ascii()));
        }
    }
}
