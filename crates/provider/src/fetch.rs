//! The dependency for outgoing HTTP requests to clients' URLs. The caller of
//! [`crate::Provider::open`] provides the implementation and its safety; use cases know only
//! requests and results.

use std::collections::{HashMap, VecDeque};
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};

use oauth::Client;

/// The future of a fetch.
pub type Fetched<'a, T> = Pin<Box<dyn Future<Output = Result<T, FetchError>> + Send + 'a>>;

/// Why a fetch failed. For the log only, never for clients.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// The URL is not allowed; no connection was made.
    #[error("{0} may not be fetched")]
    Refused(String),
    /// No response, a timeout, or a status other than success.
    #[error("{0}")]
    Failed(String),
}

/// Who registered a URL, which decides whether it may be private.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// The operator registered it: it may be on a private host that the operator allows.
    Operator,
    /// A developer registered it on the pages: the operator's list of private hosts does not apply.
    Developer,
}

impl Word {
    /// Who registered a URL of this client that its owner can change on the pages.
    #[must_use]
    pub fn of_owner(client: &Client) -> Self {
        if client.owner.is_some() { Self::Developer } else { Self::Operator }
    }
}

/// Sends requests to clients' URLs. Every implementation refuses URLs that are not https or not
/// public, follows no redirects, and has a short timeout.
pub trait Fetch: Send + Sync {
    /// Fetches a URL; returns the body.
    fn get<'a>(&'a self, url: &'a str, word: Word) -> Fetched<'a, Vec<u8>>;

    /// Posts these pairs as a form; returns the status of the response.
    fn post<'a>(&'a self, url: &'a str, form: &'a [(&'a str, &'a str)], word: Word) -> Fetched<'a, u16>;
}

/// Refuses every request: for the command line and for tests.
#[derive(Clone, Copy, Debug, Default)]
pub struct Nowhere;

impl Fetch for Nowhere {
    fn get<'a>(&'a self, url: &'a str, _: Word) -> Fetched<'a, Vec<u8>> {
        Box::pin(async move { Err(FetchError::Refused(url.to_owned())) })
    }

    fn post<'a>(&'a self, url: &'a str, _: &'a [(&'a str, &'a str)], _: Word) -> Fetched<'a, u16> {
        Box::pin(async move { Err(FetchError::Refused(url.to_owned())) })
    }
}

/// A posted form: URL and pairs.
pub type Sent = (String, Vec<(String, String)>);

/// A fake for tests: configured responses and recorded requests.
#[derive(Debug, Default)]
pub struct Scripted(Mutex<MockState>);

#[derive(Debug, Default)]
struct MockState {
    pages: HashMap<String, Vec<u8>>,
    answers: HashMap<String, VecDeque<Result<u16, FetchError>>>,
    requested_urls: Vec<String>,
    words: Vec<(String, Word)>,
    sent: Vec<Sent>,
}

impl Scripted {
    /// Sets the body at this URL.
    pub fn put(&self, url: &str, body: impl Into<Vec<u8>>) {
        self.state().pages.insert(url.to_owned(), body.into());
    }

    /// Sets the response to the next form that is posted there; the default is 200.
    pub fn answer(&self, url: &str, answer: Result<u16, FetchError>) {
        self.state().answers.entry(url.to_owned()).or_default().push_back(answer);
    }

    /// The fetched URLs, in order.
    #[must_use]
    pub fn requested_urls(&self) -> Vec<String> {
        self.state().requested_urls.clone()
    }

    /// The `Word` of each request, in order.
    #[must_use]
    pub fn words(&self) -> Vec<(String, Word)> {
        self.state().words.clone()
    }

    /// The posted forms, in order.
    #[must_use]
    pub fn sent(&self) -> Vec<Sent> {
        self.state().sent.clone()
    }

    fn state(&self) -> std::sync::MutexGuard<'_, MockState> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Fetch for Scripted {
    fn get<'a>(&'a self, url: &'a str, word: Word) -> Fetched<'a, Vec<u8>> {
        let mut state = self.state();
        state.requested_urls.push(url.to_owned());
        state.words.push((url.to_owned(), word));
        let found = state.pages.get(url).cloned().ok_or_else(|| FetchError::Failed(format!("{url} answers with 404")));
        Box::pin(async move { found })
    }

    fn post<'a>(&'a self, url: &'a str, form: &'a [(&'a str, &'a str)], word: Word) -> Fetched<'a, u16> {
        let mut state = self.state();
        let pairs = form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        state.sent.push((url.to_owned(), pairs));
        state.words.push((url.to_owned(), word));
        let answer = state.answers.get_mut(url).and_then(VecDeque::pop_front).unwrap_or(Ok(200));
        Box::pin(async move { answer })
    }
}
