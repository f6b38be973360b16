//! Readiness: a real token is issued, checked and revoked, through the same writer as everybody's.

use crate::store::records::NewAccessToken;
use std::time::Duration;

use oauth::oidc::ClaimsRequest;
use oauth::{Binding, Prefix, Scope};

use crate::error::Error;
use crate::provider::Provider;

/// Longer than this is as bad as an error.
const DEADLINE: Duration = Duration::from_secs(5);

impl Provider {
    /// Whether a token can be issued and revoked at this moment. All who ask in the same second share one probe, and so do all who
    /// came while it ran: asking must not cost the database its writes, and while nothing can be written nobody waits for the
    /// probes of others.
    ///
    /// # Errors
    /// `Unavailable` with the step that failed, or when it took longer than five seconds.
    pub async fn ready(&self) -> Result<(), Error> {
        let asked = self.now();
        let mut last = self.last_probe().lock().await;
        // A probe that ended later than now was made before the clock was set back: it says nothing.
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
