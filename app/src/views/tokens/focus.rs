//! The keyboard focus of the permanent-token list.

/// What gets `autofocus`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(feature = "ssr"), expect(dead_code, reason = "an island puts the focus itself"))]
pub(crate) enum Focus {
    /// Nowhere.
    #[default]
    Nothing,
    /// The name of the new token.
    Name(String),
    /// The Revoke button of the row next to the revoked one.
    Revoke(String),
    /// "New permanent token": no row is left.
    New,
}
