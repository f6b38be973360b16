//! The session id that clients know (`sid`, OpenID Connect Back-Channel Logout §2.1).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;

use crate::provider::Provider;

impl Provider {
    /// The `sid` of a new browser session, derived from the hash of its cookie, so that it is
    /// useless as a cookie.
    pub(crate) fn derive_sid(&self, session: &str) -> String {
        BASE64.encode(&self.key().mac("session", &[session.as_bytes()])[..16])
    }
}
