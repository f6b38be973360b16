//! Registered clients: by the operator, and by developers for themselves (RFC 6749 §2).

mod authenticate;
mod client_keys;
mod developer;
mod key_cache;
mod logout_settings;
mod new_client;
mod rules;
mod scope_choices;
mod secret_attempts;
mod update;

use oauth::{Client, ClientKind, Message, Prefix, Timestamp};

pub use self::authenticate::Endpoint;
pub(crate) use self::key_cache::KeyCache;
pub use self::new_client::NewClient;
pub use self::new_client::default_grant_types;
pub use self::rules::check_secret;
pub(crate) use self::rules::is_client_id;
pub(crate) use self::secret_attempts::SecretAttempts;
pub use self::update::imply_fapi;
use crate::entropy;
use crate::error::Error;
use crate::provider::Provider;
use crate::store::clients::{ClientRow, NewSecret, Rotation};

/// Minimum length of a secret whose last four characters may be shown.
const SHORTEST_WITH_HINT: usize = 16;

impl Provider {
    /// Registers a client and returns its secret, which is shown only here. A public client and one
    /// that authenticates with its keys have no secret.
    ///
    /// # Errors
    /// `Conflict` with a message when the registration is invalid or the id is taken;
    /// `Conflict("already")` when this form has already registered a client.
    pub async fn add_client(&self, new: NewClient) -> Result<(Client, Option<String>), Error> {
        rules::check(&new)?;
        let now = self.now();
        let form_id = new.form_id.clone();
        let (client, secret) = self.client_and_secret(new, now);
        let id = client.id.clone();
        let row = ClientRow {
            client: client.clone(),
            form_id,
            secret: secret.as_deref().map(|secret| secret_row(&id, secret, now)),
        };
        match self.store().insert_client(row).await {
            Ok(true) => Ok((client, secret)),
            Ok(false) => Err(Error::Conflict("already".into())),
            Err(Error::Conflict(_)) => Err(Error::Conflict(Message::new("client-exists").with("id", id))),
            Err(other) => Err(other),
        }
    }

    fn client_and_secret(&self, mut new: NewClient, now: Timestamp) -> (Client, Option<String>) {
        let has_secret = new.kind == ClientKind::Confidential && !new.registration.uses_private_key_jwt();
        let secret = has_secret.then(|| new.client_secret.take().unwrap_or_else(|| self.new_client_secret()));
        let id = new.client_id.take().unwrap_or_else(|| self.new_client_id());
        let client = new.into_client(id, now);
        (client, secret)
    }

    /// All clients, by time of registration.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    pub async fn list_clients(&self) -> Result<Vec<Client>, Error> {
        self.store().list_clients().await
    }

    /// The client with this id, also if it is disabled.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn show_client(&self, id: &str) -> Result<Client, Error> {
        self.store().find_client(id).await?.ok_or(Error::NotFound)
    }

    /// Makes a new secret. The current one expires after `keep_seconds` (0: now), an older one now.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` with a message for a client that has no secret.
    pub async fn rotate_secret(&self, id: &str, keep_seconds: i64) -> Result<String, Error> {
        self.rotate_once(id, keep_seconds, None).await
    }

    /// The same, idempotent by form: `Conflict("already")` when this form has already made a
    /// secret.
    async fn rotate_once(&self, id: &str, keep_seconds: i64, form_id: Option<String>) -> Result<String, Error> {
        let client = self.show_client(id).await?;
        let without = match client.kind {
            ClientKind::Public => Some("client-without-secret"),
            ClientKind::Confidential => client.registration.uses_private_key_jwt().then_some("client-with-key"),
        };
        if let Some(key) = without {
            return Err(Error::Conflict(Message::new(key).with("id", id)));
        }
        let now = self.now();
        let secret = self.new_client_secret();
        let old_until = (keep_seconds > 0).then(|| now.plus(keep_seconds));
        let row = NewSecret { form_id, ..secret_row(id, &secret, now) };
        match self.store().rotate_client_secret(id.to_owned(), row, old_until).await? {
            Rotation::Done => Ok(secret),
            Rotation::Already => Err(Error::Conflict("already".into())),
            Rotation::NoClient => Err(Error::NotFound),
        }
    }

    /// Disables a client: every request of it is refused, and its tokens are inactive.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn disable_client(&self, id: &str) -> Result<(), Error> {
        let done = self.store().disable_client_row(id.to_owned(), self.now()).await?;
        if done { Ok(()) } else { Err(Error::NotFound) }
    }

    /// Enables a client again: its tokens that have not expired or been revoked are active again.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn enable_client(&self, id: &str) -> Result<(), Error> {
        let done = self.store().enable_client_row(id.to_owned()).await?;
        if done { Ok(()) } else { Err(Error::NotFound) }
    }

    /// Deletes a client and everything that was issued to it.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn remove_client(&self, id: &str) -> Result<(), Error> {
        let done = self.store().delete_client(id.to_owned()).await?;
        if done { Ok(()) } else { Err(Error::NotFound) }
    }

    fn new_client_id(&self) -> String {
        let random = entropy::bytes::<8>(self.entropy());
        format!("c_{}", oauth::hex::encode(&random))
    }

    fn new_client_secret(&self) -> String {
        self.new_secret(Prefix::ClientSecret).expose().to_owned()
    }
}

fn secret_row(client_id: &str, secret: &str, now: Timestamp) -> NewSecret {
    let skipped = secret.len().saturating_sub(4);
    let hint = if secret.len() < SHORTEST_WITH_HINT { "" } else { secret.get(skipped..).unwrap_or_default() };
    NewSecret { hash: authenticate::hash(client_id, secret), hint: hint.to_owned(), created_at: now, form_id: None }
}
