//! A client registered for RP-Initiated and Back-Channel Logout, and its requests.

use oauth::{ClientKind, Params, Registration};
use provider::clients::NewClient;

use super::{AuthRequest, Browser, Call, Reply, Test, TestClient};

/// A client with a `post_logout_redirect_uri` and a `backchannel_logout_uri`.
pub const LOGOUT_CLIENT: TestClient =
    TestClient { id: "bye", secret: Some("bye-secret-57721566"), redirect_uri: "https://bye.example/callback" };

/// The registered `post_logout_redirect_uri`.
pub const POST_LOGOUT_URI: &str = "https://bye.example/out";

/// The registered `backchannel_logout_uri`.
pub const BACK_CHANNEL_URI: &str = "https://bye.example/back-channel";

impl Test {
    /// A server where [`LOGOUT_CLIENT`] is registered.
    pub async fn with_logout_client() -> Self {
        let test = Self::new().await;
        test.add_logout_client(&LOGOUT_CLIENT, Some(BACK_CHANNEL_URI)).await;
        test
    }

    /// Registers a client for both kinds of logout.
    pub async fn add_logout_client(&self, client: &TestClient, backchannel_logout_uri: Option<&str>) {
        let registration = Registration {
            backchannel_logout_uri: backchannel_logout_uri.map(str::to_owned),
            ..Registration::default()
        };
        let new = NewClient {
            client_id: Some(client.id.to_owned()),
            client_secret: client.secret.map(str::to_owned),
            post_logout_redirect_uris: vec![POST_LOGOUT_URI.to_owned(), format!("{POST_LOGOUT_URI}?kind=kept")],
            registration,
            ..NewClient::new(
                &format!("The {} client", client.id),
                ClientKind::Confidential,
                vec![client.redirect_uri.to_owned()],
            )
        };
        self.provider.add_client(new).await.unwrap();
    }
}

impl Browser {
    /// The token response that the client gets in this browser's session.
    pub async fn tokens_for(&self, client: &TestClient, scope: &str) -> Reply {
        let code = self.code_with_or_without_consent(&AuthRequest::openid(client, scope)).await;
        self.test.send(Test::exchange_call(client, &code)).await
    }

    /// An ID token of this browser's session.
    pub async fn id_token(&self, client: &TestClient) -> String {
        self.tokens_for(client, "").await.member("id_token")
    }

    /// Opens the end-session endpoint.
    pub async fn end_session(&self, pairs: &[(&str, &str)]) -> Reply {
        self.get(&end_session(pairs)).await
    }

    /// Opens it by a cross-site form: cookies with `SameSite=Lax` are not sent.
    pub async fn end_session_by_form(&self, pairs: &[(&str, &str)]) -> Reply {
        let call = Call::post("/oauth2/end-session", pairs).header("origin", "https://bye.example");
        self.test.send(call.header("sec-fetch-site", "cross-site").header("accept", "text/html")).await
    }

    pub async fn is_signed_in(&self) -> bool {
        self.get("/account").await.status == 200
    }
}

/// The path of a request to the end-session endpoint.
pub fn end_session(pairs: &[(&str, &str)]) -> String {
    format!("/oauth2/end-session?{}", Params::from_pairs(pairs.iter().copied()).encode())
}
