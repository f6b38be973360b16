//! Revocation: by the client that a token was issued to (RFC 7009), or by whoever holds it (row S5).

use std::net::IpAddr;

use oauth::{Client, Credentials, Prefix, SecretHash, access_token_jwt};

use crate::clients::Endpoint;
use crate::error::Error;
use crate::provider::Provider;

impl Provider {
    /// RFC 7009: the client ends a token of its own with everything of the same family. Whatever the token is, the answer is
    /// the same (§2.2), so nobody learns about the tokens of others. The hint is not needed: the prefix tells the kind.
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

    /// Row S5: whoever holds a token may end it, and its refresh token with it. Whether it was still good.
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

/// The kind of a token, by its prefix or, where it is signed, by its type.
fn kind_of(token: &str) -> Option<Prefix> {
    oauth::secret::prefix_of(token).or_else(|| access_token_jwt::is_like(token).then_some(Prefix::Access))
}
