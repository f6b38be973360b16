//! Registered clients and their redirect URIs.

mod change;
mod secrets;

use crate::store::records::CachedClient;
use std::sync::Arc;

use oauth::jose::Algorithm;
use oauth::{Client, ClientKind, GrantType, PkceRule, Registration, Scope, Timestamp};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

pub use self::change::{ClientRow, LogoutSettingsRow, OwnDeletion, SettingsRow};
pub use self::secrets::{NewSecret, Rotation, SecretRow};
use super::{Store, row};
use crate::error::Error;

/// How much a client is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientUse {
    /// The client.
    pub client_id: String,
    /// Users whose grant is live.
    pub people: i64,
    /// When a token was last issued from one of the grants.
    pub last_used: Option<Timestamp>,
}

/// Selects clients with their redirect URIs: one row for each URI, or one row for a client without.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select c.id, c.name, c.description, c.kind, c.first_party, c.trusted, c.require_pkce, c.pkce, c.grant_types, \
            c.scope, c.optional_scope, c.post_logout_redirect_uris, c.id_token_alg, c.id_token_claims, c.registration, \
            c.owner_id, c.created_at, c.disabled_at, c.version, r.uri as redirect_uri \
            from clients c left join client_redirect_uris r on r.client_id = c.id ",
            $rest
        )
    };
}

const FIND: &str = select!("where c.id = $1 order by r.position");
const LIST: &str = select!("order by c.created_at, c.id, r.position");
const LIST_OF: &str = select!("where c.owner_id = $1 order by c.created_at, c.id, r.position");
const FIND_BY_FORM: &str = "select id from clients where form_id = $1 and owner_id = $2";

const USE_OF: &str = "select g.client_id, count(*) as people, max(g.last_used_at) as last_used from grants g \
    join clients c on c.id = g.client_id where c.owner_id = $1 and g.revoked_at is null group by g.client_id";

/// Counts what deleting a client ends: its live access tokens, and its unused live refresh tokens.
const TOKENS: &str = "select \
    (select count(*) from access_tokens t left join grants g on g.id = t.grant_id where t.client_id = $1 \
        and t.revoked_at is null and t.expires_at > $2 and g.revoked_at is null) + \
    (select count(*) from refresh_tokens t join grants g on g.id = t.grant_id where t.client_id = $1 \
        and t.revoked_at is null and t.spent_at is null and t.expires_at > $2 and g.revoked_at is null)";

impl Store {
    /// The client with this id, disabled or not.
    pub async fn find_client(&self, id: &str) -> Result<Option<Client>, Error> {
        Ok(self.known_client(id).await?.map(|known| known.client.clone()))
    }

    /// The client with this id from the database, past the cache: for a comparison with other rows,
    /// since the cache may be stale for a moment.
    pub async fn read_client(&self, id: &str) -> Result<Option<Client>, Error> {
        let rows = sqlx::query(FIND).bind(id).fetch_all(self.readers()).await?;
        Ok(read_all(&rows)?.pop())
    }

    /// The client with this id and its secrets, from the cache or the database.
    pub async fn known_client(&self, id: &str) -> Result<Option<Arc<CachedClient>>, Error> {
        if let Some(known) = self.caches().clients.get(id) {
            return Ok(Some(known));
        }
        let before = self.caches().before_read();
        let rows = sqlx::query(FIND).bind(id).fetch_all(self.readers()).await?;
        let Some(client) = read_all(&rows)?.pop() else { return Ok(None) };
        let known = Arc::new(CachedClient { client, secrets: secrets::read_all(self, id).await? });
        self.caches().clients.insert(id.to_owned(), before, &known);
        Ok(Some(known))
    }

    /// Every client, oldest first.
    pub async fn list_clients(&self) -> Result<Vec<Client>, Error> {
        read_all(&sqlx::query(LIST).fetch_all(self.readers()).await?)
    }

    /// The clients that this user registered, oldest first.
    pub async fn list_clients_of(&self, owner: i64) -> Result<Vec<Client>, Error> {
        read_all(&sqlx::query(LIST_OF).bind(owner).fetch_all(self.readers()).await?)
    }

    /// The id of the client that this user's form created.
    pub async fn find_client_by_form_id(&self, owner: i64, form_id: &str) -> Result<Option<String>, Error> {
        let found = sqlx::query(FIND_BY_FORM).bind(form_id).bind(owner).fetch_optional(self.readers()).await?;
        found.map(|found| row::text(&found, "id")).transpose()
    }

