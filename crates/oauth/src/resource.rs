//! Resource indicators: RFC 8707 §2.

use crate::redirect_uri::is_absolute;
use crate::{Error, ErrorCode, Params};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const MAX_RESOURCES: usize = 16;
const MAX_BYTES: usize = 2000;

/// The requested or granted resources. Empty: none, and the token is for any resource server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resources(BTreeSet<String>);

impl Resources {
    /// Parses `resource`, which may repeat.
    ///
    /// # Errors
    /// `invalid_target` for what is not an absolute URI without a fragment, and for more than 16 of
    /// them.
    pub fn parse(params: &Params) -> Result<Self, Error> {
        Self::of(params.all("resource").filter(|text| !text.is_empty()).map(str::to_owned))
    }

    /// Takes these resources.
    ///
    /// # Errors
    /// As [`Resources::parse`].
    pub fn of(resources: impl IntoIterator<Item = String>) -> Result<Self, Error> {
        let mut found = Self::default();
        for resource in resources {
            let known = found.spelling_of(&resource).is_some();
            if found.0.len() > MAX_RESOURCES {
                break;
            }
            if !known {
                found.0.insert(resource);
            }
        }
        match found.0.len() <= MAX_RESOURCES && found.iter().all(is_resource) {
            true => Ok(found),
            false => Err(invalid_target("A resource must be an absolute URI without a fragment")),
        }
    }

    /// Whether none was named.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The resources in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = &str> + Clone {
        self.0.iter().map(String::as_str)
    }

    /// The audience of a token: the requested resources, which must be a subset of the granted
    /// ones; all granted ones if none is requested (RFC 8707 §2.2).
    ///
    /// # Errors
    /// `invalid_target`: the audience cannot grow.
    pub fn narrow(self, granted: &Self) -> Result<Self, Error> {
        if self.is_empty() {
            return Ok(granted.clone());
        }
        let known: Option<BTreeSet<String>> =
            self.iter().map(|one| granted.spelling_of(one).map(str::to_owned)).collect();
        known.map(Self).ok_or(invalid_target("The grant is not for this resource"))
    }

    /// Whether it contains this resource, in any spelling ([`is_same`]).
    #[must_use]
    pub fn contains(&self, resource: &str) -> bool {
        self.spelling_of(resource).is_some()
    }

    /// The resources in their registered spelling: resource servers compare byte by byte.
    #[must_use]
    pub fn spelled_as<'a>(self, registered: impl Iterator<Item = &'a str> + Clone) -> Self {
        let spelled = self.0.into_iter().map(|one| match spelling(registered.clone(), &one) {
            Some(registered) => registered.to_owned(),
            None => one,
        });
        Self(spelled.collect())
    }

    fn spelling_of(&self, resource: &str) -> Option<&str> {
        spelling(self.iter(), resource)
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

    /// Serialized for the store, separated by spaces.
    #[must_use]
    pub fn to_stored(&self) -> Option<String> {
        (!self.is_empty()).then(|| self.iter().collect::<Vec<_>>().join(" "))
    }

    /// The reverse of [`Resources::to_stored`]. The rules for requests do not hold here: what was
    /// written is read.
    #[must_use]
    pub fn from_stored(text: &str) -> Self {
        Self(text.split(' ').filter(|resource| !resource.is_empty()).map(str::to_owned).collect())
    }
}

/// The spelling of a resource in this list: exact, else equivalent.
fn spelling<'a>(mut among: impl Iterator<Item = &'a str> + Clone, resource: &str) -> Option<&'a str> {
    among.clone().find(|one| *one == resource).or_else(|| among.find(|one| is_same(one, resource)))
}

/// Whether two URIs are equivalent: empty path as `/`, case of scheme and host, default port
/// (RFC 3986 §6.2.2.1, §6.2.3). The rest is compared byte by byte.
#[must_use]
pub fn is_same(one: &str, other: &str) -> bool {
    one == other || normal(one).is_some_and(|one| normal(other) == Some(one))
}

/// `None`: no URL of the web, which has one spelling only.
fn normal(resource: &str) -> Option<(&'static str, String, &str)> {
    let (scheme, rest) = resource.split_once("://")?;
    let (scheme, port) = match scheme.to_ascii_lowercase().as_str() {
        "https" => ("https", ":443"),
        "http" => ("http", ":80"),
        _ => return None,
    };
    let (authority, rest) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let authority = authority.to_ascii_lowercase();
    let authority = authority.strip_suffix(port).unwrap_or(&authority).to_owned();
    // `?x` behind an empty path stands as `/?x`.
    Some((scheme, authority, rest.strip_prefix('/').unwrap_or(rest)))
}

/// Kept as it was sent.
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
    fn one_resource_may_be_spelled_in_several_ways() {
        let same = [
            ("https://api.example", "https://api.example/"),
            ("https://api.example?x", "https://api.example/?x"),
            ("HTTPS://API.example:443/v1", "https://api.example/v1"),
            ("http://api.example:80", "http://api.example/"),
            ("urn:a:1", "urn:a:1"),
        ];
        for (one, other) in same {
            assert!(is_same(one, other) && is_same(other, one), "{one} {other}");
        }
        let different = [
            ("https://api.example/v1", "https://api.example/v1/"),
            ("https://api.example/v1", "https://api.example/V1"),
            ("https://api.example", "http://api.example"),
            ("https://api.example", "https://api.example:80"),
            ("https://api.example", "https://api.example//"),
            ("https://api.example/x", "https://api.example?x"),
            ("urn:a:1", "URN:a:1"),
            ("https://api.example", "https://api.example.evil/"),
        ];
        for (one, other) in different {
            assert!(!is_same(one, other) && !is_same(other, one), "{one} {other}");
        }
    }

    #[test]
    fn a_narrowed_resource_is_spelled_as_it_was_granted() {
        let of = |texts: &[&str]| Resources::of(texts.iter().map(|text| (*text).to_owned())).unwrap();
        let granted = of(&["https://a.example", "urn:b"]);
        assert_eq!(of(&["https://a.example/"]).narrow(&granted), Ok(of(&["https://a.example"])));
        assert!(of(&["https://a.example/x"]).narrow(&granted).is_err() && granted.contains("https://a.example/"));
        assert_eq!(of(&["https://a.example", "https://a.example/"]).iter().count(), 1);
        let registered = ["https://a.example/", "https://c.example"];
        assert_eq!(granted.spelled_as(registered.into_iter()), of(&["https://a.example/", "urn:b"]));
        assert_eq!(
            of(&["https://c.example"]).spelled_as(["https://c.example/", "https://c.example"].into_iter()),
            of(&["https://c.example"])
        );
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
