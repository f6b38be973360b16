//! The operator changes a registered client.

use oauth::jose::Algorithm;
use oauth::registration::AuthMethod;
use oauth::{Client, Profile};

use super::{NewClient, rules};
use crate::error::Error;
use crate::provider::Provider;

/// Maximum retries of a change after concurrent changes of the client.
const MOST_TRIES: usize = 8;

impl Provider {
    /// Changes a client as the operator. `change` gets the current client, and runs again after a
    /// concurrent change (optimistic locking).
    ///
    /// # Errors
    /// `NotFound`; `Conflict` or `Form` with a message when the result is invalid; the errors of
    /// `change`.
    pub async fn change_client<E: From<Error>>(
        &self,
        id: &str,
        change: impl Fn(&mut Client) -> Result<(), E>,
    ) -> Result<Client, E> {
        for _ in 0..MOST_TRIES {
            let before = self.store().read_client(id).await?.ok_or(Error::NotFound)?;
            let mut after = before.clone();
            change(&mut after)?;
            check(before, after.clone())?;
            if let Some(changed) = self.store().replace_client(after).await? {
                return Ok(changed);
            }
        }
        Err(Error::Conflict("application-changed".into()).into())
    }
}

/// Refuses new validation errors only: an existing one does not block other changes, nor hide
/// errors that a change introduces.
fn check(before: Client, after: Client) -> Result<(), Error> {
    let known: Vec<String> = rules::faults(&NewClient::from(before)).iter().map(ToString::to_string).collect();
    let made = rules::faults(&NewClient::from(after)).into_iter().find(|fault| !known.contains(&fault.to_string()));
    made.map_or(Ok(()), Err)
}

/// Switches a client to the FAPI 2.0 Security Profile, with all that it requires
/// (FAPI 2.0 Security Profile §5.3.2.1, §5.3.2.2, §5.4.1): PAR, PKCE, bound tokens,
/// `private_key_jwt`, and no RS256.
pub fn imply_fapi(client: &mut Client) {
    (client.require_pkce, client.pkce) = (true, None);
    client.id_token_algorithm = Algorithm::Es256;
    let registration = &mut client.registration;
    registration.profile = Profile::Fapi;
    registration.token_endpoint_auth_method = Some(AuthMethod::PrivateKeyJwt);
    registration.require_pushed_authorization_requests = true;
    registration.dpop_bound_access_tokens = true;
}
