//! The binding that a token request asks for: resources and a DPoP key (RFC 8707 §2.2,
//! RFC 9449 §5).

use oauth::dpop::DpopProof;
use oauth::jose::ReplayKey;
use oauth::{Binding, Resources};

/// The binding that a token request asks for.
pub(super) struct RequestedBinding {
    /// The resources of the access token (RFC 8707 §2.2).
    pub resources: Resources,
    /// The DPoP proof of the key (RFC 9449 §5).
    pub proof: Option<DpopProof>,
}

impl RequestedBinding {
    /// The thumbprint of the key.
    pub fn key(&self) -> Option<String> {
        self.proof.as_ref().map(|proof| proof.thumbprint.clone())
    }

    /// The replay key of the proof, spent by the write that issues the token.
    pub fn once(&self) -> Option<ReplayKey> {
        self.proof.as_ref().map(|proof| proof.replay_key.clone())
    }

    /// The binding of an access token that no earlier grant restricts.
    pub fn binding(&self) -> Binding {
        Binding { resources: self.resources.clone(), key: self.key() }
    }
}
