//! Changes to users. A revoked right is lost at once, because rights are read where a token is
//! used; sessions and tokens that must end as well (after a new password) end in the same write.

use crate::store::records::User;
use oauth::{Access, Scope, Timestamp};
use sqlx::AnyConnection;

use super::Store;
use super::read::columns;
use super::read::read;
use super::read::reread;
use super::row;
use crate::error::Error;
use crate::store::setup::links;
use crate::store::{grants, session_end, sessions};

/// How often to retry when another process takes a new user's number.
const MOST_TRIES: usize = 32;

/// A user to be stored.
#[derive(Clone)]
pub struct NewUserRow {
    /// The normalised name.
    pub username: String,
    /// A PHC string.
    pub password_hash: String,
    /// Full access, or only the scopes of `allowed`.
    pub access: Access,
    /// The scopes of a restricted user.
    pub allowed: Scope,
    /// Whether the user is an administrator.
    pub administrator: bool,
    /// The e-mail address.
    pub email: Option<String>,
    /// The given name.
    pub given_name: Option<String>,
    /// The family name.
    pub family_name: Option<String>,
    /// Further claims: a JSON object.
    pub claims: String,
    /// When the account was created.
    pub created_at: Timestamp,
    /// When the user's claims last changed, if another system recorded that before.
    pub updated_at: Option<Timestamp>,
}

/// Rights to be changed; `None` leaves them as they are.
#[derive(Clone, Debug, Default)]
pub struct RightsRow {
    /// Full access, or only the scopes of `allowed`.
    pub access: Option<Access>,
    /// The scopes of a restricted user.
    pub allowed: Option<Scope>,
    /// Whether the user is an administrator.
    pub administrator: Option<bool>,
}

/// What a password change ends besides sessions, unspent codes, and the tokens issued for the old
/// password.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ends {
    /// Every access and refresh token.
    pub tokens: bool,
    /// Every permanent token.
    pub permanent: bool,
    /// Every grant (connected application), with what was issued from it.
    pub grants: bool,
}

/// A password to be stored, and what ends with the old one.
#[derive(Clone)]
pub struct PasswordRow {
    /// A PHC string.
    pub password_hash: String,
    /// The hash that was verified; the change is refused if another is stored now.
    pub verified: Option<String>,
    /// The session that is kept; empty for none.
    pub keep_session: String,
    /// What else ends.
    pub ends: Ends,
    /// The time of the change.
    pub changed_at: Timestamp,
}

/// `where true` keeps SQLite from reading `on conflict` as part of a join.
const INSERT: &str = concat!(
    "insert into users (id, username, password_hash, access, allowed_scope, administrator, email, \
    given_name, family_name, claims, created_at, password_changed_at, updated_at) \
    select coalesce(max(n.id), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11 \
    from (select id from users union all select id from retired_users) as n where true \
    on conflict (username) do nothing returning ",
    columns!()
);

const SET_PASSWORD: &str = "update users set password_hash = $2, password_changed_at = $3 \
    where id = $1 and password_hash = coalesce($4, password_hash) returning id";

const SET_NAME: &str = "update users set given_name = $2, family_name = $3, updated_at = $4 where id = $1 returning id";

const ID_OF: &str = "select id from users where username = $1";

const SET_DISABLED: &str = "update users set disabled_at = $2 where id = $1 returning administrator";

/// The user's clients keep working without their developer, unless this disables them too.
const DISABLE_CLIENTS: &str = "update clients set disabled_at = $2, version = version + 1 \
    where owner_id = $1 and disabled_at is null returning id";
const FORGET_NOTICES: &str = "delete from logout_notices where client_id = $1";

const END_SESSIONS: &str = "delete from sessions where user_id = $1 and key_hash <> $2 returning name";
/// The grants to lock first: tokens that a rotation is inserting must not escape the revocation.
const GRANTS: &str = "select id from grants where user_id = $1";
const END_ACCESS: &str = "update access_tokens set revoked_at = $2 where user_id = $1 and revoked_at is null";
const END_REFRESH: &str = "update refresh_tokens set revoked_at = $2 where user_id = $1 and revoked_at is null";
/// Revokes the tokens of the password grant, including those of refreshes. Chains of the password
/// grant have no sign-in.
const END_BOUGHT_ACCESS: &str = "update access_tokens set revoked_at = $2 where user_id = $1 and revoked_at is null and \
    (client_id is null or by_password = 1 or family_id in (select family_id from refresh_tokens where user_id = $1 and auth_time is null))";
const END_BOUGHT_REFRESH: &str =
    "update refresh_tokens set revoked_at = $2 where user_id = $1 and revoked_at is null and auth_time is null";
const END_PERMANENT: &str = "update permanent_tokens set revoked_at = $2 where user_id = $1 and revoked_at is null";
const END_GRANTS: &str = "update grants set revoked_at = $2 where user_id = $1 and revoked_at is null";
const FORGET_USES: &str =
    "delete from grant_uses where grant_id in (select id from grants where user_id = $1 and revoked_at <= $2)";
const END_CODES: &str = "update authorization_codes set expires_at = $2 where user_id = $1 and expires_at > $2";

impl Store {
    /// Stores a user under the next free number; `None` if the name is taken.
    pub async fn insert_user(&self, new: NewUserRow) -> Result<Option<User>, Error> {
        let mut tries = 1;
        loop {
            let row = new.clone();
            match self.write(move |c| Box::pin(async move { insert(c, row).await })).await {
                // Another process took the number; try the next.
                Err(Error::Conflict(_)) if tries < MOST_TRIES => tries += 1,
                done => return done,
            }
        }
    }

