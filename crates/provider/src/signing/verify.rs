//! Signature verification by AWS-LC, as a [`SignatureCheck`] for crate `oauth`.

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256, RsaParameters,
    RsaPublicKeyComponents, UnparsedPublicKey,
};
use oauth::jose::{Algorithm, Material, SignatureCheck};

/// Whether the key made the signature.
#[must_use]
pub fn verify(check: &SignatureCheck<'_>) -> bool {
    let (input, signature) = (check.input, check.signature);
    match (&check.key.material, check.algorithm) {
        (Material::Rsa { n, e }, Algorithm::Rs256) => rsa(&RSA_PKCS1_2048_8192_SHA256, n, e, input, signature),
        (Material::Rsa { n, e }, Algorithm::Ps256) => rsa(&RSA_PSS_2048_8192_SHA256, n, e, input, signature),
        (Material::P256 { x, y }, Algorithm::Es256) => {
            let point = [&[4], &x[..], &y[..]].concat();
            UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(input, signature).is_ok()
        }
        (Material::Ed25519 { x }, Algorithm::EdDsa) => {
            UnparsedPublicKey::new(&ED25519, x).verify(input, signature).is_ok()
        }
        _ => false,
    }
}

fn rsa(rules: &'static RsaParameters, n: &[u8], e: &[u8], input: &[u8], signature: &[u8]) -> bool {
    RsaPublicKeyComponents { n, e }.verify(rules, input, signature).is_ok()
}
