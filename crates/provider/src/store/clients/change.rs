//! Changes to clients. Each is one write whose first statement is the gate.

use oauth::{Client, ClientKind, GrantType, PkceRule, Registration, Scope, Timestamp};
use sqlx::any::AnyArguments;
use sqlx::query::Query;
use sqlx::{Any, AnyConnection};

use super::secrets::{self, NewSecret};
use super::{Store, reread, row};
use crate::error::Error;

/// A client to be stored.
#[derive(Clone)]
pub struct ClientRow {
    /// What is registered.
    pub client: Client,
    /// The form that created it; a form creates one client at most (idempotent).
    pub form_id: Option<String>,
    /// Its first secret.
    pub secret: Option<NewSecret>,
}

/// What the owner may change.
#[derive(Clone, Debug)]
pub struct SettingsRow {
    /// The client.
    pub id: String,
    /// The version that the owner saw: optimistic locking, the change is refused if another is
    /// stored.
    pub version: i64,
    /// The name that users see.
    pub name: String,
    /// The description that users read at consent.
    pub description: String,
    /// Whether PKCE is required.
    pub require_pkce: bool,
    /// The redirect URIs.
    pub redirect_uris: Vec<String>,
    /// Scopes that users may untick at consent.
    pub optional_scope: Scope,
}

/// The outcome of a deletion by the client's owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnDeletion {
    /// It is deleted.
    Done,
    /// Users have live grants for it, and its name was not typed.
    InUse,
    /// This user owns no such client.
    NotTheirs,
}

/// The logout settings of a client.
#[derive(Clone, Debug)]
pub struct LogoutSettingsRow {
    /// The client.
    pub id: String,
    /// The version that the owner saw: optimistic locking.
    pub version: i64,
    /// The post-logout redirect URIs.
    pub addresses: Vec<String>,
    /// The registration, which includes `backchannel_logout_uri`.
    pub registration: Registration,
}

const INSERT: &str = "insert into clients (id, name, description, kind, first_party, require_pkce, grant_types, scope, \
    optional_scope, post_logout_redirect_uris, owner_id, id_token_alg, registration, trusted, pkce, id_token_claims, \
    version, created_at, form_id) \
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) \
    on conflict (form_id) do nothing returning id";

/// Everything that the operator may change, if the version is still the stored one.
const REPLACE: &str = "update clients set name = $2, description = $3, kind = $4, first_party = $5, require_pkce = $6, \
    grant_types = $7, scope = $8, optional_scope = $9, post_logout_redirect_uris = $10, owner_id = $11, id_token_alg = $12, \
    registration = $13, trusted = $14, pkce = $15, id_token_claims = $16, version = version + 1 \
    where id = $1 and version = $17 returning id";

const UPDATE: &str = "update clients set name = $3, description = $4, require_pkce = $5, \
    optional_scope = $6, version = version + 1 \
    where id = $1 and version = $2 returning id";

const SET_SIGN_OUT: &str = "update clients set post_logout_redirect_uris = $3, registration = $4, version = version + 1 \
    where id = $1 and version = $2 returning id";

const INSERT_URI: &str = "insert into client_redirect_uris (client_id, position, uri) values ($1, $2, $3)";
const DELETE_URIS: &str = "delete from client_redirect_uris where client_id = $1";
const DISABLE: &str =
    "update clients set disabled_at = coalesce(disabled_at, $2), version = version + 1 where id = $1 returning id";
const ENABLE: &str = "update clients set disabled_at = null, version = version + 1 where id = $1 returning id";
const FORGET_NOTICES: &str = "delete from logout_notices where client_id = $1";
const DELETE: &str = "delete from clients where id = $1 returning id";

/// No-op update that locks the client's row: waits for a consent in progress, which is then
/// counted.
const LOCK_OWN: &str = "update clients set version = version where id = $1 and owner_id = $2 returning name";
const DELETE_UNUSED: &str = "delete from clients where id = $1 \
    and not exists (select 1 from grants where client_id = $1 and revoked_at is null) returning id";

impl Store {
    /// Stores a client; `false` if its form has created one already. `Conflict` if the id is taken.
    pub async fn insert_client(&self, new: ClientRow) -> Result<bool, Error> {
        self.write(move |c| Box::pin(async move { insert(c, new).await })).await
    }

    /// Stores changed settings; `None` if the version is not the stored one any more or the client
    /// is gone.
    pub async fn update_client(&self, new: SettingsRow) -> Result<Option<Client>, Error> {
        self.write(move |c| Box::pin(async move { update(c, new).await })).await
    }

    /// Stores a client's logout settings; `false` if the version is not the stored one any more.
    pub async fn update_logout_settings(&self, new: LogoutSettingsRow) -> Result<bool, Error> {
        let registration = registration(&new.registration)?;
        self.write(move |c| {
            Box::pin(async move {
                let set = sqlx::query(SET_SIGN_OUT).bind(new.id).bind(new.version);
                let set = set.bind(new.addresses.join(" ")).bind(registration);
                Ok(set.fetch_optional(c).await?.is_some())
            })
        })
        .await
    }

    /// Disables a client, which gets no logout notices any more; true if it exists.
    pub async fn disable_client_row(&self, id: String, now: Timestamp) -> Result<bool, Error> {
        self.write(move |c| {
            Box::pin(async move {
                let disable = sqlx::query(DISABLE).bind(&id).bind(now.seconds());
                let found = disable.fetch_optional(&mut *c).await?.is_some();
                sqlx::query(FORGET_NOTICES).bind(id).execute(c).await?;
                Ok(found)
            })
        })
        .await
    }