    /// How much the clients of this user are used; unused clients are missing.
    pub async fn client_use_of(&self, owner: i64) -> Result<Vec<ClientUse>, Error> {
        let rows = sqlx::query(USE_OF).bind(owner).fetch_all(self.readers()).await?;
        rows.iter()
            .map(|found| {
                Ok(ClientUse {
                    client_id: row::text(found, "client_id")?,
                    people: row::int(found, "people")?,
                    last_used: row::time_opt(found, "last_used")?,
                })
            })
            .collect()
    }

    /// How many live tokens a client has.
    pub async fn client_tokens(&self, id: &str, now: Timestamp) -> Result<i64, Error> {
        let counted = sqlx::query_scalar(TOKENS).bind(id).bind(now.seconds());
        Ok(counted.fetch_one(self.readers()).await?)
    }
}

/// Reads a client again inside a write.
pub(super) async fn reread(c: &mut AnyConnection, id: &str) -> Result<Client, Error> {
    let rows = sqlx::query(FIND).bind(id).fetch_all(c).await?;
    read_all(&rows)?.pop().ok_or(Error::NotFound)
}

/// Folds the rows of each client into one; rows of one client are adjacent.
fn read_all(rows: &[AnyRow]) -> Result<Vec<Client>, Error> {
    let mut clients: Vec<Client> = Vec::new();
    for found in rows {
        let id = row::text(found, "id")?;
        if clients.last().is_none_or(|last| last.id != id) {
            clients.push(read(found)?);
        }
        if let (Some(uri), Some(client)) = (row::text_opt(found, "redirect_uri")?, clients.last_mut()) {
            client.redirect_uris.push(uri);
        }
    }
    Ok(clients)
}

fn read(found: &AnyRow) -> Result<Client, Error> {
    Ok(Client {
        id: row::text(found, "id")?,
        name: row::text(found, "name")?,
        description: row::text(found, "description")?,
        kind: ClientKind::parse(&row::text(found, "kind")?).ok_or_else(|| Error::corrupt("clients.kind"))?,
        first_party: row::flag(found, "first_party")?,
        trusted: row::flag_opt(found, "trusted")?,
        require_pkce: row::flag(found, "require_pkce")?,
        pkce: pkce(row::text_opt(found, "pkce")?)?,
        grant_types: grant_types(&row::text(found, "grant_types")?)?,
        scope: scope(row::text_opt(found, "scope")?)?,
        redirect_uris: Vec::new(),
        post_logout_redirect_uris: words(&row::text(found, "post_logout_redirect_uris")?),
        optional_scope: row::scope(found, "optional_scope")?,
        id_token_algorithm: algorithm(row::text_opt(found, "id_token_alg")?)?,
        id_token_claims: row::flag_opt(found, "id_token_claims")?,
        registration: registration(row::text_opt(found, "registration")?)?,
        owner: row::int_opt(found, "owner_id")?,
        created_at: row::time(found, "created_at")?,
        disabled: row::int_opt(found, "disabled_at")?.is_some(),
        version: row::int(found, "version")?,
    })
}

fn grant_types(text: &str) -> Result<Vec<GrantType>, Error> {
    let grants = text
        .split_whitespace()
        .map(|grant| GrantType::parse(grant).ok_or_else(|| Error::corrupt("clients.grant_types")));
    grants.collect()
}

/// A client registered before the algorithm could be chosen has the default.
fn algorithm(text: Option<String>) -> Result<Algorithm, Error> {
    let parse = |text: String| Algorithm::parse(&text).ok_or_else(|| Error::corrupt("clients.id_token_alg"));
    text.map_or(Ok(Algorithm::Rs256), parse)
}

fn pkce(text: Option<String>) -> Result<Option<PkceRule>, Error> {
    text.map(|text| PkceRule::parse(&text).ok_or_else(|| Error::corrupt("clients.pkce"))).transpose()
}

fn registration(text: Option<String>) -> Result<Registration, Error> {
    let parse = |text: String| serde_json::from_str(&text).map_err(|_| Error::corrupt("clients.registration"));
    text.map_or_else(|| Ok(Registration::default()), parse)
}

fn scope(text: Option<String>) -> Result<Option<Scope>, Error> {
    Ok(text.as_deref().map(row::stored_scope))
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}
