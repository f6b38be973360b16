//! The server's secret key: it seals what travels through browsers and derives what must come out the same twice.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::entropy::{self, Entropy};

/// 256 random bits that live in a file beside the database, never in it.
#[derive(Clone)]
pub struct SecretKey([u8; 32]);

impl SecretKey {
    /// A new key.
    pub fn generate(entropy: &dyn Entropy) -> Self {
        Self(entropy::bytes(entropy))
    }

    /// Reads the file format: 64 hexadecimal digits. `None` when the text is anything else.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() != 64 || !text.is_ascii() {
            return None;
        }
        let mut key = [0; 32];
        for (byte, pair) in key.iter_mut().zip(text.as_bytes().chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self(key))
    }

    /// Writes the file format. The caller keeps it from everyone else (mode 0600).
    #[must_use]
    pub fn to_hex(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// HMAC-SHA256 over a purpose and parts, each with its length before it, so that no two lists of parts collide.
    #[must_use]
    pub fn mac(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else {
            unreachable!("HMAC takes keys of any length")
        };
        for part in std::iter::once(purpose.as_bytes()).chain(parts.iter().copied()) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}
