//! Sends logout tokens to clients (OpenID Connect Back-Channel Logout §2.5). The queue of notices
//! is in the database: it survives a restart, and several servers share it. The caller decides how
//! many clients are notified concurrently.

use oauth::jose::Typ;
use oauth::oidc::logout_token::LogoutToken;
use oauth::oidc::subject;
use oauth::{Client, Timestamp};

use crate::error::Error;
use crate::fetch::Word;
use crate::provider::Provider;
use crate::store::logout_notices::Notice;

/// Lease of a claimed notice, in seconds: longer than a fetch can take.
const LEASE: i64 = 60;

/// Backoff: seconds until the next retry, after the first failure, the second and so on; the last
/// value repeats.
const BACKOFF: [i64; 5] = [5, 30, 120, 600, 3600];

/// Retries stop after this many seconds: the sessions of most clients have expired by then.
const GIVE_UP_AFTER: i64 = 86_400;

/// Maximum number of clients returned at once.
const MAX_CLIENTS: i64 = 64;

/// Maximum notices delivered to one client before others are served.
const MAX_PER_CLAIM: usize = 16;

/// The outcome of a notice.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Told,
    Failed,
    Nothing,
}

impl Provider {
    /// Waits until a session has ended on this server since the last call returned.
    pub async fn session_ended(&self) {
        self.ended().notified().await;
    }

    /// The clients with due notices, longest waiting first.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    pub async fn clients_with_due_notices(&self) -> Result<Vec<String>, Error> {
        self.store().clients_with_due_notices(self.now(), MAX_CLIENTS).await
    }

    /// Delivers due notices to one client, sequentially and up to a maximum; stops at the first
    /// failure. Returns how many were delivered.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer. Undelivered notices are retried later.
    pub async fn deliver_notices(&self, client_id: &str) -> Result<usize, Error> {
        let mut told = 0;
        while told < MAX_PER_CLAIM && self.deliver_next(client_id).await? == Outcome::Told {
            told += 1;
        }
        Ok(told)
    }

    async fn deliver_next(&self, client_id: &str) -> Result<Outcome, Error> {
        let now = self.now();
        let client = self.store().find_client(client_id).await?.filter(|client| !client.disabled);
        let address = client.as_ref().and_then(|client| client.registration.backchannel_logout_uri.clone());
        let (Some(client), Some(address)) = (client, address) else {
            self.store().delete_notices(client_id.to_owned()).await?;
            return Ok(Outcome::Nothing);
        };
        let claimed = self.store().claim_notice(client_id.to_owned(), now, now.plus(LEASE)).await?;
        let Some(notice) = claimed else { return Ok(Outcome::Nothing) };
        if now.since(notice.created_at) >= GIVE_UP_AFTER {
            tracing::warn!(client_id, attempts = notice.attempts, "a client was never reached to hear of a sign-out");
            self.store().delete_notice(notice).await?;
            return Ok(Outcome::Told);
        }
        match self.deliver(&client, &address, &notice, now).await {
            Ok(()) => {
                self.store().delete_notice(notice).await?;
                Ok(Outcome::Told)
            }
            Err(why) => {
                tracing::info!(client_id, attempts = notice.attempts, why, "a client did not hear of a sign-out");
                let later = now.plus(pause(notice.attempts));
                self.store().postpone_notice(notice, now, later).await?;
                Ok(Outcome::Failed)
            }
        }
    }

    /// Sends a logout token. It is signed now, so that it is fresh even after many retries.
    async fn deliver(&self, client: &Client, address: &str, notice: &Notice, now: Timestamp) -> Result<(), String> {
        let (subject, id) = (subject(notice.user_id), self.nonce());
        let token = LogoutToken {
            issuer: &self.settings().issuer,
            client_id: &client.id,
            subject: &subject,
            session: Some(&notice.session),
            id: &id,
            issued_at: now,
        };
        let signed = self.sign(client.id_token_algorithm, Typ::LogoutToken, &token.claims()).await;
        let signed = signed.map_err(|error| error.to_string())?;
        match self.fetch().post(address, &[("logout_token", &signed)], Word::of_owner(client)).await {
            // Some frameworks answer 204 instead of 200 (OpenID Connect Back-Channel Logout §2.8).
            Ok(200 | 204) => Ok(()),
            Ok(status) => Err(format!("the answer is {status}")),
            Err(error) => Err(error.to_string()),
        }
    }
}

/// Seconds until the retry after this attempt, counted from 1.
fn pause(attempts: i64) -> i64 {
    let tried = usize::try_from(attempts).unwrap_or(1);
    BACKOFF[tried.clamp(1, BACKOFF.len()) - 1]
}
