//! Binds database and secret key together: a random name, and its MAC under the key. A connection
//! alone proves nothing: the address may name another database, and the file may hold another key.

use sqlx::AnyConnection;

use super::{Store, row};
use crate::entropy::{self, Entropy};
use crate::error::Error;
use crate::key::SecretKey;
use crate::signing;

/// The key of the only row.
const PLACE: i64 = 1;

/// Whether a secret key fits a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyFit {
    /// It is the database's key.
    Fits,
    /// The database has no name yet: it is new, or of an earlier version, and nothing in it
    /// contradicts the key.
    Unnamed,
    /// The key belongs to another database, or the database to another key.
    Differs,
}

/// A database's name and its MAC under the key, in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Identity {
    id: String,
    mac: String,
}

impl Identity {
    fn of(id: String, key: &SecretKey) -> Self {
        let mac = oauth::hex::encode(&key.mac("database", &[id.as_bytes()]));
        Self { id, mac }
    }
}

impl Store {
    /// Whether this is the key of the database.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    pub async fn key_fit(&self, key: &SecretKey) -> Result<KeyFit, Error> {
        let mut connection = self.readers().acquire().await?;
        fit(&mut connection, key).await
    }

    /// Names the database under this key, unless it has a name: of servers that start at once the
    /// first one wins.
    ///
    /// # Errors
    /// `Unavailable` when the database did not take it.
    pub async fn name(&self, key: &SecretKey, entropy: &dyn Entropy) -> Result<(), Error> {
        let Identity { id, mac } = Identity::of(oauth::hex::encode(&entropy::bytes::<16>(entropy)), key);
        self.write_new(move |c| {
            Box::pin(async move {
                let sql = "insert into identity (place, id, mac) values ($1, $2, $3) on conflict (place) do nothing";
                sqlx::query(sql).bind(PLACE).bind(id).bind(mac).execute(c).await?;
                Ok(())
            })
        })
        .await
    }

    /// Binds the database to a new key, for an operator who has lost the old one. It keeps its
    /// name, if it has one.
    ///
    /// # Errors
    /// `Unavailable` when the database did not take it.
    pub async fn rekey(&self, key: &SecretKey, entropy: &dyn Entropy) -> Result<(), Error> {
        let (key, new) = (key.clone(), oauth::hex::encode(&entropy::bytes::<16>(entropy)));
        self.write_new(move |c| {
            Box::pin(async move {
                let id = read(c).await?.map_or(new, |found| found.id);
                let Identity { id, mac } = Identity::of(id, &key);
                let sql = "insert into identity (place, id, mac) values ($1, $2, $3) \
                           on conflict (place) do update set mac = excluded.mac";
                sqlx::query(sql).bind(PLACE).bind(id).bind(mac).execute(c).await?;
                Ok(())
            })
        })
        .await
    }
}

/// Whether the database of this connection belongs to the key.
pub async fn fit(connection: &mut AnyConnection, key: &SecretKey) -> Result<KeyFit, Error> {
    match read(connection).await? {
        Some(found) if Identity::of(found.id.clone(), key) == found => Ok(KeyFit::Fits),
        Some(_) => Ok(KeyFit::Differs),
        None => fit_of_signing_keys(connection, key).await,
    }
}

/// For a database without a name: whether its signing keys, encrypted under the secret key, can be
/// decrypted.
pub async fn fit_of_signing_keys(connection: &mut AnyConnection, key: &SecretKey) -> Result<KeyFit, Error> {
    let sealed = sqlx::query("select id, private_key from signing_keys").fetch_all(connection).await?;
    let mut opened = Vec::with_capacity(sealed.len());
    for found in &sealed {
        opened.push(signing::can_decrypt(key, &row::text(found, "id")?, &row::text(found, "private_key")?));
    }
    Ok(if opened.is_empty() || opened.contains(&true) { KeyFit::Unnamed } else { KeyFit::Differs })
}

async fn read(connection: &mut AnyConnection) -> Result<Option<Identity>, Error> {
    let found = sqlx::query("select id, mac from identity").fetch_optional(connection).await?;
    found.map(|found| Ok(Identity { id: row::text(&found, "id")?, mac: row::text(&found, "mac")? })).transpose()
}
