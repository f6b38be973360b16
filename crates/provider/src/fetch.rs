//! What lies outside: addresses of clients, to which this server goes itself. How it gets there safely is for the caller of
//! [`crate::Provider::open`] to say; the use cases know only what they ask for and what can come back.

use std::collections::{HashMap, VecDeque};
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};

use oauth::Client;

/// What comes of it, later.
pub type Fetched<'a, T> = Pin<Box<dyn Future<Output = Result<T, FetchError>> + Send + 'a>>;

/// Why nothing came back. For the log: none of it is for clients.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// The address is not one to which this server goes; no connection was made.
    #[error("{0} may not be fetched")]
    Refused(String),
    /// It did not answer, not in time, or not with a success.
    #[error("{0}")]
    Failed(String),
}

/// On whose word an address is gone to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// The operator registered it: it may be one of the private hosts that the operator listed.
    Operator,
    /// A developer registered it on the pages: the operator's list is not meant for it.
    Developer,
}

impl Word {
    /// On whose word an address of this client stands that its owner can change on the pages.
    #[must_use]
    pub fn of_owner(client: &Client) -> Self {
        if client.owner.is_some() { Self::Developer } else { Self::Operator }
    }
}

/// Goes to addresses outside. Every implementation refuses what is not https or not public, follows no redirect, and gives
/// up early.
pub trait Fetch: Send + Sync {
    /// The body at this address.
    fn get<'a>(&'a self, url: &'a str, word: Word) -> Fetched<'a, Vec<u8>>;

    /// Sends these pairs as a form; the status of the answer.
    fn post<'a>(&'a self, url: &'a str, form: &'a [(&'a str, &'a str)], word: Word) -> Fetched<'a, u16>;
}

/// Goes nowhere: for the command line and for tests.
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

/// A form that was sent: the address, and its pairs.
pub type Sent = (String, Vec<(String, String)>);

/// A world for tests: what stands at which address, and what was sent where.
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
    /// From now on this stands at that address.
    pub fn put(&self, url: &str, body: impl Into<Vec<u8>>) {
        self.state().pages.insert(url.to_owned(), body.into());
    }

    /// The next form that is sent there is answered so; those without a word are answered with 200.
    pub fn answer(&self, url: &str, answer: Result<u16, FetchError>) {
        self.state().answers.entry(url.to_owned()).or_default().push_back(answer);
    }

    /// The addresses that were asked for, in order.
    #[must_use]
    pub fn requested_urls(&self) -> Vec<String> {
        self.state().requested_urls.clone()
    }

    /// On whose word each address was gone to, in order.
    #[must_use]
    pub fn words(&self) -> Vec<(String, Word)> {
        self.state().words.clone()
    }

    /// The forms that were sent, in order.
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
