//! The operator's changes to a user.

use crate::store::records::User;
use oauth::Timestamp;
use serde_json::{Map, Value};
use sqlx::AnyConnection;

use super::RightsRow;
use super::Store;
use super::read::columns;
use super::read::read;
use crate::error::Error;
use crate::store::setup::links;

/// What to change; `None` leaves a value as it is.
#[derive(Clone, Debug, Default)]
pub struct UserChange {
    /// The user's rights.
    pub rights: RightsRow,
    /// The e-mail address; `Some(None)` removes it.
    pub email: Option<Option<String>>,
    /// The given name.
    pub given_name: Option<Option<String>>,
    /// The family name.
    pub family_name: Option<Option<String>>,
    /// When the user's claims last changed, if another system recorded that before.
    pub updated_at: Option<Timestamp>,
    /// Further claims by name; `None` removes one.
    pub claims: Vec<(String, Option<Value>)>,
}

/// No-op update that locks the user: of two concurrent changes, the second reads what the first
/// wrote.
const LOCK: &str = concat!("update users set created_at = created_at where username = $1 returning ", columns!());

const SET: &str = concat!(
    "update users set access = $2, allowed_scope = $3, administrator = $4, email = $5, given_name = $6, family_name = $7, \
    claims = $8, updated_at = coalesce($9, updated_at) where id = $1 returning ",
    columns!()
);

impl Store {
    /// Changes a user; `None` if there is no such user.
    pub async fn change_user(
        &self,
        username: String,
        change: UserChange,
        now: Timestamp,
    ) -> Result<Option<User>, Error> {
        self.write(move |c| {
            Box::pin(async move {
                let found = sqlx::query(LOCK).bind(username).fetch_optional(&mut *c).await?;
                let Some(before) = found.map(|found| read(&found)).transpose()? else { return Ok(None) };
                let named = change.updated_at;
                let ranked = change.rights.administrator.is_some();
                let after = change.applied(before.clone());
                if ranked {
                    links::end_links(c).await?;
                }
                let told = after.standard_claims() != before.standard_claims();
                store(c, &after, named.or(told.then_some(now))).await.map(Some)
            })
        })
        .await
    }
}

async fn store(c: &mut AnyConnection, user: &User, updated_at: Option<Timestamp>) -> Result<User, Error> {
    let set = sqlx::query(SET)
        .bind(user.id)
        .bind(user.access.as_str())
        .bind(user.allowed.to_string())
        .bind(i64::from(user.administrator))
        .bind(&user.email)
        .bind(&user.given_name)
        .bind(&user.family_name)
        .bind(&user.claims)
        .bind(updated_at.map(Timestamp::seconds));
    read(&set.fetch_one(c).await?)
}

impl UserChange {
    fn applied(self, mut user: User) -> User {
        let mut claims = serde_json::from_str::<Map<String, Value>>(&user.claims).unwrap_or_default();
        if self.email.as_ref().is_some_and(|email| *email != user.email) {
            // `email_verified` was about the old address.
            claims.remove("email_verified");
        }
        for (name, value) in self.claims {
            match value {
                Some(value) => claims.insert(name, value),
                None => claims.remove(&name),
            };
        }
        let rights = self.rights;
        user.access = rights.access.unwrap_or(user.access);
        user.allowed = rights.allowed.unwrap_or(user.allowed);
        user.administrator = rights.administrator.unwrap_or(user.administrator);
        user.email = self.email.unwrap_or(user.email);
        user.given_name = self.given_name.unwrap_or(user.given_name);
        user.family_name = self.family_name.unwrap_or(user.family_name);
        user.claims = Value::Object(claims).to_string();
        user
    }
}
