//! A TLS server on a free port of this machine, with its own certificate authority.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use server::fetch::Guarded;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::{ServerConfig, crypto};

use crate::harness::unique;

pub struct Outside {
    port: u16,
    ca_file: PathBuf,
    /// The requests of those who came through the handshake.
    delivered: Arc<Mutex<Vec<String>>>,
}

impl Outside {
    /// Answers each request so, and hangs up.
    pub async fn answering(answer: &str) -> Self {
        Self::start("localhost", answer, false).await
    }

    /// Answers each request so, and then neither goes on nor hangs up.
    pub async fn stopping_after(answer: &str) -> Self {
        Self::start("localhost", answer, true).await
    }

    /// Has a certificate for another name.
    pub async fn named(name: &str, answer: &str) -> Self {
        Self::start(name, answer, false).await
    }

    async fn start(name: &str, answer: &str, holds: bool) -> Self {
        let (acceptor, ca) = identity(name);
        let ca_file = std::env::temp_dir().join(format!("jeton-ca-{}-{}.pem", std::process::id(), unique()));
        std::fs::write(&ca_file, ca).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let delivered = Arc::<Mutex<Vec<String>>>::default();
        let (answer, kept) = (Arc::<str>::from(answer), delivered.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, acceptor.clone(), answer.clone(), kept.clone(), holds));
            }
        });
        Self { port, ca_file, delivered }
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn ca_file(&self) -> &Path {
        &self.ca_file
    }

    pub fn url(&self, host: &str, target: &str) -> String {
        format!("https://{host}:{}{target}", self.port)
    }

    /// One that may reach this server by this name, and knows its authority.
    pub fn client(&self, host: &str) -> Guarded {
        Guarded::new(&[(host.to_owned(), self.port)], Some(&self.ca_file)).unwrap()
    }

    /// One that may reach all of these.
    pub fn client_for(&self, all: &[&Self]) -> Guarded {
        let allow: Vec<_> = all.iter().map(|one| ("localhost".to_owned(), one.port)).collect();
        Guarded::new(&allow, Some(&self.ca_file)).unwrap()
    }

    pub fn delivered(&self) -> Vec<String> {
        self.delivered.lock().unwrap().clone()
    }
}

impl Drop for Outside {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.ca_file);
    }
}

fn identity(name: &str) -> (TlsAcceptor, String) {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let ca = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let names = if name == "localhost" { vec![name.to_owned(), "127.0.0.1".to_owned()] } else { vec![name.to_owned()] };
    let certificate = CertificateParams::new(names).unwrap().signed_by(&key, &ca).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(crypto::aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], PrivateKeyDer::try_from(key.serialize_der()).unwrap());
    (TlsAcceptor::from(Arc::new(config.unwrap())), ca.pem())
}

async fn serve(
    stream: TcpStream,
    acceptor: TlsAcceptor,
    answer: Arc<str>,
    delivered: Arc<Mutex<Vec<String>>>,
    holds: bool,
) {
    let Ok(mut stream) = acceptor.accept(stream).await else { return };
    let Some(request) = request(&mut stream).await else { return };
    delivered.lock().unwrap().push(request);
    let _ = stream.write_all(answer.as_bytes()).await;
    let _ = stream.flush().await;
    if holds {
        std::future::pending::<()>().await;
    }
    let _ = stream.shutdown().await;
}

/// Head and body.
async fn request<S: AsyncReadExt + Unpin>(stream: &mut S) -> Option<String> {
    let (mut text, mut piece) = (String::new(), [0; 4096]);
    loop {
        let read = stream.read(&mut piece).await.ok().filter(|read| *read > 0)?;
        text.push_str(&String::from_utf8_lossy(&piece[..read]));
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok()).unwrap_or(0);
        if body.len() >= length {
            return Some(text);
        }
    }
}
