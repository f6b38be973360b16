//! Key pairs: generation, PKCS #8 and signatures, by AWS-LC.

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair};
use oauth::jose::{Algorithm, Jwk, Material};

use crate::error::Error;

/// A private key in clear. It has no `Debug`, so that it is never logged.
pub enum KeyPair {
    /// RSA, 2048 bits.
    Rsa(Box<RsaKeyPair>),
    /// P-256.
    P256(Box<EcdsaKeyPair>),
}

impl KeyPair {
    /// Generates a key with AWS-LC's own randomness from the operating system. RSA takes a tenth of
    /// a second.
    pub fn generate(algorithm: Algorithm) -> Result<Self, Error> {
        match algorithm {
            Algorithm::Rs256 => {
                RsaKeyPair::generate(KeySize::Rsa2048).map(|pair| Self::Rsa(Box::new(pair))).map_err(|_| failed())
            }
            Algorithm::Es256 => EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)
                .map(|pair| Self::P256(Box::new(pair)))
                .map_err(|_| failed()),
            Algorithm::Ps256 | Algorithm::EdDsa => Err(failed()),
        }
    }

    /// Decodes PKCS #8.
    pub fn from_pkcs8(algorithm: Algorithm, der: &[u8]) -> Option<Self> {
        match algorithm {
            Algorithm::Rs256 => RsaKeyPair::from_pkcs8(der).ok().map(|pair| Self::Rsa(Box::new(pair))),
            Algorithm::Es256 => EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der)
                .ok()
                .map(|pair| Self::P256(Box::new(pair))),
            Algorithm::Ps256 | Algorithm::EdDsa => None,
        }
    }

    /// Encodes PKCS #8, for immediate encryption.
    pub fn to_pkcs8(&self) -> Result<Vec<u8>, Error> {
        match self {
            Self::Rsa(pair) => {
                let der: Result<Pkcs8V1Der<'_>, _> = pair.as_der();
                der.map(|der| der.as_ref().to_vec()).map_err(|_| failed())
            }
            Self::P256(pair) => pair.to_pkcs8v1().map(|der| der.as_ref().to_vec()).map_err(|_| failed()),
        }
    }

    /// The public key with its thumbprint as `kid`.
    pub fn public(&self, algorithm: Algorithm) -> Result<Jwk, Error> {
        let material = match self {
            Self::Rsa(pair) => {
                let (n, e) = (pair.public_key().modulus(), pair.public_key().exponent());
                let bytes = |number: aws_lc_rs::io::Positive<'_>| number.big_endian_without_leading_zero().to_vec();
                Material::Rsa { n: bytes(n), e: bytes(e) }
            }
            Self::P256(pair) => point(pair.public_key().as_ref()).ok_or_else(failed)?,
        };
        let mut public = Jwk { kid: None, algorithm: Some(algorithm), material };
        public.kid = Some(public.thumbprint());
        Ok(public)
    }

    /// Signs. RSA takes half a millisecond of CPU time.
    pub fn sign(&self, input: &[u8]) -> Result<Vec<u8>, Error> {
        let random = SystemRandom::new();
        match self {
            Self::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, input, &mut signature).map_err(|_| failed())?;
                Ok(signature)
            }
            Self::P256(pair) => {
                pair.sign(&random, input).map(|signature| signature.as_ref().to_vec()).map_err(|_| failed())
            }
        }
    }
}

/// Decodes an uncompressed point: byte 4, then both coordinates (SEC 1 §2.3.3).
fn point(bytes: &[u8]) -> Option<Material> {
    let (x, y) = bytes.strip_prefix(&[4])?.split_at_checked(32)?;
    Some(Material::P256 { x: x.try_into().ok()?, y: y.try_into().ok()? })
}

fn failed() -> Error {
    Error::Internal("a signing key could not be made or used".to_owned())
}
