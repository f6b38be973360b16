//! Secrets: tokens, codes and client secrets. In clear only between generation and response; the
//! store has hashes.
//!
//! `jtn_at_` + 43 characters base62 (256 random bits) + 6 characters base62 (CRC-32 of everything
//! before). The prefix lets secret scanners recognise leaks and separates the kinds; the checksum
//! rejects garbage without a database query.

use crate::hex;
use crate::percent::is_unreserved;
use sha2::{Digest, Sha256};
use std::fmt;
use std::hash::{Hash, Hasher};
use subtle::ConstantTimeEq;

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const RANDOM_LENGTH: usize = 43;
const CHECKSUM_LENGTH: usize = 6;

/// The kind of a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Prefix {
    /// An access token, `jtn_at_`.
    Access,
    /// A refresh token, `jtn_rt_`.
    Refresh,
    /// A permanent token, `jtn_pt_`.
    Permanent,
    /// An authorization code, `jtn_ac_`.
    Code,
    /// A client secret, `jtn_cs_`.
    ClientSecret,
}

impl Prefix {
    const ALL: [Self; 5] = [Self::Access, Self::Refresh, Self::Permanent, Self::Code, Self::ClientSecret];

    /// The first seven characters.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Access => "jtn_at_",
            Self::Refresh => "jtn_rt_",
            Self::Permanent => "jtn_pt_",
            Self::Code => "jtn_ac_",
            Self::ClientSecret => "jtn_cs_",
        }
    }
}

/// A secret in clear, without `Clone`, `Display` and `Serialize`: only [`Secret::expose`] reveals
/// it.
pub struct Secret(String);

impl Secret {
    /// Makes a secret of this kind from 256 bits that must be random.
    #[must_use]
    pub fn new(prefix: Prefix, entropy: [u8; 32]) -> Self {
        let body = format!("{}{}", prefix.as_str(), base62(&entropy, RANDOM_LENGTH));
        let sum = checksum(&body).map(char::from);
        Self(body.chars().chain(sum).collect())
    }

    /// A signed token, which has no prefix; its `jti` is random.
    #[must_use]
    pub const fn signed(token: String) -> Self {
        Self(token)
    }

    /// The secret itself, for the one answer that carries it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Its hash, for the database.
    #[must_use]
    pub fn hash(&self) -> SecretHash {
        SecretHash::of(&self.0)
    }

    /// The last four characters, by which its owner recognises it.
    #[must_use]
    pub fn last_four(&self) -> String {
        let start = self.0.len().saturating_sub(4);
        self.0.get(start..).unwrap_or_default().to_owned()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// SHA-256 of a secret in hexadecimal. No slow hash is needed for 256 random bits.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretHash([u8; 64]);

impl SecretHash {
    /// The hash of a secret as it was presented.
    #[must_use]
    pub fn of(secret: &str) -> Self {
        Self::of_parts(&[secret])
    }

    /// The hash of a text that comes in parts.
    #[must_use]
    pub fn of_parts(parts: &[&str]) -> Self {
        let digest = parts.iter().fold(Sha256::new(), |digest, part| digest.chain_update(part)).finalize();
        let mut digits = [0; 64];
        hex::write(&digest, &mut digits);
        Self(digits)
    }

    /// 64 hexadecimal digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl Hash for SecretHash {
    /// Hashed already: 64 bits are enough for a map.
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write(&self.0[..16]);
    }
}

impl fmt::Debug for SecretHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SecretHash").field(&self.as_str()).finish()
    }
}

/// Whether prefix, length, alphabet and checksum are valid: garbage never reaches the database.
#[must_use]
pub fn well_formed(prefix: Prefix, presented: &str) -> bool {
    let length = prefix.as_str().len() + RANDOM_LENGTH + CHECKSUM_LENGTH;
    let split = presented.len().saturating_sub(CHECKSUM_LENGTH);
    presented.len() == length
        && presented.starts_with(prefix.as_str())
        && presented.bytes().all(is_unreserved)
        && presented.split_at_checked(split).is_some_and(|(body, sum)| checksum(body).ct_eq(sum.as_bytes()).into())
}

/// The kind that a presented secret claims to be.
#[must_use]
pub fn prefix_of(presented: &str) -> Option<Prefix> {
    Prefix::ALL.into_iter().find(|prefix| presented.starts_with(prefix.as_str()))
}

/// Compares in constant time; only the lengths show.
#[must_use]
pub fn same(a: &str, b: &str) -> bool {
    if a.len() != b.len() {
        return false;
    }
    // Eight bytes at a time, and what is left one by one.
    let ((eights, rest), (other_eights, other_rest)) = (a.as_bytes().as_chunks(), b.as_bytes().as_chunks());
    let pairs = eights.iter().zip(other_eights);
    let equal = pairs.map(|(a, b)| u64::from_ne_bytes(*a).ct_eq(&u64::from_ne_bytes(*b)));
    equal.fold(rest.ct_eq(other_rest), |all, next| all & next).into()
}

fn checksum(body: &str) -> [u8; CHECKSUM_LENGTH] {
    let mut sum = crc32fast::hash(body.as_bytes());
    let mut digits = [0; CHECKSUM_LENGTH];
    for digit in digits.iter_mut().rev() {
        *digit = ALPHABET[(sum % 62) as usize];
        sum /= 62;
    }
    digits
}

