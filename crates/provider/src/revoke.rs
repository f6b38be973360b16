//! Revocation: by the client that a token was issued to (RFC 7009), or by its holder (row S5).

use std::net::IpAddr;

use oauth::{Client, Credentials, Prefix, SecretHash, access_token_jwt};

use crate::clients::Endpoint;
use crate::error::Error;
use crate::provider::Provider;

impl Provider {
    /// Revokes a token of the client, with its whole family (RFC 7009). The response is the same
    /// for every token, so that it reveals nothing about tokens of others (RFC 7009 §2.2).
    /// `token_type_hint` is not needed: the prefix is the type.
    ///
    /// # Errors
    /// `OAuth(invalid_client)`; `Unavailable` when nothing was written.
    pub async fn revoke(&self, credentials: &Credentials, token: &str, from: IpAddr) -> Result<(), Error> {
        let client = self.authenticate_client(credentials, Endpoint::Revocation, from).await?;
        self.revoke_for(&client, token).await
    }

    async fn revoke_for(&self, client: &Client, token: &str) -> Result<(), Error> {
        let hash = SecretHash::of(token);
        let family = match kind_of(token) {
            Some(Prefix::Access) => self.store().find_access_family(&hash).await?,
            Some(Prefix::Refresh) => self.store().find_refresh_family(&hash).await?,
            _ => None,
        };
        if let Some(family) = family.filter(|family| family.client_id.as_deref() == Some(client.id.as_str())) {
            self.store().revoke_family(family.id, self.now()).await?;
        }
        Ok(())
    }

    /// Revokes a token for its holder, and its refresh token too (row S5). Returns whether it was
    /// live.
    ///
    /// # Errors
    /// `Unavailable` when nothing was written.
    pub async fn revoke_value(&self, token: &str) -> Result<bool, Error> {
        let (hash, now) = (SecretHash::of(token), self.now());
        let family = match kind_of(token) {
            Some(Prefix::Access) => self.store().find_access_family(&hash).await?,
            Some(Prefix::Refresh) => self.store().find_refresh_family(&hash).await?,
            Some(Prefix::Permanent) => return self.store().revoke_permanent_hash(hash, now).await,
            _ => None,
        };
        match family {
            Some(family) => self.store().revoke_family(family.id, now).await,
            None => Ok(false),
        }
    }
}

/// The type of a token, by its prefix or, if it is signed, by `typ`.
fn kind_of(token: &str) -> Option<Prefix> {
    oauth::secret::prefix_of(token).or_else(|| access_token_jwt::is_like(token).then_some(Prefix::Access))
}