    /// Stores a password and ends what depends on the old one; `false` if the verified hash is not
    /// the stored one any more.
    pub async fn set_password_row(&self, id: i64, new: PasswordRow) -> Result<bool, Error> {
        self.write(move |c| Box::pin(async move { set_password(c, id, new).await })).await
    }

    /// Stores a user's given and family name; true if the user exists.
    pub async fn set_person_name(
        &self,
        id: i64,
        given_name: Option<String>,
        family_name: Option<String>,
        now: Timestamp,
    ) -> Result<bool, Error> {
        self.write(move |c| {
            Box::pin(async move {
                let query = sqlx::query(SET_NAME).bind(id).bind(given_name).bind(family_name).bind(now.seconds());
                Ok(query.fetch_optional(c).await?.is_some())
            })
        })
        .await
    }

    /// Disables a user and ends the sessions; with `with_clients` disables the user's clients too.
    /// `None` if there is no such user.
    pub async fn disable_user_row(
        &self,
        username: String,
        with_clients: bool,
        now: Timestamp,
    ) -> Result<Option<User>, Error> {
        self.write(move |c| {
            Box::pin(async move {
                let Some(id) = set_disabled(c, username, Some(now)).await? else { return Ok(None) };
                end_sessions(c, id, "", now).await?;
                if with_clients {
                    disable_clients(c, id, now).await?;
                }
                Ok(Some(reread(c, id).await?))
            })
        })
        .await
    }

    /// Enables a user again; `None` if there is no such user.
    pub async fn enable_user_row(&self, username: String) -> Result<Option<User>, Error> {
        self.write(move |c| {
            Box::pin(async move {
                let Some(id) = set_disabled(c, username, None).await? else { return Ok(None) };
                Ok(Some(reread(c, id).await?))
            })
        })
        .await
    }
}

async fn set_disabled(c: &mut AnyConnection, username: String, at: Option<Timestamp>) -> Result<Option<i64>, Error> {
    let id: Option<i64> = sqlx::query_scalar(ID_OF).bind(&username).fetch_optional(&mut *c).await?;
    let Some(id) = id else { return Ok(None) };
    sessions::lock_all_of(c, id).await?;
    let query = sqlx::query(SET_DISABLED).bind(id).bind(at.map(Timestamp::seconds));
    let Some(changed) = query.fetch_optional(&mut *c).await? else { return Ok(None) };
    if row::flag(&changed, "administrator")? {
        links::end_links(c).await?;
    }
    Ok(Some(id))
}

/// Disables every client of this user: none gets logout notices any more.
async fn disable_clients(c: &mut AnyConnection, owner: i64, now: Timestamp) -> Result<(), Error> {
    let disabled = sqlx::query(DISABLE_CLIENTS).bind(owner).bind(now.seconds()).fetch_all(&mut *c).await?;
    for client in disabled {
        sqlx::query(FORGET_NOTICES).bind(row::text(&client, "id")?).execute(&mut *c).await?;
    }
    Ok(())
}

/// Stores a user under the next free number. Part of a larger write.
pub async fn insert(c: &mut AnyConnection, new: NewUserRow) -> Result<Option<User>, Error> {
    let is_administrator = new.administrator;
    let made = sqlx::query(INSERT)
        .bind(new.username)
        .bind(new.password_hash)
        .bind(new.access.as_str())
        .bind(new.allowed.to_string())
        .bind(i64::from(new.administrator))
        .bind(new.email)
        .bind(new.given_name)
        .bind(new.family_name)
        .bind(new.claims)
        .bind(new.created_at.seconds())
        .bind(new.updated_at.map(Timestamp::seconds))
        .fetch_optional(&mut *c)
        .await?;
    if is_administrator && made.is_some() {
        links::end_links(c).await?;
    }
    made.map(|made| read(&made)).transpose()
}

/// Ends the sessions of a user but the one with this hash. Part of a larger write.
pub async fn end_sessions(c: &mut AnyConnection, id: i64, keep: &str, now: Timestamp) -> Result<(), Error> {
    let ended = sqlx::query(END_SESSIONS).bind(id).bind(keep).fetch_all(&mut *c).await?;
    session_end::ended(c, &ended, now).await
}

async fn set_password(c: &mut AnyConnection, id: i64, new: PasswordRow) -> Result<bool, Error> {
    let now = new.changed_at.seconds();
    sessions::lock_all_of(c, id).await?;
    let gate = sqlx::query(SET_PASSWORD)
        .bind(id)
        .bind(new.password_hash)
        .bind(now)
        .bind(new.verified)
        .fetch_optional(&mut *c)
        .await?;
    if gate.is_none() {
        return Ok(false);
    }
    end_sessions(c, id, &new.keep_session, new.changed_at).await?;
    let grants = sqlx::query(GRANTS).bind(id).fetch_all(&mut *c).await?;
    grants::lock_all(c, &grants).await?;
    for end in new.ends.statements() {
        sqlx::query(end).bind(id).bind(now).execute(&mut *c).await?;
    }
    Ok(true)
}

impl Ends {
    /// Codes are always revoked: another session, which ends, may have got one a moment ago.
    fn statements(self) -> impl Iterator<Item = &'static str> {
        let tokens = if self.tokens { [END_ACCESS, END_REFRESH] } else { [END_BOUGHT_ACCESS, END_BOUGHT_REFRESH] };
        let permanent = self.permanent.then_some(END_PERMANENT);
        let grants: &[_] = if self.grants { &[END_GRANTS, FORGET_USES] } else { &[] };
        [END_CODES].into_iter().chain(tokens).chain(permanent).chain(grants.iter().copied())
    }
}
