//! The HTTP client: what it trusts, and what it does without.

use std::error::Error;
use std::path::Path;
use std::sync::Arc;

use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, ACCEPT_ENCODING, HeaderValue};
use provider::fetch::FetchError;
use reqwest::{Client, redirect, retry};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore, crypto};

use super::destination::Destination;
use super::resolver::{NotPublic, Resolver};

/// Trusts the authorities that browsers trust, and those in the operator's file.
///
/// # Errors
/// One line about the file.
pub fn tls(ca_file: Option<&Path>) -> Result<ClientConfig, String> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(path) = ca_file {
        add(&mut roots, path).map_err(|why| format!("{} {why}. Name a readable PEM file", path.display()))?;
    }
    let config = ClientConfig::builder_with_provider(Arc::new(crypto::aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?;
    let mut config = config.with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

fn add(roots: &mut RootCertStore, path: &Path) -> Result<(), String> {
    let unread = |error: &dyn std::fmt::Display| format!("cannot be read ({error})");
    let certificates = CertificateDer::pem_file_iter(path).map_err(|error| unread(&error))?;
    let before = roots.len();
    for certificate in certificates {
        let certificate = certificate.map_err(|error| unread(&error))?;
        roots.add(certificate).map_err(|error| format!("holds something that is no certificate ({error})"))?;
    }
    if roots.len() == before { Err("holds no certificate".to_owned()) } else { Ok(()) }
}

/// A client that goes to https alone, over HTTP/1.1, to addresses that this resolver names. It keeps
/// no idle connection: each fetch looks its name up and has its address judged.
///
/// # Errors
/// The TLS library refuses its settings.
pub fn build(tls: ClientConfig, resolver: Resolver) -> Result<Client, String> {
    let headers = HeaderMap::from_iter([
        (ACCEPT, HeaderValue::from_static("application/json, */*;q=0.5")),
        (ACCEPT_ENCODING, HeaderValue::from_static("identity")),
    ]);
    let builder = Client::builder()
        .tls_backend_preconfigured(tls)
        .dns_resolver(Arc::new(resolver))
        .https_only(true)
        .http1_only()
        .no_proxy()
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .referer(false)
        .pool_max_idle_per_host(0)
        .user_agent("jeton")
        .default_headers(headers);
    builder.build().map_err(|error| cause(&error))
}

/// Why no answer came: an address that may not be reached, or what the lowest layer says.
pub fn failure(error: &reqwest::Error, destination: &Destination) -> FetchError {
    match causes(error).any(|cause| cause.is::<NotPublic>()) {
        true => destination.refused(),
        false => FetchError::Failed(cause(error)),
    }
}

/// What the lowest layer says: the ones above it name the address, whose query may hold a secret.
pub fn cause(error: &reqwest::Error) -> String {
    causes(error).last().map(ToString::to_string).unwrap_or_default()
}

fn causes<'a>(error: &'a reqwest::Error) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error as &(dyn Error + 'static)), |error| (**error).source())
}
