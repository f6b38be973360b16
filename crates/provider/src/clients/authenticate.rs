//! Client authentication at every endpoint that takes client credentials (RFC 6749 §2.3,
//! RFC 7523 §2.2, §3).

use crate::store::records::CachedClient;
use std::net::IpAddr;
use std::sync::Arc;

use oauth::client_assertion::{self, Validation};
use oauth::problem::{Fault, Finding};
use oauth::secret::same;
use oauth::{Client, ClientKind, Credentials, SecretHash};

use super::rules::{LEAST_SECRET, is_client_id};
use crate::error::Error;
use crate::provider::{Provider, record_client};

/// Compared with when no secret is stored, so that an unknown client takes as long as a wrong
/// secret.
const DUMMY_HASH: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The endpoint at which a client authenticates. The audience of an assertion may be the called
/// endpoint or the token endpoint (RFC 7523 §3, RFC 9126 §2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// `/oauth2/token`
    Token,
    /// `/oauth2/introspect`
    Introspection,
    /// `/oauth2/revoke`
    Revocation,
    /// `/oauth2/par`
    PushedRequest,
}

impl Endpoint {
    /// The URLs of the endpoint: the documented one and its alias.
    fn addresses(self, issuer: &str) -> [String; 2] {
        let name = match self {
            Self::Token => "token",
            Self::Introspection => "introspect",
            Self::Revocation => "revoke",
            Self::PushedRequest => "par",
        };
        ["oauth2", "oauth"].map(|prefix| format!("{issuer}/{prefix}/{name}"))
    }
}

impl Provider {
    /// The client that the credentials authenticate. Every failure has the same response; the
    /// reason is only in the log: an unknown or disabled client, a wrong or missing secret, a
    /// secret for a public client, an invalid or replayed assertion, a method other than the
    /// registered one.
    ///
    /// # Errors
    /// `OAuth(invalid_client)`; `Throttled` after too many wrong secrets from this address;
    /// `Unavailable` when the database does not answer.
    pub async fn authenticate_client(
        &self,
        credentials: &Credentials,
        at: Endpoint,
        from: IpAddr,
    ) -> Result<Client, Error> {
        Ok(self.authenticated(credentials, at, from).await?.client.clone())
    }

    /// The same from the cache, without copying the client, for callers that only read it.
    pub(crate) async fn authenticated(
        &self,
        credentials: &Credentials,
        at: Endpoint,
        from: IpAddr,
    ) -> Result<Arc<CachedClient>, Error> {
        let Some(id) = credentials.client_id().filter(|id| is_client_id(id)) else {
            return Err(refused("no client is named", Finding::new(Fault::Missing, "client_id")));
        };
        let Some(secret) = credentials.secret() else { return self.verify_credentials(id, credentials, at).await };
        let (attempts, now) = (self.secret_attempts(), self.now());
        let attempt = attempts.of(id, from);
        attempts.admit(attempt, now)?;
        let verify_credentials = self.verify_credentials(id, credentials, at).await;
        match &verify_credentials {
            Ok(_) => attempts.succeeded(attempt),
            Err(Error::OAuth(_)) if attempts.failed(attempt, now) => {
                tracing::warn!(client_id = id, address = %from, "too many wrong client secrets: not listened to for a while");
            }
            Err(_) => {}
        }
        if verify_credentials.is_ok() && secret.len() < LEAST_SECRET && attempts.is_first_report(id) {
            tracing::warn!(
                client_id = id,
                "the client's secret is shorter than {LEAST_SECRET} characters and can be guessed: give it a new one with jeton client rotate-secret"
            );
        }
        verify_credentials
    }

