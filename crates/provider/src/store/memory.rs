//! Rows that are asked for again and again, remembered within a bound in bytes: live access and permanent tokens, and clients
//! with their secrets.

use std::sync::Arc;

use oauth::{Client, SecretHash, Timestamp};
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::access_tokens::LiveToken;
use super::changes::{Before, Changes, Mark};

/// Bytes for tokens, and for clients.
const TOKENS: u64 = 48 << 20;
const CLIENTS: u64 = 8 << 20;

/// What a token and a client come to, for the number of places that are made ready.
const TOKEN: u64 = 1 << 10;
const CLIENT: u64 = 2 << 10;

/// A client, and its secrets as hashes, each with its end.
#[derive(Clone, Debug)]
pub struct KnownClient {
    /// The client.
    pub client: Client,
    /// Hashes of its secrets, with the moment from which each is of no use.
    pub secrets: Vec<(String, Option<Timestamp>)>,
}

/// Something that was read, with the marks of before.
#[derive(Clone, Debug)]
struct Remembered<T> {
    mark: Mark,
    value: T,
}

/// The memory of a process. Cheap to clone; every clone is the same.
#[derive(Clone, Debug)]
pub struct Memory {
    changes: Changes,
    tokens: Arc<Cache<SecretHash, Remembered<Arc<LiveToken>>, Size>>,
    clients: Arc<Cache<String, Remembered<Arc<KnownClient>>, Size>>,
}

impl Memory {
    /// A memory that believes itself as long as these changes are heard of.
    pub fn new(changes: Changes) -> Self {
        let (tokens, clients) = ((TOKENS / TOKEN) as usize, (CLIENTS / CLIENT) as usize);
        Self {
            changes,
            tokens: Arc::new(Cache::with_weighter(tokens, TOKENS, Size)),
            clients: Arc::new(Cache::with_weighter(clients, CLIENTS, Size)),
        }
    }

    /// What changes.
    pub const fn changes(&self) -> &Changes {
        &self.changes
    }

    /// The token with this hash, if it is remembered and nothing that decides about it has changed. Its end is for the caller.
    pub fn token(&self, hash: &SecretHash) -> Option<Arc<LiveToken>> {
        let found = self.tokens.get(hash).filter(|_| self.changes.is_fresh())?;
        (found.mark == self.changes.mark(Some(&found.value.family_id))).then_some(found.value)
    }

    /// Remembers a token; `before` was taken before it was read.
    pub fn keep_token(&self, hash: &SecretHash, before: Before, token: &Arc<LiveToken>) {
        if let Some(mark) = self.changes.since(before, Some(&token.family_id)) {
            self.tokens.insert(hash.clone(), Remembered { mark, value: token.clone() });
        }
    }

    /// The client with this id, likewise.
    pub fn client(&self, id: &str) -> Option<Arc<KnownClient>> {
        let found = self.clients.get(id).filter(|_| self.changes.is_fresh())?;
        (found.mark == self.changes.mark(None)).then_some(found.value)
    }

    /// Remembers a client; `before` was taken before it was read.
    pub fn keep_client(&self, before: Before, client: &Arc<KnownClient>) {
        if let Some(mark) = self.changes.since(before, None) {
            self.clients.insert(client.client.id.clone(), Remembered { mark, value: client.clone() });
        }
    }
}

/// How many bytes something takes, with what it points to; rather too many than too few.
#[derive(Clone, Copy, Debug)]
struct Size;

impl Weighter<SecretHash, Remembered<Arc<LiveToken>>> for Size {
    fn weight(&self, _: &SecretHash, found: &Remembered<Arc<LiveToken>>) -> u64 {
        let token = &found.value;
        let scope: usize = token.scope.iter().map(|word| word.len() + 64).sum();
        let rights: usize =
            token.user.iter().flat_map(|user| user.rights.allowed.iter()).map(|word| word.len() + 64).sum();
        let limit: usize = token.client_scope.iter().flat_map(|scope| scope.iter()).map(|word| word.len() + 64).sum();
        let claims = token.claims.as_ref().map_or(0, |claims| claims.to_json().len() * 4);
        (512 + scope + rights + limit + claims) as u64
    }
}

impl Weighter<String, Remembered<Arc<KnownClient>>> for Size {
    fn weight(&self, _: &String, found: &Remembered<Arc<KnownClient>>) -> u64 {
        let KnownClient { client, secrets } = &*found.value;
        let uris: usize = client.redirect_uris.iter().chain(&client.post_logout_redirect_uris).map(String::len).sum();
        let keys = client.registration.jwks.as_ref().map_or(0, |keys| keys.to_string().len() * 4);
        let scope: usize = client.scope.iter().flat_map(|scope| scope.iter()).map(|word| word.len() + 64).sum();
        (1024 + client.name.len() + client.description.len() + uris + keys + scope + secrets.len() * 128) as u64
    }
}
