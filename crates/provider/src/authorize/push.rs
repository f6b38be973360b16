//! The pushed authorization request (PAR) endpoint (RFC 9126 §2).

use std::net::IpAddr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use oauth::dpop::{self, DpopProof};
use oauth::par::{self, PushedResponse};
use oauth::request_object::{Allowed, Source};
use oauth::{Callback, CallbackError, Client, ClientKind, Credentials, Error as OAuth, ErrorCode, Params, Timestamp};

use super::resolve_request::{ResolvedRequest, allowed};
use super::response::ResponseTarget;
use crate::clients::Endpoint;
use crate::dpop::DpopRequest;
use crate::entropy;
use crate::error::Error;
use crate::provider::Provider;

impl Provider {
    /// Validates a pushed authorization request as the authorization endpoint would and stores it
    /// under a single-use `request_uri` for this client.
    ///
    /// # Errors
    /// `OAuth` with the codes of RFC 6749 §4.1.2.1, §5.2, RFC 9101 §7 and RFC 9449 §5;
    /// `Throttled` when the rate limit for public clients is exceeded.
    pub async fn push(
        &self,
        authorization: Option<&str>,
        params: &Params,
        dpop: &DpopRequest<'_>,
        from: IpAddr,
    ) -> Result<PushedResponse, Error> {
        let credentials = Credentials::parse(authorization, params)?;
        // DPoP first, as at the token endpoint: a proof without the nonce spends nothing.
        let proof = self.check_proof(dpop, None, self.now())?;
        let client = self.authenticate_client(&credentials, Endpoint::PushedRequest, from).await?;
        let now = self.now();
        let params = bound(self.pushed_params(&client, params, now).await?, proof.as_ref())?;
        let callback = Callback::resolve(&client, &params, &self.settings().issuer).map_err(|fault| nowhere(&fault))?;
        let way = ResponseTarget::new(&client, callback, &params);
        let checked = self.check(client, way, &ResolvedRequest::plain(&params)).await?;
        // Rate limit: anyone can push requests under the `client_id` of a public client.
        if checked.client.kind == ClientKind::Public {
            self.push_rate_limit().acquire(&checked.client.id, Some(from), now)?;
        }
        self.store_request(&checked.client, params, proof.map(|proof| proof.replay_key), now).await
    }

    /// The pushed parameters: the body, or the request object in it (RFC 9126 §3).
    async fn pushed_params(&self, client: &Client, params: &Params, now: Timestamp) -> Result<Params, Error> {
        let sent = par::accept(params.clone(), &client.id)?;
        match Source::of(&sent, &Allowed { pushed_only: false, ..allowed(client) })? {
            Source::Object(object) => self.verify_request_object(client, &object, now).await,
            _ => Ok(sent),
        }
    }

    /// Key of a `request_uri`: 256 random bits, so that it cannot be guessed (RFC 9126 §7.1).
    pub(super) fn new_request_key(&self) -> String {
        BASE64.encode(entropy::bytes::<32>(self.entropy()))
    }
}

/// Binds the code to the key of the DPoP proof, as `dpop_jkt` does; if both are present, they must
/// match (RFC 9449 §10.1).
fn bound(params: Params, proof: Option<&DpopProof>) -> Result<Params, OAuth> {
    let Some(key) = proof.map(|proof| proof.thumbprint.as_str()) else { return Ok(params) };
    match dpop::dpop_jkt(&params)?.is_none_or(|named| named == key) {
        true => Ok(params.with("dpop_jkt", key)),
        false => Err(OAuth::new(ErrorCode::InvalidDpopProof, "The DPoP proof is by another key than dpop_jkt names")),
    }
}

/// A redirect URI error as a response to the client: no browser is involved (RFC 9126 §2.3).
fn nowhere(fault: &CallbackError) -> OAuth {
    let description = match fault {
        CallbackError::Missing => {
            "redirect_uri is missing, and the client has registered none or several, or asks for openid"
        }
        CallbackError::Repeated => "redirect_uri was sent more than once",
        CallbackError::NotRegistered { .. } | CallbackError::Invalid => {
            "redirect_uri is not one that the client has registered"
        }
    };
    OAuth::invalid_request(description).found(fault.finding())
}
