//! Tokens in the operator's view: listed without values, revoked by id or by value.

use oauth::Timestamp;

use crate::error::Error;
use crate::provider::Provider;

/// A token in the operator's list.
#[derive(Clone, Debug)]
pub struct TokenListing {
    /// A permanent token's id; for an access token, the id of its family, which is revoked as a
    /// whole.
    pub id: String,
    /// `permanent` or `access`.
    pub kind: &'static str,
    /// The user that it acts for.
    pub username: Option<String>,
    /// The client that it was issued to.
    pub client_id: Option<String>,
    /// Its name, set by its owner.
    pub name: Option<String>,
    /// The granted scope.
    pub scope: String,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// When it expires, if ever.
    pub expires_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

impl Provider {
    /// All permanent tokens and all unexpired access tokens; optionally of one user.
    ///
    /// # Errors
    /// `NotFound` when there is no such user; `Unavailable` when the database does not answer.
    pub async fn list_tokens(&self, username: Option<&str>) -> Result<Vec<TokenListing>, Error> {
        let user_id = match username {
            Some(name) => Some(self.store().find_user_by_name(name).await?.ok_or(Error::NotFound)?.id),
            None => None,
        };
        self.store().list_all_tokens(user_id, self.now()).await
    }

    /// Revokes the permanent token or the family with this id.
    ///
    /// # Errors
    /// `NotFound` when there is neither.
    pub async fn revoke_token_by_id(&self, id: &str) -> Result<(), Error> {
        let now = self.now();
        if self.store().revoke_any_permanent_token(id.to_owned(), now).await? {
            return Ok(());
        }
        let known = self.store().revoke_family(id.to_owned(), now).await?;
        if known { Ok(()) } else { Err(Error::NotFound) }
    }
}
