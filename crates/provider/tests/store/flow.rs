//! What the tests of codes and tokens share: a client, a consent, an exchange.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use provider::signed_in::SignedIn;
use std::net::{IpAddr, Ipv4Addr};

use oauth::{Client, ClientKind, ErrorCode, Params, TokenResponse};
use provider::authorize::AuthorizationResponse;
use provider::authorize::Decision;
use provider::authorize::DecisionOutcome;
use provider::authorize::Step;
use provider::clients::NewClient;
use provider::dpop::DpopRequest;
use provider::{Error, Provider, User};

use crate::harness::Test;

pub const ADDRESS: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

const CALLBACK: &str = "https://rp.example/callback";

// RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// A user, a confidential client, and the scope `read`.
pub struct Flow<'a> {
    pub t: &'a Test,
    pub user: User,
    pub client: Client,
    pub secret: String,
}

impl<'a> Flow<'a> {
    pub async fn new(t: &'a Test) -> Self {
        let user = t.user("ada").await;
        t.provider.add_scope("read", "See your photos", "").await.unwrap();
        let (client, secret) = client(t, "Photo Printer").await;
        Self { t, user, client, secret }
    }

    /// Signs in, allows, and gives the code.
    pub async fn code(&self) -> String {
        let visitor = self.visitor();
        let step = self.t.provider.authorize(&self.request(), Some(&visitor)).await.unwrap();
        let location = match step {
            Step::Respond(AuthorizationResponse::Redirect(location)) => location,
            Step::Consent(consent) => allow(&self.t.provider, consent.view.sealed, &visitor).await,
            other => panic!("{other:?}"),
        };
        parameter(&location, "code").unwrap()
    }

    /// A consent form, sealed for this visitor.
    pub async fn sealed(&self, visitor: &SignedIn) -> String {
        match self.t.provider.authorize(&self.request(), Some(visitor)).await.unwrap() {
            Step::Consent(consent) => consent.view.sealed,
            other => panic!("{other:?}"),
        }
    }

    pub fn visitor(&self) -> SignedIn {
        SignedIn { user_id: self.user.id, auth_time: self.t.provider.now(), session: "this session".to_owned() }
    }

    pub fn request(&self) -> Params {
        Params::from_pairs([
            ("response_type", "code"),
            ("client_id", &self.client.id),
            ("redirect_uri", CALLBACK),
            ("scope", "read"),
            ("state", "s"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ])
    }

    pub fn exchange_body(&self, code: &str) -> Params {
        self.body("authorization_code", &[("code", code), ("redirect_uri", CALLBACK), ("code_verifier", VERIFIER)])
    }

    pub fn refresh_body(&self, token: &str) -> Params {
        self.body("refresh_token", &[("refresh_token", token)])
    }

    fn body(&self, grant_type: &str, with: &[(&str, &str)]) -> Params {
        let who = [("grant_type", grant_type), ("client_id", &self.client.id), ("client_secret", &self.secret)];
        Params::from_pairs(who.iter().chain(with).map(|(name, value)| (*name, *value)))
    }

    pub async fn exchange(&self, code: &str) -> Result<TokenResponse, ErrorCode> {
        self.token(&self.exchange_body(code)).await
    }

    pub async fn refresh(&self, token: &str) -> Result<TokenResponse, ErrorCode> {
        self.token(&self.refresh_body(token)).await
    }

    async fn token(&self, body: &Params) -> Result<TokenResponse, ErrorCode> {
        match self.t.provider.token(None, body, ADDRESS, &DpopRequest::default()).await {
            Ok(tokens) => Ok(tokens),
            Err(Error::OAuth(error)) => Err(error.code),
            Err(other) => panic!("{other:?}"),
        }
    }

    /// An access token, by way of a code.
    pub async fn bought(&self) -> String {
        self.exchange(&self.code().await).await.unwrap().access_token
    }

    /// Whether a check of the token says yes.
    pub async fn is_active(&self, token: &str) -> bool {
        self.t.provider.tokeninfo(token, ADDRESS).await.is_ok()
    }
}

/// Answers yes, and gives where that leads.
pub async fn allow(provider: &Provider, sealed: String, visitor: &SignedIn) -> String {
    let decision = Decision { sealed, allow: true, optional: Vec::new() };
    match provider.decide(&decision, visitor).await.unwrap() {
        DecisionOutcome::Respond(AuthorizationResponse::Redirect(location)) | DecisionOutcome::Restart(location) => {
            location
        }
        other => panic!("{other:?}"),
    }
}

/// A confidential client that may refresh.
pub async fn client(t: &Test, name: &str) -> (Client, String) {
    let new = NewClient::new(name, ClientKind::Confidential, vec![CALLBACK.to_owned()]);
    let (client, secret) = t.provider.add_client(new).await.unwrap();
    (client, secret.unwrap())
}

/// A parameter of a redirect.
pub fn parameter(location: &str, name: &str) -> Option<String> {
    let (_, query) = location.split_once('?')?;
    Params::parse(query.as_bytes()).unwrap().last(name).map(str::to_owned)
}
