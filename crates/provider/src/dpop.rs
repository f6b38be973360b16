//! DPoP proofs in requests (RFC 9449): validated, and single-use.
//!
//! Every proof must contain a nonce of this server (RFC 9449 §8), for every client: so proofs
//! cannot be made in advance, and no per-client setting is needed. A nonce is a MAC of a time
//! period under the server's key: nothing is stored, and servers that share the key agree.

use oauth::dpop::{self, DpopProof, Validation};
use oauth::{Error as OAuth, Timestamp};

use crate::error::Error;
use crate::provider::Provider;
use crate::signing::verify;

/// Seconds per nonce. The previous and the next nonce are accepted too, for slow requests and for
/// clock skew between servers.
const NONCE_PERIOD: i64 = 300;

/// The parts of a request that a DPoP proof is validated against.
#[derive(Clone, Debug, Default)]
pub struct DpopRequest<'a> {
    /// All `DPoP` headers.
    pub headers: Vec<&'a str>,
    /// The method of the request.
    pub method: &'a str,
    /// The path of the request, relative to the issuer.
    pub path: &'a str,
}

impl Provider {
    /// The current nonce.
    #[must_use]
    pub fn dpop_nonce(&self) -> String {
        self.nonce_for_period(self.now().seconds().div_euclid(NONCE_PERIOD))
    }

    fn nonce_for_period(&self, period: i64) -> String {
        let mac = self.key().mac("dpop nonce", &[&period.to_be_bytes()]);
        oauth::hex::encode(&mac[..16])
    }

    /// Validates the DPoP proof of a request, if it has one. The proof is accepted only once it is
    /// spent ([`Provider::spend_proof`]).
    ///
    /// # Errors
    /// `invalid_dpop_proof`; `use_dpop_nonce` when only the nonce is wrong.
    pub fn check_proof(
        &self,
        dpop: &DpopRequest<'_>,
        access_token: Option<&str>,
        now: Timestamp,
    ) -> Result<Option<DpopProof>, OAuth> {
        if dpop.headers.is_empty() {
            return Ok(None);
        }
        let period = now.seconds().div_euclid(NONCE_PERIOD);
        let nonces = [period, period - 1, period + 1].map(|period| self.nonce_for_period(period));
        let nonces = nonces.each_ref().map(String::as_str);
        let url = format!("{}{}", self.settings().issuer, dpop.path);
        let expected = Validation { method: dpop.method, url: &url, access_token, nonces: Some(&nonces), now };
        dpop::validate(dpop.headers.iter().copied(), &expected, &verify)
    }

    /// Spends a proof at a protected resource; a replay on any server is refused (RFC 9449 §11.1).
    /// At the token endpoint, the write that issues the token spends the proof.
    ///
    /// # Errors
    /// `invalid_dpop_proof`; `Unavailable` when the write failed.
    pub async fn spend_proof(&self, proof: &DpopProof) -> Result<(), Error> {
        match self.store().spend_once(proof.replay_key.clone()).await? {
            true => Ok(()),
            false => Err(dpop::replayed().into()),
        }
    }
}
