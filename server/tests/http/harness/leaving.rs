//! A client that takes part in signing out, and what it does.

use oauth::{ClientKind, Params, Registration};
use provider::clients::NewClient;

use super::{Ask, Browser, Call, Reply, Side, Test};

/// Registered to come back after signing out, and to be told.
pub const BYE: Side =
    Side { id: "bye", secret: Some("bye-secret-57721566"), redirect_uri: "https://bye.example/callback" };

/// Where people go after signing out.
pub const OUT: &str = "https://bye.example/out";

/// Where [`BYE`] is told that a session ended.
pub const HEAR: &str = "https://bye.example/back-channel";

impl Test {
    /// A server where [`BYE`] is registered.
    pub async fn with_bye() -> Self {
        let test = Self::new().await;
        test.add_leaver(&BYE, Some(HEAR)).await;
        test
    }

    /// Registers a client that takes part in signing out.
    pub async fn add_leaver(&self, side: &Side, hear: Option<&str>) {
        let registration = Registration { backchannel_logout_uri: hear.map(str::to_owned), ..Registration::default() };
        let new = NewClient {
            client_id: Some(side.id.to_owned()),
            client_secret: side.secret.map(str::to_owned),
            post_logout_redirect_uris: vec![OUT.to_owned(), format!("{OUT}?kind=kept")],
            registration,
            ..NewClient::new(
                &format!("The {} client", side.id),
                ClientKind::Confidential,
                vec![side.redirect_uri.to_owned()],
            )
        };
        self.provider.add_client(new).await.unwrap();
    }
}

impl Browser {
    /// What the client gets in this browser's session.
    pub async fn tokens_for(&self, side: &Side, scope: &str) -> Reply {
        let code = self.allow_or_go(&Ask::openid(side, scope)).await;
        self.test.send(Test::exchange_call(side, &code)).await
    }

    /// An ID token of this browser's session.
    pub async fn id_token(&self, side: &Side) -> String {
        self.tokens_for(side, "").await.member("id_token")
    }

    /// Opens the end-session endpoint.
    pub async fn end_session(&self, pairs: &[(&str, &str)]) -> Reply {
        self.get(&end_session(pairs)).await
    }

    /// Opens it by a form of another site: cookies with `SameSite=Lax` stay behind.
    pub async fn end_session_by_form(&self, pairs: &[(&str, &str)]) -> Reply {
        let call = Call::post("/oauth2/end-session", pairs).header("origin", "https://bye.example");
        self.test.send(call.header("sec-fetch-site", "cross-site").header("accept", "text/html")).await
    }

    pub async fn is_signed_in(&self) -> bool {
        self.get("/account").await.status == 200
    }
}

/// The address of a request to sign out.
pub fn end_session(pairs: &[(&str, &str)]) -> String {
    format!("/oauth2/end-session?{}", Params::from_pairs(pairs.iter().copied()).encode())
}
