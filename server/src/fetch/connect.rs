//! A TLS connection to the very address that was looked at.

use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use provider::fetch::FetchError;
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto};
use url::Host;

use super::destination::Destination;

/// What is spoken over.
pub type Connected = TlsStream<TcpStream>;

/// Trusts the authorities that browsers trust, and those in the operator's file.
///
/// # Errors
/// One line about the file.
pub fn tls(ca_file: Option<&Path>) -> Result<TlsConnector, String> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(path) = ca_file {
        add(&mut roots, path).map_err(|why| format!("{} {why}. Name a readable PEM file", path.display()))?;
    }
    let config = ClientConfig::builder_with_provider(Arc::new(crypto::aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?;
    let mut config = config.with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsConnector::from(Arc::new(config)))
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

/// Looks the name up once, and connects to nothing but what was found then.
///
/// # Errors
/// `Refused`: one of the addresses is not public. `Failed`: none of them answers as this host.
pub async fn open(
    destination: &Destination,
    tls: &TlsConnector,
    lookups: &Arc<Semaphore>,
) -> Result<Connected, FetchError> {
    let addresses = addresses(destination, lookups).await.map_err(FetchError::Failed)?;
    if !addresses.iter().all(|address| destination.may_reach(address.ip())) {
        return Err(destination.refused());
    }
    let stream = TcpStream::connect(&addresses[..]).await.map_err(failed)?;
    let name = server_name(&destination.host).map_err(FetchError::Failed)?;
    tls.connect(name, stream).await.map_err(failed)
}

fn failed(error: std::io::Error) -> FetchError {
    FetchError::Failed(error.to_string())
}

async fn addresses(destination: &Destination, lookups: &Arc<Semaphore>) -> Result<Vec<SocketAddr>, String> {
    let port = destination.port;
    let name = match &destination.host {
        Host::Ipv4(address) => return Ok(vec![(IpAddr::from(*address), port).into()]),
        Host::Ipv6(address) => return Ok(vec![(IpAddr::from(*address), port).into()]),
        Host::Domain(name) => name.clone(),
    };
    // The system's resolver cannot be called back: whoever stops waiting leaves a thread behind, so those are counted too.
    let place = lookups.clone().acquire_owned().await.map_err(|error| error.to_string())?;
    let lookup = tokio::spawn(async move {
        let found = tokio::net::lookup_host((name, port)).await.map(Vec::from_iter);
        drop(place);
        found
    });
    let found = lookup.await.map_err(|error| error.to_string())?.map_err(|error| error.to_string())?;
    if found.is_empty() { Err("its name stands for no address".to_owned()) } else { Ok(found) }
}

fn server_name(host: &Host<String>) -> Result<ServerName<'static>, String> {
    match host {
        Host::Domain(name) => ServerName::try_from(name.clone()).map_err(|error| error.to_string()),
        Host::Ipv4(address) => Ok(IpAddr::from(*address).into()),
        Host::Ipv6(address) => Ok(IpAddr::from(*address).into()),
    }
}
