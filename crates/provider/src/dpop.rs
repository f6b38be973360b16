//! Proofs of possession in requests (RFC 9449): checked, and each counts once.
//!
//! Every proof must hold a nonce of ours (§8), whoever sends it: so nobody can make proofs ahead of time, and a client needs
//! no other rule. A nonce is a MAC of a stretch of time under the server's key: nothing is stored, and servers that share
//! the key agree.

use oauth::dpop::{self, DpopProof, Validation};
use oauth::{Error as OAuth, Timestamp};

use crate::error::Error;
use crate::provider::Provider;
use crate::signing::verify;

/// The stretches of time that have a nonce each, in seconds. The one before and the one after are good too: somebody is always late,
/// and another server's clock may be ahead.
const NONCE_PERIOD: i64 = 300;

/// A request that may bring a proof.
#[derive(Clone, Debug, Default)]
pub struct DpopRequest<'a> {
    /// Every `DPoP` header.
    pub headers: Vec<&'a str>,
    /// The method of the request.
    pub method: &'a str,
    /// The path of the request, behind the issuer.
    pub path: &'a str,
}

impl Provider {
    /// The nonce that a proof should hold now.
    #[must_use]
    pub fn dpop_nonce(&self) -> String {
        self.nonce_for_period(self.now().seconds().div_euclid(NONCE_PERIOD))
    }

    fn nonce_for_period(&self, period: i64) -> String {
        let mac = self.key().mac("dpop nonce", &[&period.to_be_bytes()]);
        oauth::hex::encode(&mac[..16])
    }

    /// The proof that a request brings, if it brings one. It counts when it was spent ([`Provider::spend_proof`]).
    ///
    /// # Errors
    /// `invalid_dpop_proof`; `use_dpop_nonce` when nothing but the nonce is wrong.
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

    /// Spends a proof beside a live token: a request counts only if nobody spent it before, here or on another server (§11.1). Where
    /// something is issued, the write that issues it spends the proof.
    ///
    /// # Errors
    /// `invalid_dpop_proof`; `Unavailable` when the database did not take it.
    pub async fn spend_proof(&self, proof: &DpopProof) -> Result<(), Error> {
        match self.store().spend_once(proof.replay_key.clone()).await? {
            true => Ok(()),
            false => Err(dpop::replayed().into()),
        }
    }
}
