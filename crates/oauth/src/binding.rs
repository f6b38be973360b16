//! What a token is bound to: RFC 8707 2, RFC 9449 6.

use crate::Resources;

/// For whom a token is, and who alone may use it. The default: for whoever introspects it, and for whoever bears it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Binding {
    /// The resources that it is for.
    pub resources: Resources,
    /// The thumbprint of the key without which it is worth nothing, `jkt`.
    pub key: Option<String>,
}

impl Binding {
    /// `token_type`: RFC 6750 6.1.1, RFC 9449 5.
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
