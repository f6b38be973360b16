//! The users, scopes and clients of every test's server: `ada` with full access, and a client of
//! each kind.

use oauth::{Access, ClientKind, GrantType, Scope};
use provider::clients::NewClient;
use provider::users::NewUser;
use provider::{Provider, User};

use super::{Call, Test};

pub const PASSWORD: &str = "correct horse battery staple";

/// A client as the tests know it.
#[derive(Clone, Copy, Debug)]
pub struct TestClient {
    pub id: &'static str,
    pub secret: Option<&'static str>,
    pub redirect_uri: &'static str,
}

/// Confidential, with PKCE: the common case.
pub const WEB: TestClient =
    TestClient { id: "web", secret: Some("web-secret-31415926"), redirect_uri: "https://web.example/callback" };
/// Confidential, registered without PKCE.
pub const NO_PKCE: TestClient =
    TestClient { id: "lax", secret: Some("lax-secret-27182818"), redirect_uri: "https://lax.example/callback" };
/// Public, with an https address.
pub const SPA: TestClient = TestClient { id: "spa", secret: None, redirect_uri: "https://spa.example/callback" };
/// Public, on the loopback interface.
pub const NATIVE: TestClient = TestClient { id: "native", secret: None, redirect_uri: "http://127.0.0.1/callback" };
/// First party: may use the password grant.
pub const FIRST_PARTY: TestClient =
    TestClient { id: "house", secret: Some("house-secret-16180339"), redirect_uri: "https://house.example/callback" };
/// Confidential, acts for itself only.
pub const MACHINE: TestClient = TestClient { id: "machine", secret: Some("machine-secret-14142135"), redirect_uri: "" };

impl TestClient {
    /// Lets this client prove who it is: by Basic, or by its id in the body where it has no secret.
    pub fn call(&self, path: &str, pairs: &[(&str, &str)]) -> Call {
        match self.secret {
            Some(secret) => Call::post(path, pairs).basic(self.id, secret),
            None => {
                let mut pairs = pairs.to_vec();
                pairs.push(("client_id", self.id));
                Call::post(path, &pairs)
            }
        }
    }

    pub fn new_client(&self) -> NewClient {
        let kind = if self.secret.is_some() { ClientKind::Confidential } else { ClientKind::Public };
        let uris = Some(self.redirect_uri).filter(|uri| !uri.is_empty()).map(str::to_owned);
        NewClient {
            client_id: Some(self.id.to_owned()),
            client_secret: self.secret.map(str::to_owned),
            ..NewClient::new(&format!("The {} client", self.id), kind, uris.into_iter().collect())
        }
    }
}

pub async fn populate(provider: &Provider) {
    for (name, title) in [("read", "Read your things"), ("write", ""), ("service_id=uslicer.iponweb.com", "")] {
        provider.add_scope(name, title, "").await.unwrap();
    }
    let every = vec![GrantType::AuthorizationCode, GrantType::Password, GrantType::RefreshToken];
    let clients = [
        WEB.new_client(),
        NewClient { require_pkce: false, ..NO_PKCE.new_client() },
        SPA.new_client(),
        NewClient {
            redirect_uris: vec![NATIVE.redirect_uri.to_owned(), "http://[::1]/callback".to_owned()],
            ..NATIVE.new_client()
        },
        NewClient { first_party: true, grant_types: every, ..FIRST_PARTY.new_client() },
        MACHINE.new_client(),
    ];
    for client in clients {
        provider.add_client(client).await.unwrap();
    }
    provider.add_user(NewUser::full("ada", PASSWORD)).await.unwrap();
}

impl Test {
    /// A user with full access.
    pub async fn user(&self, name: &str) -> User {
        self.provider.add_user(NewUser::full(name, PASSWORD)).await.unwrap()
    }

    /// A user who holds only these scopes.
    pub async fn partial_user(&self, name: &str, scope: &str) -> User {
        let allowed = Scope::parse(scope).unwrap();
        let new = NewUser { access: Access::Partial, allowed, ..NewUser::full(name, PASSWORD) };
        self.provider.add_user(new).await.unwrap()
    }

    /// The user's number.
    pub async fn id_of(&self, name: &str) -> i64 {
        self.provider.show_user(name).await.unwrap().id
    }
}
