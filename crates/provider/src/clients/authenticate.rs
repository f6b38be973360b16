//! Client authentication at the token, introspection and revocation endpoints (RFC 6749 §2.3).

use oauth::problem::{Fault, Finding};
use oauth::secret::same;
use oauth::{Client, ClientKind, Credentials, SecretHash};

use super::rules::is_client_id;
use crate::error::Error;
use crate::provider::Provider;

/// Compared with when there is nothing else, so that an unknown client costs what a wrong secret costs.
const NOTHING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

impl Provider {
    /// The client that the credentials prove. Everything else gets one answer, and its reason stands in the log alone: an
    /// unknown or disabled client, a wrong or missing secret, a secret for a public client.
    ///
    /// # Errors
    /// `OAuth(invalid_client)`; `Unavailable` when the database does not answer.
    pub async fn authenticate_client(&self, credentials: &Credentials) -> Result<Client, Error> {
        let Some(id) = credentials.client_id().filter(|id| is_client_id(id)) else {
            return Err(refused("no client is named", Finding::new(Fault::Missing, "client_id")));
        };
        let found = self.store().find_client(id).await?;
        let right = match credentials.secret() {
            Some(secret) => Some(self.is_live_secret(id, secret).await?),
            None => None,
        };
        let about = |fault, parameter| Finding::new(fault, parameter).sent(credentials.method());
        let secret = |fault| about(fault, "client_secret");
        match (found, right) {
            // Found wanting like all the rest, or the answer would tell which clients exist.
            (None, _) => Err(refused("unknown client", about(Fault::Unknown, "client_id"))),
            (Some(client), _) if client.disabled => {
                Err(refused("the client is disabled", about(Fault::Disabled, "client_id")))
            }
            (Some(client), Some(true)) if client.kind == ClientKind::Confidential => Ok(client),
            (Some(client), None) if client.kind == ClientKind::Public => Ok(client),
            (Some(_), None) => Err(refused("a confidential client without its secret", secret(Fault::SecretMissing))),
            (Some(client), Some(_)) if client.kind == ClientKind::Public => {
                Err(refused("a public client with a secret", secret(Fault::SecretUnexpected)))
            }
            (Some(_), Some(_)) => Err(refused("wrong secret", secret(Fault::SecretWrong))),
        }
    }

    async fn is_live_secret(&self, id: &str, secret: &str) -> Result<bool, Error> {
        let presented = hash(id, secret);
        let live = self.store().live_secrets(id, self.now()).await?;
        // Every one is compared, and at least one.
        let compared = live.iter().map(String::as_str).chain([NOTHING]);
        Ok(compared.fold(false, |right, stored| same(stored, presented.as_str()) | right))
    }
}

/// What is stored of a secret. The id is part of it: two clients may have been given the same secret.
pub fn hash(client_id: &str, secret: &str) -> SecretHash {
    SecretHash::of(&format!("{client_id}\n{secret}"))
}

fn refused(reason: &str, finding: Finding) -> Error {
    Error::OAuth(oauth::Error::invalid_client().because(reason).found(finding))
}
