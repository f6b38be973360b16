//! The two token checks, introspection and tokeninfo, as one type: both the fast path and the
//! router call it.

use std::net::IpAddr;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, header};
use axum::response::Response;
use oauth::Params;
use provider::Error;

use super::{introspect, revoke, tokeninfo};
use crate::address::ClientAddress;
use crate::form::{self, FormError};
use crate::respond;
use crate::state::Site;

/// A token check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// `/oauth2/introspect`
    Introspection,
    /// `/oauth2/tokeninfo`
    TokenInfo,
}

/// Why a check is refused.
#[derive(Debug)]
pub enum Refusal {
    /// The body could not be read.
    Form(FormError),
    /// The request is refused, or could not be carried out.
    Error(Error),
}

impl<E: Into<Error>> From<E> for Refusal {
    fn from(error: E) -> Self {
        Self::Error(error.into())
    }
}

impl Check {
    /// The check at this method and path, if any.
    pub fn at(method: &Method, path: &str) -> Option<Self> {
        let name = path.strip_prefix("/oauth2/").or_else(|| path.strip_prefix("/oauth/"))?;
        match name {
            "introspect" if method == Method::POST => Some(Self::Introspection),
            "tokeninfo" if method == Method::POST || method == Method::GET => Some(Self::TokenInfo),
            _ => None,
        }
    }

    /// Reads the parameters. Logs nothing: the fast path calls it before it has made a span.
    ///
    /// # Errors
    /// [`Refusal`].
    pub async fn params<B>(self, head: &Parts, body: B) -> Result<Params, Refusal>
    where
        B: HttpBody<Data = Bytes>,
    {
        let query = head.uri.query();
        if self == Self::TokenInfo && head.method != Method::POST {
            return Ok(Params::parse(query.unwrap_or_default().as_bytes())?);
        }
        let params = form::params(&head.headers, body).await.map_err(Refusal::Form)?;
        Ok(if self == Self::TokenInfo { revoke::merged(query, &params)? } else { params })
    }

    /// The JSON of the response.
    ///
    /// # Errors
    /// Those of `Provider::introspect` and `Provider::tokeninfo`.
    pub async fn answer(self, site: &Site, head: &Parts, params: &Params, from: IpAddr) -> Result<Bytes, Refusal> {
        let answer = match self {
            Self::Introspection => introspect::answer(site, &head.headers, params, from).await,
            Self::TokenInfo => tokeninfo::answer(site, &head.headers, params, from).await,
        };
        Ok(answer?)
    }

    /// The refusal as a response; logs the reason.
    pub fn refuse(self, refusal: &Refusal) -> Response {
        match (self, refusal) {
            (_, Refusal::Form(error)) => error.response(),
            (Self::Introspection, Refusal::Error(error)) => introspect::refused(error),
            (Self::TokenInfo, Refusal::Error(error)) => respond::protocol(error),
        }
    }

    /// Handles a request that came by the router.
    async fn routed(self, site: &Site, request: Request) -> Response {
        // The request is taken apart rather than extracted: cloning the headers would cost as much
        // as the check.
        let (head, body) = request.into_parts();
        match self.run(site, &head, body).await {
            Ok(answer) => json(answer),
            Err(refusal) => self.refuse(&refusal),
        }
    }

    async fn run(self, site: &Site, head: &Parts, body: Body) -> Result<Bytes, Refusal> {
        let params = self.params(head, body).await?;
        self.answer(site, head, &params, ClientAddress::of(head).0).await
    }
}

/// `POST /oauth2/introspect`: introspects a token for an authorized caller.
pub async fn introspection(State(site): State<Site>, request: Request) -> Response {
    Check::Introspection.routed(&site, request).await
}

/// `GET, POST /oauth2/tokeninfo`: the token in the body, in the query, or as a Bearer header.
pub async fn token_info(State(site): State<Site>, request: Request) -> Response {
    Check::TokenInfo.routed(&site, request).await
}

fn json(answer: Bytes) -> Response {
    let mut response = Response::new(Body::from(answer));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