    async fn verify_credentials(
        &self,
        id: &str,
        credentials: &Credentials,
        at: Endpoint,
    ) -> Result<Arc<CachedClient>, Error> {
        let found = self.store().known_client(id).await?;
        let right = credentials.secret().map(|secret| self.is_live_secret(id, secret, found.as_deref()));
        let about = |fault, parameter| Finding::new(fault, parameter).sent(credentials.method());
        // An unknown client fails like any other, so that the response does not reveal which
        // clients exist.
        let known = found.ok_or_else(|| refused("unknown client", about(Fault::Unknown, "client_id")))?;
        let client = &known.client;
        record_client(&client.id);
        if client.disabled {
            return Err(refused("the client is disabled", about(Fault::Disabled, "client_id")));
        }
        check_method(client, credentials)?;
        match (credentials, right) {
            (Credentials::Assertion { token, .. }, _) => self.verify_assertion(client, token, at).await?,
            (_, Some(false)) => return Err(refused("wrong secret", about(Fault::SecretWrong, "client_secret"))),
            _ => {}
        }
        Ok(known)
    }

    fn is_live_secret(&self, id: &str, secret: &str, client: Option<&CachedClient>) -> bool {
        let (presented, now) = (hash(id, secret), self.now());
        let secrets = client.map_or(&[][..], |client| &client.secrets);
        let live = secrets.iter().filter(|(_, end)| end.is_none_or(|end| now < end)).map(|(hash, _)| hash.as_str());
        // Constant time: compares with every stored secret, and with at least one.
        live.chain([DUMMY_HASH]).fold(false, |right, stored| same(stored, presented.as_str()) | right)
    }

    /// Validates a client assertion. Spending its `jti` comes last, so that a refused assertion can
    /// be retried.
    async fn verify_assertion(&self, client: &Client, token: &str, at: Endpoint) -> Result<(), Error> {
        let now = self.now();
        let finding = |fault| Finding::new(fault, "client_assertion").sent("private_key_jwt");
        let wrong = |error: oauth::Error| Error::OAuth(error.found(finding(Fault::NotVerified)));
        let signed = self.signed_by(client, token).await?;
        let verified = signed.map_err(|error| wrong(client_assertion::refused(error)))?;
        let issuer = &self.settings().issuer;
        let endpoints = [Endpoint::Token, at].map(|endpoint| endpoint.addresses(issuer)).concat();
        let endpoints: Vec<&str> = endpoints.iter().map(String::as_str).collect();
        let expected = Validation {
            client_id: &client.id,
            profile: client.registration.profile,
            issuer,
            endpoints: &endpoints,
            now,
        };
        let once = client_assertion::validate(&verified, &expected).map_err(wrong)?;
        match self.store().spend_once(once).await? {
            true => Ok(()),
            false => Err(refused("the client assertion was used before", finding(Fault::Spent))),
        }
    }
}

/// Whether the client may use this authentication method (OpenID Connect Core §9).
fn check_method(client: &Client, credentials: &Credentials) -> Result<(), Error> {
    let method = credentials.method();
    let about = |fault, parameter| Finding::new(fault, parameter).sent(method);
    let secret = credentials.secret().is_some();
    match (client.kind, method) {
        (ClientKind::Public, "none") => Ok(()),
        (ClientKind::Public, _) if secret => {
            Err(refused("a public client with a secret", about(Fault::SecretUnexpected, "client_secret")))
        }
        (ClientKind::Confidential, _) if client.registration.accepts_method(method) => Ok(()),
        (ClientKind::Confidential, "none") if !client.registration.uses_private_key_jwt() => {
            Err(refused("a confidential client without its secret", about(Fault::SecretMissing, "client_secret")))
        }
        _ => Err(refused("another method than the registered one", about(Fault::MethodWrong, "client_id"))),
    }
}

/// The stored hash of a secret. It includes the client id, because two clients may have the same
/// secret.
pub fn hash(client_id: &str, secret: &str) -> SecretHash {
    SecretHash::of_parts(&[client_id, "\n", secret])
}

fn refused(reason: &str, finding: Finding) -> Error {
    Error::OAuth(oauth::Error::invalid_client().because(reason).found(finding))
}
