//! Services (resource servers), by the resource that clients name (RFC 8707).

use oauth::Timestamp;

use super::{Store, row};
use crate::error::Error;

/// The access token format that a service wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Opaque: the service introspects them.
    Opaque,
    /// JWT (RFC 9068): the service verifies them itself.
    Jwt,
}

impl Format {
    /// `opaque` or `jwt`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Opaque => "opaque",
            Self::Jwt => "jwt",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [Self::Opaque, Self::Jwt].into_iter().find(|format| format.as_str() == text)
    }
}

/// A service (resource server).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceRow {
    /// The resource by which clients name it: an absolute URI ([`oauth::resource::is_same`]).
    pub resource: String,
    /// The operator's name for it; may be empty.
    pub name: String,
    /// The access token format that it wants.
    pub format: Format,
}

const LIST: &str = "select resource, name, format from services order by resource";
const INSERT: &str = "insert into services (resource, name, format, created_at) values ($1, $2, $3, $4) \
    on conflict (resource) do nothing returning resource";
const DELETE: &str = "delete from services where resource = $1 returning resource";

impl Store {
    /// Every service, by resource.
    pub async fn list_services(&self) -> Result<Vec<ServiceRow>, Error> {
        let rows = sqlx::query(LIST).fetch_all(self.readers()).await?;
        rows.iter()
            .map(|found| {
                let format = Format::parse(&row::text(found, "format")?);
                Ok(ServiceRow {
                    resource: row::text(found, "resource")?,
                    name: row::text(found, "name")?,
                    format: format.ok_or_else(|| Error::corrupt("services.format"))?,
                })
            })
            .collect()
    }

    /// Stores a service; `false` if one of this resource exists.
    pub async fn insert_service(&self, new: ServiceRow, now: Timestamp) -> Result<bool, Error> {
        self.write(move |c| {
            Box::pin(async move {
                let (resource, name, format) = (new.resource, new.name, new.format.as_str());
                let insert = sqlx::query(INSERT).bind(resource).bind(name).bind(format).bind(now.seconds());
                Ok(insert.fetch_optional(c).await?.is_some())
            })
        })
        .await
    }

    /// Deletes a service; true if it existed.
    pub async fn delete_service(&self, resource: String) -> Result<bool, Error> {
        self.write(move |c| {
            Box::pin(async move { Ok(sqlx::query(DELETE).bind(resource).fetch_optional(c).await?.is_some()) })
        })
        .await
    }
}
