//! Readiness: a real token is issued, checked and revoked, through the same writer as every
//! request.

use crate::store::records::NewAccessToken;
use std::time::Duration;

use oauth::oidc::ClaimsRequest;
use oauth::{Binding, Prefix, Scope};

use crate::error::Error;
use crate::provider::Provider;

/// Timeout of a probe.
const DEADLINE: Duration = Duration::from_secs(5);

impl Provider {
    /// Whether a token can be issued and revoked now. Callers in the same second, or while a probe
    /// runs, share that probe: readiness checks must not cost the database its writes, and no
    /// caller waits for several probes while nothing can be written.
    ///
    /// # Errors
    /// `Unavailable` with the step that failed, or after a timeout of five seconds.
    pub async fn ready(&self) -> Result<(), Error> {
        let asked = self.now();
        let mut last = self.last_probe().lock().await;
        // A probe that ended in the future is from before the clock was set back: its age is
        // unknown.
        if last.as_ref().is_none_or(|(ended, _)| *ended < asked || *ended > self.now()) {
            let probe = tokio::time::timeout(DEADLINE, self.probe()).await;
            let outcome = probe.unwrap_or_else(|_| Err(Error::unavailable("the readiness probe took too long")));
            *last = Some((self.now(), outcome.map_err(|error| error.to_string())));
        }
        match &*last {
            Some((_, Err(why))) => Err(Error::Unavailable(why.clone())),
            _ => Ok(()),
        }
    }

    async fn probe(&self) -> Result<(), Error> {
        let now = self.now();
        let secret = self.new_secret(Prefix::Access);
        let family_id = self.new_id(now);
        let token = NewAccessToken {
            hash: secret.hash(),
            client_id: None,
            user_id: None,
            grant_id: None,
            family_id: family_id.clone(),
            scope: Scope::default(),
            claims: ClaimsRequest::default(),
            binding: Binding::default(),
            issued_at: now,
            expires_at: now.plus(60),
            by_password: false,
            proof: None,
        };
        self.store().insert_access_token(token).await?;
        let issued = self.live_token(secret.expose(), None, now).await?.is_some();
        self.store().revoke_family(family_id.clone(), now).await?;
        let revoked = self.live_token(secret.expose(), None, now).await?.is_none();
        self.store().delete_family(family_id).await?;
        if issued && revoked { Ok(()) } else { Err(Error::unavailable("the probe's token was not what it should be")) }
    }
}
