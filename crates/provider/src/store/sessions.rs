//! Browser sessions: the cookie's value is never stored, only its hash.

use crate::store::records::Proof;
use crate::store::records::Session;
use std::sync::Arc;

use oauth::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::invalidation::Invalidation;
use super::users::still_proves;
use super::{Store, row, session_end};
use crate::error::Error;

/// The session that a new one replaces, under another cookie.
#[derive(Clone, Debug)]
pub struct Replaced {
    /// SHA-256 of its cookie's value.
    pub key_hash: String,
    /// Whether the new session depends on the old one: then none is created if the old one has
    /// ended. Otherwise a password was verified, and without the old session the new one starts
    /// afresh.
    pub must_live: bool,
}

const INSERT: &str = "insert into sessions (key_hash, id, user_id, data, address, user_agent, signed_in_at, last_seen_at, expires_at, name) \
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

/// The clients that know a replaced session's `sid` stay with its successor.
const CONTINUE: &str = "update session_clients set expires_at = $2 where session_name = $1";

/// Only updates: a request still in progress must not recreate a session that was ended.
const UPDATE: &str = "update sessions set data = $2 where key_hash = $1";

/// The session of a disabled user is not found, from the moment of disabling.
const FIND: &str = "select s.key_hash, s.id, s.user_id, s.name, s.data, s.address, s.user_agent, s.signed_in_at, s.last_seen_at, s.expires_at from sessions s left join users u on u.id = s.user_id \
    where s.key_hash = $1 and s.expires_at > $2 and s.last_seen_at > $3 and u.disabled_at is null";

const LIST: &str = "select key_hash, id, user_id, name, data, address, user_agent, signed_in_at, last_seen_at, expires_at from sessions where user_id = $1 and expires_at > $2 and last_seen_at > $3 \
    order by last_seen_at desc, id desc";

const TOUCH: &str = "update sessions set last_seen_at = $2 where key_hash = $1";
const NAME: &str = "select name from sessions where key_hash = $1";
/// No-op update that locks all sessions of a user, for a write that locks the user and then ends
/// sessions. Lock order: sessions before users, as in every write behind a session's gate (`gate`);
/// otherwise the two deadlock.
const LOCK_OF: &str = "update sessions set last_seen_at = last_seen_at where user_id = $1";
const DELETE: &str = "delete from sessions where key_hash = $1 returning name";
const TAKE_OVER: &str = "delete from sessions where key_hash = $1 and user_id = $2 returning name";
const DELETE_OWN: &str = "delete from sessions where id = $1 and user_id = $2 returning name";
const IS_ANOTHERS: &str = "select 1 from sessions where id = $1 and user_id <> $2";
const DELETE_OTHERS: &str = "delete from sessions where user_id = $1 and key_hash <> $2 returning name";

impl Store {
    /// Stores a session for a user whose password was verified, and is still the same. The replaced
    /// session ends in the same write and hands over its `sid` and the clients that know it.
    pub async fn insert_session(&self, new: Session, proof: Proof, replaces: Option<Replaced>) -> Result<(), Error> {
        let touched = replaces.as_ref().map_or(Invalidation::Nothing, |old| Invalidation::Family(old.key_hash.clone()));
        self.write_invalidating(touched, move |c| {
            Box::pin(async move {
                let name = match replaces {
                    Some(old) => take_over(c, old, proof.user_id).await?,
                    None => None,
                };
                let name = name.or(new.name);
                still_proves(c, proof).await?;
                sqlx::query(INSERT)
                    .bind(new.key_hash)
                    .bind(new.id)
                    .bind(new.user_id)
                    .bind(new.data)
                    .bind(new.address)
                    .bind(new.user_agent)
                    .bind(new.signed_in_at.seconds())
                    .bind(new.last_seen_at.seconds())
                    .bind(new.expires_at.seconds())
                    .bind(&name)
                    .execute(&mut *c)
                    .await?;
                sqlx::query(CONTINUE).bind(name).bind(new.expires_at.seconds()).execute(c).await?;
                Ok(())
            })
        })
        .await
    }

    /// Replaces the session layer's data; does nothing if the session has ended.
    pub async fn update_session(&self, key_hash: String, data: String) -> Result<(), Error> {
        let touched = Invalidation::Family(key_hash.clone());
        self.write_invalidating(touched, move |c| {
            Box::pin(async move {
                sqlx::query(UPDATE).bind(key_hash).bind(data).execute(c).await?;
                Ok(())
            })
        })
        .await
    }

