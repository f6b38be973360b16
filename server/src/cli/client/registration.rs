//! The options of `jeton client add` beyond RFC 6749.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use oauth::Registration;
use oauth::jose::Algorithm;
use oauth::profile::Profile;
use oauth::registration::AuthMethod;

use super::add::AlgorithmArg;
use crate::cli::Failure;

/// A file with keys that is larger is none.
const MOST: u64 = 64 * 1024;

/// What a client registers beyond RFC 6749.
#[derive(Args)]
pub struct Options {
    /// How it proves itself (default: with its secret, in the header or in the body)
    #[arg(long, value_name = "METHOD")]
    auth_method: Option<MethodArg>,
    /// A file with its public keys, a JWK set
    #[arg(long, value_name = "FILE", conflicts_with = "jwks_uri")]
    jwks_file: Option<PathBuf>,
    /// Where its public keys are
    #[arg(long, value_name = "URI")]
    jwks_uri: Option<String>,
    /// Where its request objects may be fetched; may be repeated
    #[arg(long = "request-uri", value_name = "URI")]
    request_uris: Vec<String>,
    /// Take only signed requests
    #[arg(long)]
    require_signed_requests: bool,
    /// Take only pushed requests
    #[arg(long)]
    require_pushed_requests: bool,
    /// Serve it by the FAPI 2.0 security profile
    #[arg(long)]
    fapi: bool,
    /// Issue it no token that is not bound to a key (DPoP)
    #[arg(long)]
    require_dpop: bool,
    /// Sign what userinfo tells it
    #[arg(long, value_name = "ALGORITHM", value_enum)]
    userinfo_alg: Option<AlgorithmArg>,
    /// Where it is told that a session ended
    #[arg(long, value_name = "URI")]
    backchannel_logout_uri: Option<String>,
    /// It must be told which session ended
    #[arg(long, requires = "backchannel_logout_uri")]
    backchannel_logout_session_required: bool,
}

/// A method of client authentication.
#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
enum MethodArg {
    /// Its secret in the header
    ClientSecretBasic,
    /// Its secret in the body
    ClientSecretPost,
    /// An assertion that it signs
    PrivateKeyJwt,
}

impl From<MethodArg> for AuthMethod {
    fn from(method: MethodArg) -> Self {
        match method {
            MethodArg::ClientSecretBasic => Self::ClientSecretBasic,
            MethodArg::ClientSecretPost => Self::ClientSecretPost,
            MethodArg::PrivateKeyJwt => Self::PrivateKeyJwt,
        }
    }
}

/// The options as what is registered.
pub fn read(options: Options) -> Result<Registration, Failure> {
    Ok(Registration {
        token_endpoint_auth_method: options.auth_method.map(AuthMethod::from),
        jwks: options.jwks_file.as_deref().map(read_keys).transpose()?,
        jwks_uri: options.jwks_uri,
        request_uris: options.request_uris,
        require_signed_request_object: options.require_signed_requests,
        require_pushed_authorization_requests: options.require_pushed_requests,
        profile: if options.fapi { Profile::Fapi } else { Profile::Standard },
        dpop_bound_access_tokens: options.require_dpop,
        userinfo_signed_response_alg: options.userinfo_alg.map(Algorithm::from),
        backchannel_logout_uri: options.backchannel_logout_uri,
        backchannel_logout_session_required: options.backchannel_logout_session_required,
    })
}

fn read_keys(file: &Path) -> Result<serde_json::Value, Failure> {
    let named = |fault: &str| Failure::new(format!("--jwks-file: {} {fault}", file.display()));
    let size = std::fs::metadata(file).map_err(|_| named("cannot be read"))?.len();
    if size > MOST {
        return Err(named("is larger than 64 KiB"));
    }
    let text = std::fs::read_to_string(file).map_err(|_| named("cannot be read"))?;
    serde_json::from_str(&text).map_err(|_| named("is not JSON"))
}
