//! Resolves the parameters of an authorization request: from the query, a signed request object by
//! value or by reference (RFC 9101, OpenID Connect Core §6), or a pushed request (RFC 9126).

use std::net::IpAddr;

use oauth::jose::ReplayKey;
use oauth::par::{self, Pushed, PushedResponse};
use oauth::problem::{Fault as Flaw, Finding};
use oauth::request_object::{self, Allowed, Source, Validation};
use oauth::{Client, Error as OAuth, ErrorCode, Params, Profile, SecretHash, Timestamp};

use crate::error::Error;
use crate::fetch::Word;
use crate::provider::Provider;

/// When a request was received, and from which address if its `request_uri` may be fetched.
#[derive(Clone, Copy)]
pub(super) struct Arrival {
    pub received_at: Timestamp,
    pub address: Option<IpAddr>,
}

/// A request with its effective parameters.
pub(super) struct ResolvedRequest {
    /// The parameters as sent: they travel to sign-in and back, and through the consent form.
    pub sent: Params,
    /// The effective parameters; those that were sent if they could not be resolved.
    pub params: Params,
    /// The key of the pushed request.
    pub pushed: Option<SecretHash>,
    /// Why the request could not be resolved.
    pub error: Option<OAuth>,
    /// The error for a pushed request that was used already. It applies when the request restarts,
    /// not to a form that is submitted twice.
    pub already_used: Option<OAuth>,
}

impl ResolvedRequest {
    /// A request without a request object: its own parameters are effective.
    pub(super) fn plain(params: &Params) -> Self {
        Self { sent: params.clone(), params: params.clone(), pushed: None, error: None, already_used: None }
    }

    fn unresolved(sent: &Params, error: OAuth) -> Self {
        Self { error: Some(error), ..Self::plain(sent) }
    }

    /// Loads the pushed request with this key. Only the client that pushed it gets errors at its
    /// redirect URI.
    fn resumed(
        sent: &Params,
        key: SecretHash,
        pushed: Pushed,
        client: &Client,
        received_at: Timestamp,
    ) -> Result<Self, OAuth> {
        let (own, params) = (pushed.client_id == client.id, pushed.params.clone());
        let already_used = pushed.clone().resume(&client.id, received_at).err();
        let open = Pushed { completed: false, ..pushed }.resume(&client.id, received_at);
        match open {
            Err(error) if !own => Err(error),
            open => Ok(Self { sent: sent.clone(), params, pushed: Some(key), error: open.err(), already_used }),
        }
    }
}

/// Which request sources this client may use.
pub(super) fn allowed(client: &Client) -> Allowed<'_> {
    let registration = &client.registration;
    Allowed {
        objects: registration.has_keys(),
        pushed: true,
        pushed_only: registration.require_pushed_authorization_requests || registration.profile == Profile::Fapi,
        signed_only: registration.require_signed_request_object,
        request_uris: &registration.request_uris,
    }
}

impl Provider {
    /// Resolves a request that was received at `received_at`, and judges it as of then: it does not
    /// expire during sign-in.
    ///
    /// # Errors
    /// `Unavailable` and `Busy`; errors of the client are in the result.
    pub(super) async fn resolve_request(
        &self,
        client: &Client,
        sent: &Params,
        arrival: Arrival,
    ) -> Result<ResolvedRequest, Error> {
        match self.resolve_source(client, sent, arrival).await {
            Err(Error::OAuth(error)) => Ok(ResolvedRequest::unresolved(sent, error)),
            other => other,
        }
    }

