//! The authorization server as this program sees it: three calls over HTTP, and nothing shared but the wire.

use crate::settings::{Credentials, Settings};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::Deserialize;
use std::{sync::Arc, time::Duration};
use ureq::{Agent, Body, http::Response};
use url::form_urlencoded;

/// The authorization server could not be asked, or answered something that makes no sense.
#[derive(Debug, PartialEq)]
pub struct Unavailable;

/// What the authorization server says of a token (RFC 7662 section 2.2).
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Introspection {
    pub active: bool,
    #[serde(default)]
    scope: String,
    pub username: Option<String>,
}

impl Introspection {
    /// Whether the token carries `scope`.
    pub fn allows(&self, scope: &str) -> bool {
        self.scopes().any(|held| held == scope)
    }

    /// The scopes of the token, one by one.
    pub fn scopes(&self) -> impl Iterator<Item = &str> {
        self.scope.split(' ').filter(|scope| !scope.is_empty())
    }
}

/// The answer to a name and a password.
#[derive(Debug, PartialEq)]
pub enum SignIn {
    /// An access token, and for how many seconds it is good.
    Granted { access_token: String, expires_in: u32 },
    /// Not these; which of the two was wrong is nobody's business.
    Refused,
    /// Too many failures: the authorization server asks for patience.
    Throttled,
}

#[derive(Deserialize)]
struct TokenAnswer {
    access_token: String,
    expires_in: u32,
}

/// The calls, with one pool of connections behind all copies.
#[derive(Clone)]
pub struct Authority {
    agent: Agent,
    settings: Arc<Settings>,
}

impl Authority {
    /// Refused answers are answers here, and a redirect is not followed: it would carry the secrets elsewhere.
    pub fn new(settings: Arc<Settings>) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_secs(10)));
        Self { agent: config.build().into(), settings }
    }

    /// Asks whether `token` is good, and for what.
    pub async fn introspect(&self, token: &str) -> Result<Introspection, Unavailable> {
        let form = vec![("token".to_owned(), token.to_owned())];
        let answer = self.post("/oauth2/introspect", self.settings.api.clone(), form).await?;
        match answer.status {
            200 => answer.json(),
            status => Err(unexpected("/oauth2/introspect", status)),
        }
    }

    /// Trades a name and a password for an access token (RFC 6749 section 4.3).
    pub async fn sign_in(&self, username: &str, password: &str) -> Result<SignIn, Unavailable> {
        let form =
            [("grant_type", "password"), ("username", username), ("password", password), ("scope", "read write")];
        let form = form.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let answer = self.post("/oauth2/token", self.settings.infraviewer.clone(), form).await?;
        match answer.status {
            200 => answer
                .json::<TokenAnswer>()
                .map(|TokenAnswer { access_token, expires_in }| SignIn::Granted { access_token, expires_in }),
            400 => Ok(SignIn::Refused),
            429 => Ok(SignIn::Throttled),
            status => Err(unexpected("/oauth2/token", status)),
        }
    }

    /// Tells the authorization server that `token` is not needed any more (RFC 7009).
    pub async fn revoke(&self, token: &str) -> Result<(), Unavailable> {
        let form = vec![("token".to_owned(), token.to_owned())];
        let answer = self.post("/oauth2/revoke", self.settings.infraviewer.clone(), form).await?;
        match answer.status {
            200 => Ok(()),
            status => Err(unexpected("/oauth2/revoke", status)),
        }
    }

    async fn post(
        &self,
        path: &'static str,
        client: Credentials,
        form: Vec<(String, String)>,
    ) -> Result<Answer, Unavailable> {
        let agent = self.agent.clone();
        let url = format!("{}{path}", self.settings.issuer);
        let call = move || send(&agent, &url, &client, form);
        match tokio::task::spawn_blocking(call).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => Err(unreachable_server(path, &error.to_string())),
            Err(error) => Err(unreachable_server(path, &error.to_string())),
        }
    }
}

struct Answer {
    status: u16,
    body: Vec<u8>,
}

impl Answer {
    fn json<T: for<'a> Deserialize<'a>>(&self) -> Result<T, Unavailable> {
        serde_json::from_slice(&self.body).map_err(|error| unreachable_server("JSON", &error.to_string()))
    }
}

fn send(agent: &Agent, url: &str, client: &Credentials, form: Vec<(String, String)>) -> Result<Answer, ureq::Error> {
    let request = agent.post(url).header("Accept", "application/json");
    let mut response: Response<Body> = request.header("Authorization", basic(client)).send_form(form)?;
    let body = response.body_mut().with_config().limit(65_536).read_to_vec()?;
    Ok(Answer { status: response.status().as_u16(), body })
}

/// HTTP Basic, both halves form-encoded first (RFC 6749 section 2.3.1).
fn basic(client: &Credentials) -> String {
    let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let pair = format!("{}:{}", encoded(&client.id), encoded(&client.secret));
    format!("Basic {}", STANDARD.encode(pair))
}

fn unexpected(path: &str, status: u16) -> Unavailable {
    tracing::error!(path, status, "the authorization server answered something else than expected");
    Unavailable
}

fn unreachable_server(path: &str, error: &str) -> Unavailable {
    tracing::error!(path, error, "the authorization server cannot be asked");
    Unavailable
}