/// Base 62 of a big-endian number of up to 256 bits, by long division, five digits at a time, as
/// many as fit one division.
fn base62(number: &[u8], length: usize) -> String {
    let mut limbs = [0_u32; 8];
    for (limb, bytes) in limbs.iter_mut().rev().zip(number.rchunks(4)) {
        *limb = bytes.iter().fold(0, |limb, byte| limb << 8 | u32::from(*byte));
    }
    let mut digits = vec![0_u8; length];
    for five in digits.rchunks_mut(5) {
        let mut rest = divide(&mut limbs);
        for digit in five.iter_mut().rev() {
            *digit = ALPHABET[rest % 62];
            rest /= 62;
        }
    }
    digits.into_iter().map(char::from).collect()
}

/// Divides by 62⁵ in place and returns the rest.
fn divide(number: &mut [u32; 8]) -> usize {
    const BY: u64 = 62_u64.pow(5);
    let rest = number.iter_mut().fold(0, |rest, limb| {
        let dividend = rest << 32 | u64::from(*limb);
        *limb = (dividend / BY) as u32; // rest < BY, so the quotient is below 2³²
        dividend % BY
    });
    rest as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn crc(body: &str) -> String {
        base62(&crc32fast::hash(body.as_bytes()).to_be_bytes(), CHECKSUM_LENGTH)
    }

    #[test]
    fn a_secret_has_one_shape() {
        let zero = Secret::new(Prefix::Access, [0; 32]);
        assert_eq!(zero.expose(), format!("jtn_at_{}{}", "0".repeat(43), crc(&format!("jtn_at_{}", "0".repeat(43)))));
        let most = Secret::new(Prefix::ClientSecret, [0xFF; 32]);
        assert!(
            most.expose().starts_with("jtn_cs_")
                && most.expose().len() == 56
                && most.expose().ends_with(&most.last_four())
        );
        assert_eq!(base62(&[0, 61], 3), "00z");
        assert_eq!(base62(&[1, 0], 3), "048");
        assert_eq!(base62(&u32::MAX.to_be_bytes(), 6), "4gfFC3");
        // By the long way, of a number with a digit of every size.
        let number: [u8; 32] = std::array::from_fn(|i| (i as u8).wrapping_mul(37).wrapping_add(1));
        assert_eq!(base62(&number, 43), "0Gtsta2P713fmErlknSRexwFhrd0qibVsoBq84dFbQa");
    }

    #[test]
    fn the_hash_is_sha_256() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(SecretHash::of("").as_str(), empty);
        let secret = Secret::new(Prefix::Code, [7; 32]);
        assert_eq!(secret.hash(), SecretHash::of(secret.expose()));
        let (start, end) = secret.expose().split_at(20);
        assert_eq!(SecretHash::of_parts(&[start, end]), secret.hash());
    }

    #[test]
    fn garbage_is_turned_away() {
        let good = Secret::new(Prefix::Access, [7; 32]).expose().to_owned();
        assert!(well_formed(Prefix::Access, &good));
        let (long, short) = (format!("{good}0"), &good[..55]);
        let twin = good.replacen("jtn_at_", "jtn_rt_", 1);
        let wide = format!("{}\u{e9}", &good[..54]);
        for bad in
            ["", "jtn_at_", "\u{1f600}", short, &long, &twin, &wide, &good.to_uppercase(), &"x".repeat(1_000_000)]
        {
            assert!(!well_formed(Prefix::Access, bad), "{bad:.80}");
        }
        assert!(!well_formed(Prefix::Refresh, &good) && !well_formed(Prefix::Refresh, &twin));
    }

    #[test]
    fn a_secret_is_not_shown() {
        let secret = Secret::new(Prefix::Permanent, [7; 32]);
        assert_eq!(format!("{secret:?}"), "Secret(…)");
    }

    #[test]
    fn comparison_is_exact() {
        assert!(same("abc", "abc") && same("", ""));
        assert!(!same("abc", "abd") && !same("abc", "ab") && !same("", "a"));
        let long = "0123456789abcdefghi";
        assert!(same(long, long));
        for place in 0..long.len() {
            let other = format!("{}~{}", &long[..place], &long[place + 1..]);
            assert!(!same(long, &other), "{other}");
        }
    }

    proptest! {
        #[test]
        fn every_secret_is_well_formed_for_its_own_kind_alone(entropy: [u8; 32], kind in 0_usize..5) {
            let secret = Secret::new(Prefix::ALL[kind], entropy);
            prop_assert_eq!(prefix_of(secret.expose()), Some(Prefix::ALL[kind]));
            for prefix in Prefix::ALL {
                prop_assert_eq!(well_formed(prefix, secret.expose()), prefix == Prefix::ALL[kind]);
            }
        }

        #[test]
        fn one_wrong_character_is_noticed(entropy: [u8; 32], place in 7_usize..56, other in "[0-9A-Za-z]") {
            let good = Secret::new(Prefix::Access, entropy).expose().to_owned();
            let bad = format!("{}{other}{}", &good[..place], &good[place + 1..]);
            prop_assert_eq!(well_formed(Prefix::Access, &bad), bad == good);
        }

        #[test]
        fn any_text_is_judged(text in ".*") {
            let _ = prefix_of(&text);
            prop_assert!(Prefix::ALL.iter().all(|prefix| !well_formed(*prefix, &text)));
        }
    }
}
