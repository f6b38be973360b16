//! Proof Key for Code Exchange, S256 only: RFC 7636, RFC 9700 §2.1.1.

use crate::oidc::OPENID;
use crate::percent::is_unreserved;
use crate::problem::{Fault, Finding};
use crate::{Error, Scope, secret};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The length of a SHA-256 in base64url without padding.
const CHALLENGE_LENGTH: usize = 43;

/// When a confidential client may omit PKCE. Public and FAPI clients never may.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PkceRule {
    /// Never.
    #[default]
    Required,
    /// If `nonce` and an ID token protect the code instead (RFC 9700 §2.1.1).
    NonceOrPkce,
    /// Always.
    Optional,
}

impl PkceRule {
    const ALL: [Self; 3] = [Self::Required, Self::NonceOrPkce, Self::Optional];

    /// `required`, `nonce-or-pkce` or `optional`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::NonceOrPkce => "nonce-or-pkce",
            Self::Optional => "optional",
        }
    }

    /// The reverse of [`PkceRule::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.as_str() == text)
    }

    /// Whether a code may be issued without a challenge.
    #[must_use]
    pub fn lets_pass(self, nonce: bool, scope: Option<&Scope>) -> bool {
        match self {
            Self::Required => false,
            Self::NonceOrPkce => nonce && scope.is_some_and(|scope| scope.contains(OPENID)),
            Self::Optional => true,
        }
    }
}

/// The `code_challenge` of an authorization request, method S256.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeChallenge(String);

impl CodeChallenge {
    /// Reads `code_challenge` and `code_challenge_method`; `None` when neither was sent.
    ///
    /// # Errors
    /// `invalid_request` for any other method than S256 (a missing one means `plain`,
    /// RFC 7636 §4.3), for one parameter without the other, and for a challenge that is not 43
    /// unreserved characters.
    pub fn parse(challenge: Option<&str>, method: Option<&str>) -> Result<Option<Self>, Error> {
        let Some(challenge) = challenge else {
            return method.map_or(Ok(None), |_| {
                let finding = Finding::new(Fault::Missing, "code_challenge");
                Err(Error::invalid_request("code_challenge_method came without code_challenge").found(finding))
            });
        };
        if method != Some("S256") {
            let finding = Finding::new(Fault::PkceMethod, "code_challenge_method").expected("S256");
            let finding = method.map_or(finding.clone(), |method| finding.sent(method));
            return Err(Error::invalid_request("code_challenge_method must be S256").found(finding));
        }
        if challenge.len() != CHALLENGE_LENGTH || !challenge.bytes().all(is_unreserved) {
            // The value is not recorded: a confused client may have sent its verifier.
            let finding = Finding::new(Fault::Malformed, "code_challenge");
            return Err(
                Error::invalid_request("code_challenge must be a SHA-256 in base64url: 43 characters").found(finding)
            );
        }
        Ok(Some(Self(challenge.to_owned())))
    }

    /// Takes a challenge that was parsed before and comes from the store.
    #[must_use]
    pub const fn from_stored(challenge: String) -> Self {
        Self(challenge)
    }

    /// The challenge as it was sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is the verifier that the challenge was made from: RFC 7636 §4.6.
    #[must_use]
    pub fn matches(&self, verifier: &str) -> bool {
        let computed = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
        is_verifier(verifier) && secret::same(&computed, &self.0)
    }
}

/// Whether this can be a `code_verifier`: 43 to 128 unreserved characters (RFC 7636 §4.1).
#[must_use]
pub fn is_verifier(text: &str) -> bool {
    (43..=128).contains(&text.len()) && text.bytes().all(is_unreserved)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::fixture::{CHALLENGE, VERIFIER};
    use proptest::prelude::*;

    #[test]
    fn the_vector_of_rfc_7636_appendix_b_matches() {
        let challenge = CodeChallenge::parse(Some(CHALLENGE), Some("S256")).unwrap().unwrap();
        assert_eq!(challenge.as_str(), CHALLENGE);
        assert!(challenge.matches(VERIFIER));
        for wrong in ["", CHALLENGE, &VERIFIER.to_lowercase(), &VERIFIER[..42], &format!("{VERIFIER}=")] {
            assert!(!challenge.matches(wrong), "{wrong}");
        }
    }

    #[test]
    fn only_s256_is_known() {
        assert_eq!(CodeChallenge::parse(None, None), Ok(None));
        let cases = [
            (Some(CHALLENGE), Some("plain")),
            (Some(CHALLENGE), None),
            (Some(CHALLENGE), Some("s256")),
            (None, Some("S256")),
        ];
        for (challenge, method) in cases {
            let error = CodeChallenge::parse(challenge, method).unwrap_err();
            assert_eq!(error.code.as_str(), "invalid_request", "{challenge:?} {method:?}");
        }
    }

    #[test]
    fn a_challenge_has_43_unreserved_characters() {
        let bad = [
            "x".repeat(42),
            "x".repeat(44),
            "x".repeat(129),
            format!("{}=", "x".repeat(42)),
            format!("{}+", "x".repeat(42)),
        ];
        for challenge in bad {
            assert!(CodeChallenge::parse(Some(&challenge), Some("S256")).is_err(), "{challenge}");
        }
    }

    #[test]
    fn a_verifier_has_43_to_128_unreserved_characters() {
        assert!(is_verifier(&"x".repeat(43)) && is_verifier(&"~".repeat(128)));
        assert!(!is_verifier(&"x".repeat(42)) && !is_verifier(&"x".repeat(129)) && !is_verifier(&"+".repeat(43)));
    }

    proptest! {
        #[test]
        fn a_verifier_matches_its_own_challenge_alone(a in "[A-Za-z0-9._~-]{43,128}", b in "[A-Za-z0-9._~-]{43,128}") {
            let challenge = CodeChallenge::from_stored(URL_SAFE_NO_PAD.encode(Sha256::digest(a.as_bytes())));
            prop_assert!(challenge.matches(&a));
            prop_assert_eq!(challenge.matches(&b), a == b);
            prop_assert_eq!(CodeChallenge::parse(Some(challenge.as_str()), Some("S256")), Ok(Some(challenge)));
        }
    }
}
