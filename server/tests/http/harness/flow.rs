//! The flows of the protocol, as short calls.

use oauth::Params;
use serde_json::Value;

use super::{Call, Reply, Test, TestClient, WEB};

/// RFC 7636 appendix B.
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// An authorization request.
#[derive(Clone, Debug)]
pub struct AuthRequest(Vec<(String, String)>);

impl AuthRequest {
    /// A valid request of this client.
    pub fn of(client: &TestClient) -> Self {
        let pairs = [
            ("response_type", "code"),
            ("client_id", client.id),
            ("redirect_uri", client.redirect_uri),
            ("scope", "read"),
            ("state", "xyz"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        Self(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec())
    }

    /// A request with `client_id` alone.
    pub fn bare(client_id: &str) -> Self {
        Self(Vec::new()).also("client_id", client_id)
    }

    pub fn without(mut self, name: &str) -> Self {
        self.0.retain(|(key, _)| key != name);
        self
    }

    pub fn with(self, name: &str, value: &str) -> Self {
        self.without(name).also(name, value)
    }

    /// With one more parameter of this name.
    pub fn also(mut self, name: &str, value: &str) -> Self {
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The value of a parameter; empty when it is not there.
    pub fn value(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    pub fn without_pkce(self) -> Self {
        self.without("code_challenge").without("code_challenge_method")
    }

    pub fn path(&self) -> String {
        format!("/oauth2/authorize?{}", Params::from_pairs(self.0.clone()).encode())
    }

    pub fn pairs(&self) -> Vec<(&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }
}

/// The tokens of a token response.
#[derive(Clone, Debug)]
pub struct Tokens {
    pub access: String,
    pub refresh: String,
}

impl Tokens {
    pub fn of(reply: &Reply) -> Self {
        assert_eq!(reply.status, 200, "{:?}", reply.body);
        Self { access: reply.member("access_token"), refresh: reply.member("refresh_token") }
    }
}

impl Test {
    /// A request to the token endpoint by this client.
    pub async fn token(&self, client: &TestClient, pairs: &[(&str, &str)]) -> Reply {
        self.send(client.call("/oauth2/token", pairs)).await
    }

    /// The request that redeems a code of this client.
    pub fn exchange_call(client: &TestClient, code: &str) -> Call {
        let pairs = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", client.redirect_uri),
            ("code_verifier", VERIFIER),
        ];
        client.call("/oauth2/token", &pairs)
    }

    /// Redeems a code of the web client.
    pub async fn exchange(&self, code: &str) -> Reply {
        self.send(Self::exchange_call(&WEB, code)).await
    }

    /// The request that refreshes as this client.
    pub fn refresh_call(client: &TestClient, token: &str) -> Call {
        client.call("/oauth2/token", &[("grant_type", "refresh_token"), ("refresh_token", token)])
    }

    /// Refreshes as the web client.
    pub async fn refresh(&self, token: &str) -> Reply {
        self.send(Self::refresh_call(&WEB, token)).await
    }

    /// Tokens for `ada`, by the web client, scope `read`.
    pub async fn tokens(&self) -> Tokens {
        self.tokens_for("ada", &AuthRequest::of(&WEB)).await
    }

    /// Tokens for this user, by the web client.
    pub async fn tokens_for(&self, username: &str, ask: &AuthRequest) -> Tokens {
        let code = self.signed_in(username).await.code(ask).await;
        Tokens::of(&self.exchange(&code).await)
    }

    /// The introspection response that the web client gets.
    pub async fn introspect(&self, token: &str) -> Value {
        let reply = self.send(WEB.call("/oauth2/introspect", &[("token", token)])).await;
        assert_eq!(reply.status, 200, "{:?}", reply.body);
        reply.json()
    }

    pub async fn is_active(&self, token: &str) -> bool {
        self.introspect(token).await["active"] == true
    }

    pub async fn tokeninfo(&self, token: &str) -> Reply {
        self.send(Call::post("/oauth2/tokeninfo", &[("access_token", token)])).await
    }
}
