//! Client authentication with a signed JWT, `private_key_jwt`: RFC 7521 §4.2, RFC 7523 §2.2 and §3,
//! OpenID Connect Core §9.

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

use crate::jose::{Audience, JoseError, Jws, KeySource, LEEWAY, ReplayKey, Verified};
use crate::problem::{Fault, Finding};
use crate::profile::Profile;
use crate::{Error, Params, Timestamp};

const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// The longest accepted lifetime, in seconds: the `jti` is stored as long.
const MAX_LIFETIME: i64 = 300;
/// The accepted `typ`: absent, JWT, or the specific one (RFC 8725 §3.11).
const TYPES: [Option<&str>; 3] = [None, Some("jwt"), Some("client-authentication+jwt")];

/// A parsed assertion, not verified yet.
#[derive(Clone, Debug)]
pub struct ClientAssertion<'a> {
    /// The claimed client, whose keys verify it.
    pub client_id: String,
    /// The token, well formed.
    pub token: &'a str,
}

/// What an assertion is validated against.
#[derive(Clone, Copy, Debug)]
pub struct Validation<'a> {
    /// The client.
    pub client_id: &'a str,
    /// The profile of the client.
    pub profile: Profile,
    /// The issuer.
    pub issuer: &'a str,
    /// Other accepted audiences: the token endpoint and the called endpoint, under each of their
    /// names.
    pub endpoints: &'a [&'a str],
    /// The time.
    pub now: Timestamp,
}

impl<'a> ClientAssertion<'a> {
    /// Reads `client_assertion` and `client_assertion_type`; `None` when neither was sent.
    ///
    /// # Errors
    /// `invalid_request` for a repeated parameter and for a second authentication method
    /// (RFC 6749 §2.3), be it the `Authorization` header (`header`: present). `invalid_client` for
    /// everything else.
    pub fn parse(params: &'a Params, header: bool) -> Result<Option<Self>, Error> {
        let (token, kind) = (params.get("client_assertion")?, params.get("client_assertion_type")?);
        let secret = params.get("client_secret")?.is_some();
        let named = params.get("client_id")?;
        match (token, kind) {
            (None, None) => Ok(None),
            _ if header || secret => Err(Error::invalid_request("Use one method of client authentication, not two")
                .found(Finding::new(Fault::TwoMethods, "client_assertion"))),
            (Some(token), Some(TYPE)) => Self::read(token, named).map(Some).map_err(refused),
            _ => Err(Error::invalid_client().because("client_assertion without its type, or of another type")),
        }
    }

    fn read(token: &'a str, named: Option<&str>) -> Result<Self, JoseError> {
        let jws = Jws::parse(token, KeySource::Known)?;
        let client_id = jws.unverified("sub").ok_or(JoseError::BadClaim("sub"))?.to_owned();
        match named.is_none_or(|named| named == client_id) {
            true => Ok(Self { client_id, token }),
            false => Err(JoseError::BadClaim("client_id names another client")),
        }
    }
}

/// Validates the claims of a verified assertion. The client is authenticated once the store has
/// spent the returned replay key.
///
/// # Errors
/// `invalid_client`; the reason names the claim.
pub fn validate(assertion: &Verified, expected: &Validation<'_>) -> Result<ReplayKey, Error> {
    claims(assertion, expected).map_err(refused)
}

fn claims(assertion: &Verified, expected: &Validation<'_>) -> Result<ReplayKey, JoseError> {
    let (header, claims) = (&assertion.header, &assertion.claims);
    let end = claims.required_time("exp")?;
    claims.check_times(expected.now)?;
    let id = claims.required_text("jti")?;
    let checks = [
        (expected.profile.algorithms().contains(&header.algorithm), "alg"),
        (header.is_typed(&TYPES), "typ"),
        (claims.required_text("iss")? == expected.client_id, "iss"),
        (claims.required_text("sub")? == expected.client_id, "sub"),
        (is_for_us(&claims.audience()?, expected), "aud"),
        (end <= expected.now.plus(MAX_LIFETIME + LEEWAY), "exp is too far away"),
    ];
    checks.iter().find(|(held, _)| !held).map_or(Ok(()), |(_, reason)| Err(JoseError::BadClaim(reason)))?;
    ReplayKey::new("client_assertion", expected.client_id, id, end).ok_or(JoseError::BadClaim("jti"))
}

/// Every audience has to be this server, since another audience could replay it here. RFC 7523 §3
/// leaves the value to the server: each documented one is accepted, with or without a trailing
/// slash. FAPI 2.0 requires the issuer as a string (FAPI 2.0 Security Profile §5.3.2.1).
fn is_for_us(audience: &Audience<'_>, expected: &Validation<'_>) -> bool {
    let ours = |name: &str| {
        let bare = name.strip_suffix('/').unwrap_or(name);
        bare == expected.issuer || expected.endpoints.contains(&bare)
    };
    match (expected.profile, audience) {
        (Profile::Fapi, Audience::One(only)) => *only == expected.issuer,
        (Profile::Fapi, Audience::Many(_)) => false,
        (Profile::Standard, Audience::One(only)) => ours(only),
        (Profile::Standard, Audience::Many(names)) => names.iter().all(|name| ours(name)),
    }
}

/// `invalid_client` for every failure.
#[must_use]
pub fn refused(error: JoseError) -> Error {
    Error::invalid_client().because(format!("client assertion: {error}"))
}