    /// The session with this hash, if it has neither expired nor been idle since `idle_since`.
    pub async fn find_session(
        &self,
        key_hash: &str,
        now: Timestamp,
        idle_since: Timestamp,
    ) -> Result<Option<Session>, Error> {
        let known = self.caches().sessions.get(key_hash);
        // Another server may have recorded a later use: for an idle session the database is asked.
        if let Some(known) = known.filter(|known| now < known.expires_at && idle_since < known.last_seen_at) {
            return Ok(Some(Session::clone(&known)));
        }
        let before = self.caches().before_read();
        let found = sqlx::query(FIND)
            .bind(key_hash)
            .bind(now.seconds())
            .bind(idle_since.seconds())
            .fetch_optional(self.readers())
            .await?;
        let Some(session) = found.map(|found| read(&found)).transpose()?.map(Arc::new) else { return Ok(None) };
        self.caches().sessions.insert(session.key_hash.clone(), before, &session);
        Ok(Some(Session::clone(&session)))
    }

    /// A user's live sessions, the last used first.
    pub async fn list_sessions(
        &self,
        user_id: i64,
        now: Timestamp,
        idle_since: Timestamp,
    ) -> Result<Vec<Session>, Error> {
        let rows = sqlx::query(LIST)
            .bind(user_id)
            .bind(now.seconds())
            .bind(idle_since.seconds())
            .fetch_all(self.readers())
            .await?;
        rows.iter().map(read).collect()
    }

    /// Records the last use of a session.
    pub async fn touch_session(&self, key_hash: String, now: Timestamp) -> Result<(), Error> {
        let touched = Invalidation::Family(key_hash.clone());
        self.write_invalidating(touched, move |c| {
            Box::pin(async move {
                sqlx::query(TOUCH).bind(key_hash).bind(now.seconds()).execute(c).await?;
                Ok(())
            })
        })
        .await
    }

    /// The `sid` of the session with this hash; the outer `None` if there is no such session.
    pub async fn session_name(&self, key_hash: &str) -> Result<Option<Option<String>>, Error> {
        if let Some(known) = self.caches().sessions.get(key_hash) {
            return Ok(Some(known.name.clone()));
        }
        let found = sqlx::query(NAME).bind(key_hash).fetch_optional(self.readers()).await?;
        found.map(|found| row::text_opt(&found, "name")).transpose()
    }

    /// Ends the session with this hash.
    pub async fn delete_session(&self, key_hash: String, now: Timestamp) -> Result<(), Error> {
        self.write(move |c| {
            Box::pin(async move {
                let ended = sqlx::query(DELETE).bind(key_hash).fetch_all(&mut *c).await?;
                session_end::ended(c, &ended, now).await
            })
        })
        .await
    }

    /// Ends a session of this user by its public id; false if it is another user's.
    pub async fn delete_own_session(&self, id: String, user_id: i64, now: Timestamp) -> Result<bool, Error> {
        self.write(move |c| {
            Box::pin(async move {
                let ended = sqlx::query(DELETE_OWN).bind(&id).bind(user_id).fetch_all(&mut *c).await?;
                session_end::ended(c, &ended, now).await?;
                let anothers = sqlx::query(IS_ANOTHERS).bind(&id).bind(user_id).fetch_optional(&mut *c).await?;
                Ok(anothers.is_none())
            })
        })
        .await
    }

    /// Ends all sessions of this user but the one with this hash; returns how many.
    pub async fn delete_other_sessions(&self, user_id: i64, keep: String, now: Timestamp) -> Result<u64, Error> {
        self.write(move |c| {
            Box::pin(async move {
                let ended = sqlx::query(DELETE_OTHERS).bind(user_id).bind(keep).fetch_all(&mut *c).await?;
                session_end::ended(c, &ended, now).await?;
                Ok(ended.len() as u64)
            })
        })
        .await
    }
}

/// Deletes a session that another one replaces; returns its `sid`. Part of a larger write.
async fn take_over(c: &mut AnyConnection, old: Replaced, user_id: i64) -> Result<Option<String>, Error> {
    match sqlx::query(TAKE_OVER).bind(old.key_hash).bind(user_id).fetch_optional(c).await? {
        Some(found) => row::text_opt(&found, "name"),
        None if old.must_live => Err(Error::SignedOut),
        None => Ok(None),
    }
}

/// Locks all sessions of this user. Part of a larger write, before any lock on the user.
pub async fn lock_all_of(c: &mut AnyConnection, user_id: i64) -> Result<(), Error> {
    sqlx::query(LOCK_OF).bind(user_id).execute(c).await?;
    Ok(())
}

fn read(found: &AnyRow) -> Result<Session, Error> {
    Ok(Session {
        key_hash: row::text(found, "key_hash")?,
        id: row::text(found, "id")?,
        user_id: row::int_opt(found, "user_id")?,
        name: row::text_opt(found, "name")?,
        data: row::text(found, "data")?,
        address: row::text(found, "address")?,
        user_agent: row::text(found, "user_agent")?,
        signed_in_at: row::time(found, "signed_in_at")?,
        last_seen_at: row::time(found, "last_seen_at")?,
        expires_at: row::time(found, "expires_at")?,
    })
}
