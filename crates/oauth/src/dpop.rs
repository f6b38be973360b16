//! DPoP, demonstrating proof of possession: RFC 9449.

mod htu;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

use crate::jose::{Algorithm, JoseError, Jws, KeySource, ReplayKey, SignatureCheck, Verified, sha256};
use crate::{Error, ErrorCode, Params, secret};

/// The accepted algorithms: those of FAPI 2.0, for every client.
pub const ALGORITHMS: [Algorithm; 3] = Algorithm::FAPI;
/// The maximum age of a proof, in seconds (RFC 9449 §11.1).
const MAX_AGE: i64 = 60;
/// The length of a SHA-256 in base64url without padding.
const THUMBPRINT: usize = 43;

/// What a proof is validated against.
#[derive(Clone, Copy, Debug)]
pub struct Validation<'a> {
    /// The method of the request.
    pub method: &'a str,
    /// The URL of the request by the configured issuer, never by the `Host` header.
    pub url: &'a str,
    /// The access token of the request; `None` at the token and PAR endpoints.
    pub access_token: Option<&'a str>,
    /// The accepted nonces, where one is required (RFC 9449 §8).
    pub nonces: Option<&'a [&'a str]>,
    /// The time.
    pub now: crate::Timestamp,
}

/// A validated proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DpopProof {
    /// The thumbprint of the key: `jkt` of `cnf` (RFC 9449 §6).
    pub thumbprint: String,
    /// Must be spent in the store: replay protection (RFC 9449 §11.1).
    pub replay_key: ReplayKey,
}

/// Validates the `DPoP` headers of a request; `None` without one.
///
/// # Errors
/// `invalid_dpop_proof` for anything that RFC 9449 §4.3 does not let pass; `use_dpop_nonce` when
/// nothing but the nonce is wrong.
pub fn validate<'a>(
    headers: impl IntoIterator<Item = &'a str>,
    expected: &Validation<'_>,
    verify: &dyn Fn(&SignatureCheck<'_>) -> bool,
) -> Result<Option<DpopProof>, Error> {
    let mut headers = headers.into_iter();
    match (headers.next(), headers.next()) {
        (None, _) => Ok(None),
        (Some(_), Some(_)) => Err(refused(JoseError::Malformed("more than one DPoP header"))),
        (Some(text), None) => {
            let proof = Jws::parse(text, KeySource::Header).and_then(|jws| jws.verify_own(verify));
            let proof = proof.and_then(|proof| Ok((claims(&proof, expected)?, proof)));
            let (proof, verified) = proof.map_err(refused)?;
            check_nonce(&verified, expected.nonces).map(|()| Some(proof))
        }
    }
}

/// The checks of RFC 9449 §4.3, except the nonce.
fn claims(proof: &Verified, expected: &Validation<'_>) -> Result<DpopProof, JoseError> {
    let claims = &proof.claims;
    let issued = claims.required_time("iat")?;
    claims.check_times(expected.now)?;
    let token_hash = expected.access_token.map(sha256);
    let bound = token_hash.is_none_or(|hash| claims.text("ath").is_ok_and(|ath| ath == Some(hash.as_str())));
    let checks = [
        (proof.header.is_typed(&[Some("dpop+jwt")]), "typ"),
        (ALGORITHMS.contains(&proof.header.algorithm), "alg"),
        (claims.required_text("htm")? == expected.method, "htm"),
        (htu::matches(claims.required_text("htu")?, expected.url), "htu"),
        (expected.now.since(issued) <= MAX_AGE, "iat"),
        (bound, "ath"),
    ];
    checks.iter().find(|(held, _)| !held).map_or(Ok(()), |(_, reason)| Err(JoseError::BadClaim(reason)))?;
    let (thumbprint, until) = (proof.key.thumbprint(), issued.plus(MAX_AGE + 1));
    let replay_key = ReplayKey::new("dpop", &thumbprint, claims.required_text("jti")?, until);
    Ok(DpopProof { replay_key: replay_key.ok_or(JoseError::BadClaim("jti"))?, thumbprint })
}

fn check_nonce(proof: &Verified, nonces: Option<&[&str]>) -> Result<(), Error> {
    let sent = proof.claims.text("nonce").ok().flatten().unwrap_or_default();
    match nonces.is_none_or(|good| good.iter().any(|nonce| secret::same(nonce, sent))) {
        true => Ok(()),
        false => Err(Error::new(ErrorCode::UseDpopNonce, "The proof must hold the nonce of the DPoP-Nonce header")),
    }
}

/// Checks the DPoP binding of an access token, refresh token or code.
///
/// # Errors
/// The reason. A bound token needs a proof with its key (RFC 9449 §7.2); a proof beside an unbound
/// one is ignored.
pub fn check_binding(bound: Option<&str>, proof: Option<&DpopProof>) -> Result<(), &'static str> {
    match (bound, proof) {
        (None, _) => Ok(()),
        (Some(_), None) => Err("bound to a key, and there is no proof"),
        (Some(key), Some(proof)) if secret::same(key, &proof.thumbprint) => Ok(()),
        (Some(_), Some(_)) => Err("bound to another key"),
    }
}

/// The `WWW-Authenticate` challenge of a resource that accepts DPoP (RFC 9449 §7.1).
#[must_use]
pub fn challenge(error: Option<(&str, &str)>) -> String {
    let algorithms: Vec<&str> = ALGORITHMS.into_iter().map(Algorithm::as_str).collect();
    let algs = format!("DPoP algs=\"{}\"", algorithms.join(" "));
    error.map_or(algs.clone(), |(code, text)| format!("{algs}, error=\"{code}\", error_description=\"{text}\""))
}

/// Replay of a proof: RFC 9449 §11.1.
#[must_use]
pub fn replayed() -> Error {
    refused(JoseError::BadClaim("jti was used before"))
}

/// A DPoP token without a proof: RFC 9449 §7.1.
#[must_use]
pub fn missing_proof() -> Error {
    refused(JoseError::Malformed("no DPoP header"))
}

/// A proof is required for this client (RFC 9449 §5.2).
#[must_use]
pub fn proof_required() -> Error {
    Error::invalid_request("This client must prove possession of a key: send a DPoP header")
}

/// `dpop_jkt` of an authorization request: the key that the code is bound to (RFC 9449 §10).
///
/// # Errors
/// `invalid_request` for a repeated one, and for what is not a SHA-256 in base64url.
pub fn dpop_jkt(params: &Params) -> Result<Option<&str>, Error> {
    let good =
        |text: &&str| text.len() == THUMBPRINT && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    let bad = Error::invalid_request("dpop_jkt must be a SHA-256 in base64url: 43 characters");
    params.get_or_refuse_empty("dpop_jkt")?.map(|text| Some(text).filter(good).ok_or(bad)).transpose()
}

fn refused(error: JoseError) -> Error {
    Error::new(ErrorCode::InvalidDpopProof, "The DPoP proof is not valid for this request").because(error.to_string())
}
