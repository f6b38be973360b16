//! The suite: its two clients, its person, and a browser that knows no scripts.

use oauth::Registration;
use provider::clients::NewClient;
use provider::users::NewUser;
use serde_json::{Value, json};
use server::state::Edge;

use super::checks;
use super::suite_browser::Landing;
use crate::harness::{AuthRequest, Browser, Call, PASSWORD, Reply, Test, TestClient, unique};

/// How the answer is to come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// `response_mode=query`, the default.
    Query,
    /// `response_mode=form_post`.
    FormPost,
}

/// The first client: confidential, no PKCE, by Basic.
pub const FIRST: TestClient = TestClient {
    id: "conformance",
    secret: Some("conformance-secret-57721566"),
    redirect_uri: "https://suite.example/test/a/jeton/callback",
};
/// The second one, at the same address.
pub const SECOND: TestClient = TestClient { id: "conformance-2", secret: Some("conformance-secret-14159265"), ..FIRST };

/// Where people go after signing out.
pub const LEFT: &str = "https://suite.example/test/a/jeton/post_logout_redirect";
/// The clients' `backchannel_logout_uri`.
pub const TOLD: &str = "https://suite.example/test/a/jeton/backchannel_logout";

/// A run of one module.
pub struct Suite {
    pub test: Test,
    pub browser: Browser,
    pub mode: Mode,
}

/// A whole flow, every step of it checked as the suite checks it.
pub struct Flow {
    pub landing: Landing,
    pub reply: Reply,
    pub id_token: Value,
    pub userinfo: Value,
}

impl Suite {
    /// A server on which `ada` has every standard claim, and a browser that has never been there.
    pub async fn begin(mode: Mode) -> Self {
        let test = Test::empty(|_| {}, Edge::default()).await;
        for client in [FIRST, SECOND] {
            let registration = Registration {
                backchannel_logout_uri: Some(TOLD.to_owned()),
                backchannel_logout_session_required: true,
                ..Registration::default()
            };
            let post_logout_redirect_uris = vec![LEFT.to_owned()];
            let client =
                NewClient { require_pkce: false, registration, post_logout_redirect_uris, ..client.new_client() };
            test.provider.add_client(client).await.unwrap();
        }
        test.provider.add_user(ada()).await.unwrap();
        let browser = test.browser();
        Self { test, browser, mode }
    }

    /// A request of the first client.
    pub fn ask(&self, scope: &str) -> AuthRequest {
        self.ask_as(&FIRST, scope)
    }

    pub fn ask_as(&self, client: &TestClient, scope: &str) -> AuthRequest {
        let fresh = |name: &str| format!("{name}-{}", unique());
        let ask = AuthRequest::of(client).without_pkce().with("scope", format!("openid {scope}").trim());
        let ask = ask.with("state", &fresh("state")).with("nonce", &fresh("nonce"));
        match self.mode {
            Mode::Query => ask,
            Mode::FormPost => ask.with("response_mode", "form_post"),
        }
    }

    /// Opens the request and goes on as the suite's browser does, to the client or to a page of
    /// ours that leads nowhere.
    pub async fn visit(&self, ask: &AuthRequest) -> Landing {
        Landing::of(&self.browser, self.browser.authorize(ask).await).await
    }

    /// The same, and the answer has to be as every answer has to be.
    pub async fn land(&self, ask: &AuthRequest) -> Landing {
        let landing = self.visit(ask).await;
        checks::answer(&landing, self.mode, ask);
        landing
    }

    /// Redeems a code by Basic, without PKCE.
    pub async fn exchange(&self, client: &TestClient, code: &str) -> Reply {
        let pairs = [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", client.redirect_uri)];
        self.test.token(client, &pairs).await
    }

    /// The happy flow of the first client.
    pub async fn flow(&self, ask: &AuthRequest) -> Flow {
        self.flow_as(&FIRST, ask).await
    }

    pub async fn flow_as(&self, client: &TestClient, ask: &AuthRequest) -> Flow {
        let landing = self.land(ask).await;
        let reply = self.exchange(client, &landing.code()).await;
        self.finish(client, ask, landing, reply).await
    }

    /// Checks the tokens that a code bought, and uses them.
    pub async fn finish(&self, client: &TestClient, ask: &AuthRequest, landing: Landing, reply: Reply) -> Flow {
        checks::tokens(&reply);
        let id_token = checks::id_token(&self.test, client, ask.value("nonce"), &reply).await;
        let userinfo = self.userinfo(Call::get("/oauth2/userinfo").bearer(&reply.member("access_token"))).await;
        assert_eq!(userinfo["sub"], id_token["sub"]);
        Flow { landing, reply, id_token, userinfo }
    }

    /// The claims of userinfo, which may not be empty.
    pub async fn userinfo(&self, call: Call) -> Value {
        let reply = self.test.send(call).await;
        assert_eq!((reply.status, reply.header("content-type")), (200, "application/json"), "{:?}", reply.body);
        reply.json()
    }
}

/// The person of the suite, of whom all is known that the standard has a name for (OpenID Connect
/// Core §5.1).
fn ada() -> NewUser {
    let further = json!({
        "middle_name": "King", "nickname": "Countess", "profile": "https://ada.example/", "gender": "female",
        "picture": "https://ada.example/ada.png", "website": "https://ada.example/notes", "birthdate": "1915-12-10",
        "zoneinfo": "Europe/London", "locale": "en-GB", "email_verified": true,
        "phone_number": "+44 20 7946 0815", "phone_number_verified": false,
        "address": {
            "formatted": "12 St James's Square\nLondon SW1Y 4JH\nUnited Kingdom", "locality": "London",
            "street_address": "12 St James's Square", "postal_code": "SW1Y 4JH", "country": "United Kingdom",
        },
    });
    NewUser {
        email: Some("ada@ada.example".into()),
        given_name: Some("Ada".into()),
        family_name: Some("Lovelace".into()),
        claims: further.as_object().unwrap().clone(),
        ..NewUser::full("ada", PASSWORD)
    }
}
