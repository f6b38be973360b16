//! The server's secret key: it computes the MACs of values that travel through browsers, and
//! derives values that must be reproducible.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::entropy::{self, Entropy};

/// 256 random bits in a file outside the database.
#[derive(Clone)]
pub struct SecretKey([u8; 32]);

impl SecretKey {
    /// A new key.
    pub fn generate(entropy: &dyn Entropy) -> Self {
        Self(entropy::bytes(entropy))
    }

    /// Parses the file format: 64 hexadecimal digits. `None` for any other text.
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

    /// Parses a key file: the own format, or at least 32 bytes of any other, whose SHA-256 is the
    /// key. `None` for fewer bytes, which are too few for a secret, and for hexadecimal digits of
    /// another length, which are a damaged key file.
    #[must_use]
    pub fn from_file(contents: &[u8]) -> Option<Self> {
        let bare = contents.trim_ascii();
        if bare.iter().all(u8::is_ascii_hexdigit) {
            return Self::from_hex(std::str::from_utf8(bare).ok()?);
        }
        (contents.len() >= 32).then(|| Self(Sha256::digest(contents).into()))
    }

    /// Encodes the file format. The caller restricts access to it (mode 0600).
    #[must_use]
    pub fn to_hex(&self) -> String {
        oauth::hex::encode(&self.0)
    }

    /// HMAC-SHA256 over a purpose and parts. Each part is prefixed with its length, so that
    /// different lists never collide.
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

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn a_key_file_is_read_as_it_was_written_and_a_short_one_is_refused() {
        let key = SecretKey([7; 32]);
        let mac = |key: SecretKey| key.mac("test", &[b"part"]);
        assert_eq!(mac(SecretKey::from_file(format!("{}\n", key.to_hex()).as_bytes()).unwrap()), mac(key.clone()));
        assert_ne!(mac(SecretKey::from_file(&[200; 32]).unwrap()), mac(key));
        assert!(SecretKey::from_file(&[200; 31]).is_none());
        assert!(SecretKey::from_file(b"").is_none());
        assert!(SecretKey::from_file(&[b' '; 64]).is_none());
        assert!(SecretKey::from_file(&[b'a'; 63]).is_none());
    }
}