    async fn resolve_source(&self, client: &Client, sent: &Params, arrival: Arrival) -> Result<ResolvedRequest, Error> {
        match Source::of(sent, &allowed(client))? {
            Source::Plain => Ok(ResolvedRequest::plain(sent)),
            Source::Object(object) => Ok(ResolvedRequest {
                params: self.verify_request_object(client, &object, arrival.received_at).await?,
                ..ResolvedRequest::plain(sent)
            }),
            Source::Pushed(key) => {
                let key = SecretHash::of(&key);
                let unknown = || par::invalid_request_uri().found(Finding::new(Flaw::Unknown, "request_uri"));
                let pushed = self.store().find_pushed(&key).await?.ok_or_else(unknown)?;
                Ok(ResolvedRequest::resumed(sent, key, pushed, client, arrival.received_at)?)
            }
            Source::Registered(uri) => self.fetch_registered(client, &uri, arrival.address).await,
        }
    }

    /// The parameters of a request object, after verifying its signature (RFC 9101 §6.2).
    pub(super) async fn verify_request_object(
        &self,
        client: &Client,
        object: &str,
        at: Timestamp,
    ) -> Result<Params, Error> {
        let wrong = |error: OAuth| error.found(Finding::new(Flaw::NotVerified, "request"));
        let signed = self.signed_by(client, object).await?;
        let verified = signed.map_err(|error| wrong(request_object::refused(error)))?;
        let (issuer, profile) = (&self.settings().issuer, client.registration.profile);
        let expected = Validation { client_id: &client.id, profile, issuer, now: at };
        Ok(request_object::parameters(&verified, &expected).map_err(wrong)?)
    }

    /// The request object at a registered `request_uri`. It is fetched once and stored like a
    /// pushed request, so that the user allows what the page showed, even if the URI serves
    /// something else later.
    async fn fetch_registered(
        &self,
        client: &Client,
        uri: &str,
        from: Option<IpAddr>,
    ) -> Result<ResolvedRequest, Error> {
        let now = self.now();
        let object = self.fetch_request_object(uri, client, from, now).await?;
        let params = self.verify_request_object(client, object.trim(), now).await?;
        let answer = self.store_request(client, params.clone(), None, now).await?;
        let key = par::key(&answer.request_uri).map(SecretHash::of);
        let sent = Params::from_pairs([("client_id", client.id.as_str()), ("request_uri", &answer.request_uri)]);
        Ok(ResolvedRequest { sent, params, pushed: key, error: None, already_used: None })
    }

    /// Fetches a `request_uri`. A failed one is not retried for a while, or a flood would occupy
    /// every slot. Every fetch stores a row, so there is a rate limit. Only the operator registers
    /// such URIs.
    async fn fetch_request_object(
        &self,
        uri: &str,
        client: &Client,
        from: Option<IpAddr>,
        now: Timestamp,
    ) -> Result<String, Error> {
        let missing = |reason: String| {
            OAuth::new(ErrorCode::InvalidRequestUri, "There is no request object at the request_uri")
                .because(reason)
                .found(Finding::new(Flaw::Unknown, "request_uri"))
        };
        if self.request_uris().has_failed(uri, now) {
            return Err(missing("it failed a moment ago".to_owned()).into());
        }
        self.request_uri_rate_limit().acquire(&client.id, from, now)?;
        let slot = self.request_uris().slot()?;
        let body = self.fetch().get(uri, Word::Operator).await.map_err(|error| {
            self.request_uris().mark_failed(uri, now);
            missing(error.to_string())
        })?;
        drop(slot);
        Ok(String::from_utf8(body).map_err(|error| missing(error.to_string()))?)
    }

    /// Stores a request of this client and spends the DPoP proof in the same write; returns its
    /// `request_uri`.
    pub(super) async fn store_request(
        &self,
        client: &Client,
        params: Params,
        proof: Option<ReplayKey>,
        now: Timestamp,
    ) -> Result<PushedResponse, Error> {
        let (key, params) = (self.new_request_key(), par::bounded(&params)?);
        let pushed =
            Pushed { client_id: client.id.clone(), params, expires_at: now.plus(par::LIFETIME), completed: false };
        self.store().insert_pushed(SecretHash::of(&key), pushed, proof).await?;
        Ok(PushedResponse::new(&key))
    }
}
