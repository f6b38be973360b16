//! Scope tokens: RFC 6749 §3.3.

/// The longest scope token, in characters.
pub(super) const MAX_TOKEN_LENGTH: usize = 200;

/// Whether this is one scope token (RFC 6749 §3.3): visible ASCII without `"` and `\`, 1 to 200
/// characters.
#[must_use]
pub fn is_scope_token(text: &str) -> bool {
    let allowed = |byte: u8| matches!(byte, 0x21 | 0x23..=0x5B | 0x5D..=0x7E);
    (1..=MAX_TOKEN_LENGTH).contains(&text.len()) && text.bytes().all(allowed)
}
