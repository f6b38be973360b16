//! Signed tokens as a client reads them: verified with the keys that the server publishes.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth::jose::{JoseError, JwkSet, Jws, KeySource, Verified};
use provider::signing::verify;
use serde_json::Value;

use super::{AuthRequest, Call, Reply, Test, TestClient};

impl Test {
    /// The published keys.
    pub async fn keys(&self) -> JwkSet {
        JwkSet::parse(&self.send(Call::get("/oauth2/jwks")).await.body).unwrap()
    }

    /// A signed token, if one of the published keys signed it.
    pub async fn verified(&self, token: &str) -> Result<Verified, JoseError> {
        Jws::parse(token, KeySource::Known)?.verify(&self.keys().await, &verify)
    }

    /// The claims of the ID token in a token response.
    pub async fn id_claims(&self, reply: &Reply) -> Value {
        assert_eq!(reply.status, 200, "{:?}", reply.body);
        Value::Object(self.verified(&reply.member("id_token")).await.unwrap().claims.members().clone())
    }

    /// `ada` allows the request, and the client redeems the code.
    pub async fn redeemed(&self, client: &TestClient, ask: &AuthRequest) -> Reply {
        let code = self.signed_in("ada").await.code(ask).await;
        self.send(Self::exchange_call(client, &code)).await
    }

    /// Asks userinfo with this token.
    pub async fn userinfo(&self, token: &str) -> Reply {
        self.send(Call::get("/oauth2/userinfo").bearer(token)).await
    }
}

impl AuthRequest {
    /// A sign-in by OpenID Connect with this scope beside `openid`.
    pub fn openid(client: &TestClient, scope: &str) -> Self {
        Self::of(client).with("scope", format!("openid {scope}").trim()).with("nonce", "n-0S6_WzA2Mj")
    }
}

/// The left half of the SHA-256, in base64url (OpenID Connect Core §3.1.3.6).
pub fn left_half(text: &str) -> String {
    let whole = URL_SAFE_NO_PAD.decode(oauth::jose::sha256(text)).unwrap();
    URL_SAFE_NO_PAD.encode(&whole[..16])
}
