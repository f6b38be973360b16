//! The one way out: how this server goes to addresses that clients registered. Whoever registers an address must not be able
//! to make the server talk to machines that only the server reaches, hold it up, or fill its memory.

mod address;
mod connect;
mod destination;
mod exchange;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use provider::fetch::{Fetch, FetchError, Fetched, Word};
use tokio::sync::Semaphore;
use tokio_rustls::TlsConnector;

use self::connect::Connected;
use self::destination::Destination;
use self::exchange::Message;
use crate::config::ConfigError;

/// All of it, from the name to the last byte.
pub const PATIENCE: Duration = Duration::from_secs(3);

/// The longest body that is taken, in bytes.
pub const LONGEST: usize = 256 * 1024;

/// Fetches at the same time, at most: more than all callers together have under way (128 for keys, 128 for request objects, and the
/// notices of sign-outs), so that none of them waits for another.
const AT_ONCE: usize = 320;

/// Goes to public https addresses and, on the operator's word, to private ones that the operator listed. It follows no redirect and no proxy.
#[derive(Clone)]
pub struct Guarded {
    allow: Vec<(String, u16)>,
    tls: TlsConnector,
    patience: Duration,
    places: Arc<Semaphore>,
    lookups: Arc<Semaphore>,
}

impl Guarded {
    /// With the operator's private hosts and ports, and a further certificate authority (a PEM file) if there is one.
    ///
    /// # Errors
    /// The file cannot be read, or holds no certificate.
    pub fn new(allow: &[(String, u16)], ca_file: Option<&Path>) -> Result<Self, ConfigError> {
        let tls = connect::tls(ca_file).map_err(|why| ConfigError::new("JETON_FETCH_CA_FILE", why))?;
        let semaphore = || Arc::new(Semaphore::new(AT_ONCE));
        Ok(Self { allow: allow.to_vec(), tls, patience: PATIENCE, places: semaphore(), lookups: semaphore() })
    }

    /// Gives up after this long.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    async fn go<T>(
        &self,
        (url, word): (&str, Word),
        message: Message,
        read: impl AsyncFnOnce(Connected, &Destination, Message) -> Result<T, String>,
    ) -> Result<T, FetchError> {
        let allow = match word {
            Word::Operator => self.allow.as_slice(),
            Word::Developer => &[],
        };
        let destination = Destination::of(url, allow)?;
        let work = async {
            let _place = self.places.acquire().await;
            let connected = connect::open(&destination, &self.tls, &self.lookups).await?;
            read(connected, &destination, message).await.map_err(FetchError::Failed)
        };
        let late = || FetchError::Failed(format!("no answer within {:?}", self.patience));
        let done = tokio::time::timeout(self.patience, work).await;
        done.unwrap_or_else(|_| Err(late())).map_err(|error| destination.name_in(error))
    }
}

impl Fetch for Guarded {
    fn get<'a>(&'a self, url: &'a str, word: Word) -> Fetched<'a, Vec<u8>> {
        Box::pin(self.go((url, word), Message::get(), exchange::body))
    }

    fn post<'a>(&'a self, url: &'a str, form: &'a [(&'a str, &'a str)], word: Word) -> Fetched<'a, u16> {
        Box::pin(self.go((url, word), Message::post(form), exchange::status))
    }
}
