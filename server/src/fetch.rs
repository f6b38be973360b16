//! Outgoing fetches: how this server goes to addresses that clients registered. Whoever registers
//! an address must not be able to make the server talk to machines that only the server reaches
//! (server-side request forgery), hold it up, or fill its memory.

mod address;
mod answer;
mod client;
mod destination;
mod resolver;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::http::header::CONTENT_TYPE;
use provider::fetch::{Fetch, FetchError, Fetched, Word};
use reqwest::{Client, RequestBuilder, Response};
use tokio::sync::Semaphore;

use self::destination::Destination;
use self::resolver::{Reach, Resolver};
use crate::config::ConfigError;

/// The time limit of a whole fetch, from the name to the last byte.
pub const PATIENCE: Duration = Duration::from_secs(3);

/// The longest body that is taken, in bytes.
pub const LONGEST: usize = 256 * 1024;

/// Fetches at the same time, at most: more than all callers together have under way (128 for keys,
/// 128 for request objects, and the notices of sign-outs), so that none of them waits for another.
const AT_ONCE: usize = 320;

/// Goes to public https addresses and, on the operator's word, to private ones that the operator
/// listed. It follows no redirect and no proxy, and keeps no connection.
#[derive(Clone)]
pub struct Guarded {
    allow: Vec<(String, u16)>,
    public: Client,
    anywhere: Client,
    patience: Duration,
    places: Arc<Semaphore>,
}

/// What is asked for: an address, on whose word, and the form that is sent there, if any.
struct Call<'a> {
    url: &'a str,
    word: Word,
    form: Option<&'a [(&'a str, &'a str)]>,
}

impl Guarded {
    /// With the operator's private hosts and ports, and a further certificate authority (a PEM
    /// file) if there is one.
    ///
    /// # Errors
    /// The file cannot be read, or holds no certificate.
    pub fn new(allow: &[(String, u16)], ca_file: Option<&Path>) -> Result<Self, ConfigError> {
        let fault = |why| ConfigError::new("JETON_FETCH_CA_FILE", why);
        let tls = client::tls(ca_file).map_err(fault)?;
        let lookups = Arc::new(Semaphore::new(AT_ONCE));
        let client = |reach| client::build(tls.clone(), Resolver::new(reach, lookups.clone())).map_err(fault);
        Ok(Self {
            allow: allow.to_vec(),
            public: client(Reach::Public)?,
            anywhere: client(Reach::Anywhere)?,
            patience: PATIENCE,
            places: Arc::new(Semaphore::new(AT_ONCE)),
        })
    }

    /// Gives up after this long.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    async fn fetch<T>(
        &self,
        call: Call<'_>,
        read: impl AsyncFnOnce(Response) -> Result<T, String>,
    ) -> Result<T, FetchError> {
        let allow = match call.word {
            Word::Operator => self.allow.as_slice(),
            Word::Developer => &[],
        };
        let destination = Destination::of(call.url, allow)?;
        let work = async {
            let _place = self.places.acquire().await;
            let answer = self.request(&destination, call.form).send().await;
            let answer = answer.map_err(|error| client::failure(&error, &destination))?;
            read(answer).await.map_err(FetchError::Failed)
        };
        let late = || FetchError::Failed(format!("no answer within {:?}", self.patience));
        let done = tokio::time::timeout(self.patience, work).await;
        done.unwrap_or_else(|_| Err(late())).map_err(|error| destination.name_in(error))
    }

    fn request(&self, destination: &Destination, form: Option<&[(&str, &str)]>) -> RequestBuilder {
        let client = if destination.is_listed { &self.anywhere } else { &self.public };
        let Some(form) = form else { return client.get(destination.url.clone()) };
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = client.post(destination.url.clone());
        request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(body)
    }
}

impl Fetch for Guarded {
    fn get<'a>(&'a self, url: &'a str, word: Word) -> Fetched<'a, Vec<u8>> {
        Box::pin(self.fetch(Call { url, word, form: None }, answer::body))
    }

    fn post<'a>(&'a self, url: &'a str, form: &'a [(&'a str, &'a str)], word: Word) -> Fetched<'a, u16> {
        Box::pin(self.fetch(Call { url, word, form: Some(form) }, answer::status))
    }
}
