//! Token binding: resources (RFC 8707 §2) and the DPoP key (RFC 9449 §6).

use crate::Resources;

/// The audience and the confirmation key of a token. Default: unrestricted audience, bearer token.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Binding {
    /// The resources: `aud`.
    pub resources: Resources,
    /// The thumbprint of the DPoP key: `cnf.jkt`.
    pub key: Option<String>,
}

impl Binding {
    /// `token_type`: RFC 6750 §6.1.1, RFC 9449 §5.
    #[must_use]
    pub const fn token_type(&self) -> &'static str {
        match self.key {
            Some(_) => "DPoP",
            None => "Bearer",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_makes_it_a_dpop_token() {
        assert_eq!(Binding::default().token_type(), "Bearer");
        assert_eq!(Binding { key: Some("t".into()), ..Binding::default() }.token_type(), "DPoP");
    }
}
