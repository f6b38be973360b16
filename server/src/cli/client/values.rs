//! The values that options of `jeton client …` can have, and the files that they name.

use std::path::Path;

use clap::ValueEnum;
use oauth::jose::Algorithm;
use oauth::registration::AuthMethod;
use oauth::{GrantType, PkceRule};

use crate::cli::Failure;

/// The largest file with a JWK set, in bytes.
const MAX_FILE: u64 = 64 * 1024;

/// A grant type, as it stands in a token request.
#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum GrantArg {
    /// A person consents in the browser
    AuthorizationCode,
    /// An earlier grant goes on
    RefreshToken,
    /// User name and password in exchange for a token
    Password,
    /// The client acts for itself
    ClientCredentials,
}

impl From<GrantArg> for GrantType {
    fn from(grant: GrantArg) -> Self {
        match grant {
            GrantArg::AuthorizationCode => Self::AuthorizationCode,
            GrantArg::RefreshToken => Self::RefreshToken,
            GrantArg::Password => Self::Password,
            GrantArg::ClientCredentials => Self::ClientCredentials,
        }
    }
}

/// A signature algorithm.
#[derive(Clone, Copy, ValueEnum)]
pub enum AlgorithmArg {
    /// RSA with SHA-256
    #[value(name = "RS256")]
    Rs256,
    /// P-256 with SHA-256
    #[value(name = "ES256")]
    Es256,
}

impl From<AlgorithmArg> for Algorithm {
    fn from(algorithm: AlgorithmArg) -> Self {
        match algorithm {
            AlgorithmArg::Rs256 => Self::Rs256,
            AlgorithmArg::Es256 => Self::Es256,
        }
    }
}

/// How userinfo comes.
#[derive(Clone, Copy, ValueEnum)]
pub enum UserinfoArg {
    /// As JSON
    #[value(name = "none")]
    Plain,
    /// RSA with SHA-256
    #[value(name = "RS256")]
    Rs256,
    /// P-256 with SHA-256
    #[value(name = "ES256")]
    Es256,
}

impl From<UserinfoArg> for Option<Algorithm> {
    fn from(form: UserinfoArg) -> Self {
        match form {
            UserinfoArg::Plain => None,
            UserinfoArg::Rs256 => Some(Algorithm::Rs256),
            UserinfoArg::Es256 => Some(Algorithm::Es256),
        }
    }
}

/// A method of client authentication.
#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum MethodArg {
    /// Its secret, in the header or in the body
    Any,
    /// Its secret in the header
    ClientSecretBasic,
    /// Its secret in the body
    ClientSecretPost,
    /// An assertion that it signs
    PrivateKeyJwt,
}

impl From<MethodArg> for Option<AuthMethod> {
    fn from(method: MethodArg) -> Self {
        match method {
            MethodArg::Any => None,
            MethodArg::ClientSecretBasic => Some(AuthMethod::ClientSecretBasic),
            MethodArg::ClientSecretPost => Some(AuthMethod::ClientSecretPost),
            MethodArg::PrivateKeyJwt => Some(AuthMethod::PrivateKeyJwt),
        }
    }
}

/// When a confidential client may leave PKCE out.
#[derive(Clone, Copy, ValueEnum)]
pub enum PkceArg {
    /// Never, whatever JETON_PKCE says
    Required,
    /// Where it sends nonce with openid
    NonceOrPkce,
}

impl From<PkceArg> for PkceRule {
    fn from(rule: PkceArg) -> Self {
        match rule {
            PkceArg::Required => Self::Required,
            PkceArg::NonceOrPkce => Self::NonceOrPkce,
        }
    }
}

/// The JWK set in a file.
pub fn read_keys(file: &Path) -> Result<serde_json::Value, Failure> {
    let named = |fault: &str| Failure::new(format!("--jwks-file: {} {fault}", file.display()));
    let size = std::fs::metadata(file).map_err(|_| named("cannot be read"))?.len();
    if size > MAX_FILE {
        return Err(named("is larger than 64 KiB"));
    }
    let text = std::fs::read_to_string(file).map_err(|_| named("cannot be read"))?;
    serde_json::from_str(&text).map_err(|_| named("is not JSON"))
}
