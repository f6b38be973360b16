//! What a token request asks its tokens to be bound to (RFC 8707 §2.2, RFC 9449 §5).

use oauth::dpop::DpopProof;
use oauth::jose::ReplayKey;
use oauth::{Binding, Resources};

/// What a request wants its tokens bound to.
pub(super) struct RequestedBinding {
    /// The resources that the access token is to be for (RFC 8707 §2.2).
    pub resources: Resources,
    /// The key that was proved (RFC 9449 §5).
    pub proof: Option<DpopProof>,
}

impl RequestedBinding {
    /// The thumbprint of the key.
    pub fn key(&self) -> Option<String> {
        self.proof.as_ref().map(|proof| proof.thumbprint.clone())
    }

    /// The mark of the proof, to be spent by what is issued.
    pub fn once(&self) -> Option<ReplayKey> {
        self.proof.as_ref().map(|proof| proof.replay_key.clone())
    }

    /// What an access token is bound to where no earlier grant has a say.
    pub fn binding(&self) -> Binding {
        Binding { resources: self.resources.clone(), key: self.key() }
    }
}
