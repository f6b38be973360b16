//! Encryption of private keys at rest: AES-256-GCM under a key derived from the server's key. The
//! key's id is the associated data, so that stored keys cannot be swapped.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;

use crate::entropy::{self, Entropy};
use crate::key::SecretKey;

fn cipher(key: &SecretKey) -> Option<LessSafeKey> {
    UnboundKey::new(&AES_256_GCM, &key.mac("signing keys", &[])).ok().map(LessSafeKey::new)
}

/// Encrypts a private key: nonce, ciphertext and tag in base64url.
pub fn encrypt(key: &SecretKey, id: &str, mut private: Vec<u8>, entropy: &dyn Entropy) -> Option<String> {
    let nonce: [u8; NONCE_LEN] = entropy::bytes(entropy);
    let bound = Aad::from(id.as_bytes());
    cipher(key)?.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), bound, &mut private).ok()?;
    Some(BASE64.encode([&nonce[..], &private].concat()))
}

/// Decrypts a private key; `None` if it was encrypted under another key or for another id.
pub fn decrypt(key: &SecretKey, id: &str, sealed: &str) -> Option<Vec<u8>> {
    let bytes = BASE64.decode(sealed).ok()?;
    let (nonce, rest) = bytes.split_at_checked(NONCE_LEN)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let mut private = rest.to_vec();
    let clear = cipher(key)?.open_in_place(nonce, Aad::from(id.as_bytes()), &mut private).ok()?;
    Some(clear.to_vec())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::entropy::Seeded;

    #[test]
    fn a_sealed_key_opens_under_its_own_key_and_id_alone() {
        let random = Seeded::new(1);
        let (key, other) = (SecretKey::generate(&random), SecretKey::generate(&random));
        let sealed = encrypt(&key, "id", b"private".to_vec(), &random).unwrap();
        assert_eq!(decrypt(&key, "id", &sealed).as_deref(), Some(&b"private"[..]));
        assert_eq!(decrypt(&other, "id", &sealed), None);
        assert_eq!(decrypt(&key, "di", &sealed), None);
        for broken in ["", "AAAA", "!", &sealed[1..]] {
            assert_eq!(decrypt(&key, "id", broken), None, "{broken}");
        }
    }
}
