//! What of an authorization request counts: the request itself, a signed object by value or by address (RFC 9101, OpenID Connect
//! Core §6), or what the client pushed (RFC 9126).

use std::net::IpAddr;

use oauth::jose::Once;
use oauth::par::{self, Pushed, PushedResponse};
use oauth::problem::{Fault as Flaw, Finding};
use oauth::request_object::{self, Allowed, Expected, Source};
use oauth::{Client, Error as OAuth, ErrorCode, Params, Profile, SecretHash, Timestamp};

use crate::error::Error;
use crate::fetch::Word;
use crate::provider::Provider;

/// When a request had come, and from which address where this server may go out for it.
pub(super) type Arrival = (Timestamp, Option<IpAddr>);

/// A request, and how it travels.
pub(super) struct Asked {
    /// As it goes to sign-in and back and through the consent form.
    pub sent: Params,
    /// What counts; where it could not be found, what was sent.
    pub params: Params,
    /// The key of the pushed request that it is.
    pub pushed: Option<SecretHash>,
    /// Why it cannot be followed.
    pub fault: Option<OAuth>,
    /// Said to whoever begins anew with a request that was completed. An answered form that comes twice is another matter.
    pub done: Option<OAuth>,
}

impl Asked {
    /// A request that counts as it is.
    pub(super) fn plain(params: &Params) -> Self {
        Self { sent: params.clone(), params: params.clone(), pushed: None, fault: None, done: None }
    }

    fn faulty(sent: &Params, fault: OAuth) -> Self {
        Self { fault: Some(fault), ..Self::plain(sent) }
    }

    /// The request that is stored under this key; its own client is answered at its own address, whatever is wrong.
    fn resumed(
        sent: &Params,
        key: SecretHash,
        (pushed, client): (Pushed, &Client),
        began: Timestamp,
    ) -> Result<Self, OAuth> {
        let (own, params) = (pushed.client_id == client.id, pushed.params.clone());
        let done = pushed.clone().resume(&client.id, began).err();
        let open = Pushed { completed: false, ..pushed }.resume(&client.id, began);
        match open {
            Err(error) if !own => Err(error),
            open => Ok(Self { sent: sent.clone(), params, pushed: Some(key), fault: open.err(), done }),
        }
    }
}

/// What this client may use.
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
    /// Finds what counts of a request that had come at `began`: however long the person took since, it is no older than it was.
    ///
    /// # Errors
    /// `Unavailable` and `Busy`; what the client did wrong is in the answer.
    pub(super) async fn request_of(&self, client: &Client, sent: &Params, arrival: Arrival) -> Result<Asked, Error> {
        match self.counting(client, sent, arrival).await {
            Err(Error::OAuth(error)) => Ok(Asked::faulty(sent, error)),
            other => other,
        }
    }

    async fn counting(&self, client: &Client, sent: &Params, (began, from): Arrival) -> Result<Asked, Error> {
        match Source::of(sent, &allowed(client))? {
            Source::Plain => Ok(Asked::plain(sent)),
            Source::Object(object) => {
                Ok(Asked { params: self.opened(client, &object, began).await?, ..Asked::plain(sent) })
            }
            Source::Pushed(key) => {
                let key = SecretHash::of(&key);
                let unknown = || par::invalid_request_uri().found(Finding::new(Flaw::Unknown, "request_uri"));
                let pushed = self.store().find_pushed(&key).await?.ok_or_else(unknown)?;
                Ok(Asked::resumed(sent, key, (pushed, client), began)?)
            }
            Source::Registered(uri) => self.fetched(client, &uri, from).await,
        }
    }

    /// The parameters of an object that the client signed.
    pub(super) async fn opened(&self, client: &Client, object: &str, at: Timestamp) -> Result<Params, Error> {
        let wrong = |error: OAuth| error.found(Finding::new(Flaw::NotVerified, "request"));
        let signed = self.signed_by(client, object).await?;
        let verified = signed.map_err(|error| wrong(request_object::refused(error)))?;
        let (issuer, profile) = (&self.settings().issuer, client.registration.profile);
        let expected = Expected { client_id: &client.id, profile, issuer, now: at };
        Ok(request_object::parameters(&verified, &expected).map_err(wrong)?)
    }

    /// The request at an address that the client has registered. It is fetched this once and then kept like a pushed one: what
    /// the person reads is what the person allows, whatever stands there later.
    async fn fetched(&self, client: &Client, uri: &str, from: Option<IpAddr>) -> Result<Asked, Error> {
        let now = self.now();
        let object = self.object_at(uri, (client, from), now).await?;
        let params = self.opened(client, object.trim(), now).await?;
        let answer = self.keep_request(client, params.clone(), None, now).await?;
        let key = par::key(&answer.request_uri).map(SecretHash::of);
        let sent = Params::from_pairs([("client_id", client.id.as_str()), ("request_uri", &answer.request_uri)]);
        Ok(Asked { sent, params, pushed: key, fault: None, done: None })
    }

    /// What stands at an address. One that failed is left alone for a while, or a flood would hold every place with it; and since every
    /// visit leaves a row, whoever comes has a budget. Only the operator registers such an address: the pages have no field for it.
    async fn object_at(
        &self,
        uri: &str,
        (client, from): (&Client, Option<IpAddr>),
        now: Timestamp,
    ) -> Result<String, Error> {
        let missing = |reason: String| {
            OAuth::new(ErrorCode::InvalidRequestUri, "There is no request object at the request_uri")
                .because(reason)
                .found(Finding::new(Flaw::Unknown, "request_uri"))
        };
        if self.request_uris().is_down(uri, now) {
            return Err(missing("it failed a moment ago".to_owned()).into());
        }
        self.request_uri_visits().spend(&client.id, from, now)?;
        let place = self.request_uris().place()?;
        let body = self.fetch().get(uri, Word::Operator).await.map_err(|error| {
            self.request_uris().down(uri, now);
            missing(error.to_string())
        })?;
        drop(place);
        Ok(String::from_utf8(body).map_err(|error| missing(error.to_string()))?)
    }

    /// Stores a request of this client, and spends the proof beside it; the address by which it is named from now on.
    pub(super) async fn keep_request(
        &self,
        client: &Client,
        params: Params,
        proof: Option<Once>,
        now: Timestamp,
    ) -> Result<PushedResponse, Error> {
        let (key, params) = (self.new_request_key(), par::bounded(&params)?);
        let pushed =
            Pushed { client_id: client.id.clone(), params, expires_at: now.plus(par::LIFETIME), completed: false };
        self.store().insert_pushed(SecretHash::of(&key), pushed, proof).await?;
        Ok(PushedResponse::new(&key))
    }
}