    /// Deletes a client of this user; if it has live grants, only when its name was typed.
    pub async fn delete_own_client(&self, id: String, owner: i64, typed: String) -> Result<OwnDeletion, Error> {
        self.write(move |c| Box::pin(async move { delete_own(c, &id, owner, &typed).await })).await
    }

    /// Enables a client; true if it exists.
    pub async fn enable_client_row(&self, id: String) -> Result<bool, Error> {
        self.write(move |c| {
            Box::pin(async move { Ok(sqlx::query(ENABLE).bind(id).fetch_optional(c).await?.is_some()) })
        })
        .await
    }

    /// Replaces the stored client of the same id and version; `None` if there is none any more.
    /// Deletes the client's secrets if it needs none any more.
    pub async fn replace_client(&self, new: Client) -> Result<Option<Client>, Error> {
        self.write(move |c| Box::pin(async move { replace(c, new).await })).await
    }

    /// Deletes a client with its secrets, grants, codes and tokens; true if it existed.
    pub async fn delete_client(&self, id: String) -> Result<bool, Error> {
        self.write(move |c| {
            Box::pin(async move { Ok(sqlx::query(DELETE).bind(id).fetch_optional(c).await?.is_some()) })
        })
        .await
    }
}

async fn delete_own(c: &mut AnyConnection, id: &str, owner: i64, typed: &str) -> Result<OwnDeletion, Error> {
    let own = sqlx::query(LOCK_OWN).bind(id).bind(owner).fetch_optional(&mut *c).await?;
    let Some(own) = own else { return Ok(OwnDeletion::NotTheirs) };
    let delete = if row::text(&own, "name")? == typed { DELETE } else { DELETE_UNUSED };
    let done = sqlx::query(delete).bind(id).fetch_optional(c).await?;
    Ok(if done.is_some() { OwnDeletion::Done } else { OwnDeletion::InUse })
}

async fn insert(c: &mut AnyConnection, new: ClientRow) -> Result<bool, Error> {
    let client = new.client;
    let insert = bound(INSERT, &client)?.bind(client.created_at.seconds()).bind(new.form_id);
    if insert.fetch_optional(&mut *c).await?.is_none() {
        return Ok(false);
    }
    insert_uris(c, &client.id, client.redirect_uris).await?;
    if let Some(secret) = &new.secret {
        secrets::insert(c, &client.id, secret).await?;
    }
    Ok(true)
}

async fn replace(c: &mut AnyConnection, new: Client) -> Result<Option<Client>, Error> {
    if bound(REPLACE, &new)?.fetch_optional(&mut *c).await?.is_none() {
        return Ok(None);
    }
    if new.kind == ClientKind::Public || new.registration.uses_private_key_jwt() {
        secrets::end_all(c, &new.id).await?;
    }
    sqlx::query(DELETE_URIS).bind(&new.id).execute(&mut *c).await?;
    insert_uris(c, &new.id, new.redirect_uris).await?;
    Ok(Some(reread(c, &new.id).await?))
}

/// A statement with the values that an insert and an update share, `$1` to `$17`.
fn bound(sql: &'static str, client: &Client) -> Result<Query<'static, Any, AnyArguments>, Error> {
    let grants: Vec<&str> = client.grant_types.iter().copied().map(GrantType::as_str).collect();
    Ok(sqlx::query(sql)
        .bind(&client.id)
        .bind(&client.name)
        .bind(&client.description)
        .bind(client.kind.as_str())
        .bind(i64::from(client.first_party))
        .bind(i64::from(client.require_pkce))
        .bind(grants.join(" "))
        .bind(client.scope.as_ref().map(ToString::to_string))
        .bind(client.optional_scope.to_string())
        .bind(client.post_logout_redirect_uris.join(" "))
        .bind(client.owner)
        .bind(client.id_token_algorithm.as_str())
        .bind(registration(&client.registration)?)
        .bind(client.trusted.then_some(1_i64))
        .bind(client.pkce.map(PkceRule::as_str))
        .bind(client.id_token_claims.then_some(1_i64))
        .bind(client.version))
}

/// The registration as JSON; `None` for an empty one.
fn registration(said: &Registration) -> Result<Option<String>, Error> {
    let text = serde_json::to_string(said).map_err(|error| Error::Internal(error.to_string()))?;
    Ok((*said != Registration::default()).then_some(text))
}

async fn update(c: &mut AnyConnection, new: SettingsRow) -> Result<Option<Client>, Error> {
    let gate = sqlx::query(UPDATE)
        .bind(&new.id)
        .bind(new.version)
        .bind(new.name)
        .bind(new.description)
        .bind(i64::from(new.require_pkce))
        .bind(new.optional_scope.to_string())
        .fetch_optional(&mut *c)
        .await?;
    if gate.is_none() {
        return Ok(None);
    }
    sqlx::query(DELETE_URIS).bind(&new.id).execute(&mut *c).await?;
    insert_uris(c, &new.id, new.redirect_uris).await?;
    Ok(Some(reread(c, &new.id).await?))
}

async fn insert_uris(c: &mut AnyConnection, id: &str, uris: Vec<String>) -> Result<(), Error> {
    for (position, uri) in (0_i64..).zip(uris) {
        sqlx::query(INSERT_URI).bind(id).bind(position).bind(uri).execute(&mut *c).await?;
    }
    Ok(())
}
