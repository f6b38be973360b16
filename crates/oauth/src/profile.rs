//! Security profiles of clients.

use crate::jose::Algorithm;
use serde::{Deserialize, Serialize};

/// The profile that a client is registered with. Serialized in lower case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// OAuth 2 and OpenID Connect.
    #[default]
    Standard,
    /// FAPI 2.0 Security Profile: client assertions with the issuer as only audience, no RS256
    /// (FAPI 2.0 Security Profile §5.3.2.1, §5.4.1).
    Fapi,
}

impl Profile {
    /// `standard` or `fapi`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Fapi => "fapi",
        }
    }

    /// The reverse of [`Profile::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Standard, Self::Fapi].into_iter().find(|profile| profile.as_str() == text)
    }

    /// The algorithms with which a client may sign.
    #[must_use]
    pub const fn algorithms(self) -> &'static [Algorithm] {
        match self {
            Self::Standard => &Algorithm::ALL,
            Self::Fapi => &Algorithm::FAPI,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back() {
        for profile in [Profile::Standard, Profile::Fapi] {
            assert_eq!(Profile::parse(profile.as_str()), Some(profile));
            assert_eq!(serde_json::to_value(profile).ok(), Some(profile.as_str().into()));
        }
        assert_eq!(Profile::parse("FAPI"), None);
        assert!(Profile::Standard.algorithms().contains(&Algorithm::Rs256));
        assert!(!Profile::Fapi.algorithms().contains(&Algorithm::Rs256));
    }
}
