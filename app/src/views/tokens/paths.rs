//! The paths of the permanent-token page.

/// The page with the list.
pub const LIST: &str = "/account/tokens";
/// The page with the dialog "New permanent token".
pub const NEW: &str = "/account/tokens/new";
