//! The token endpoint's share, and that of the endpoints beside it.

use oauth::{GrantType, Prefix, Secret};
use provider::PasswordGrant;
use provider::users::Rights;

use super::{check, check_all};
use crate::harness::{AuthRequest, CHALLENGE, Call, FIRST_PARTY, Reply, Test, TestClient, Tokens, VERIFIER};
use crate::problems::{Bench, NARROW, OWN, PUBLIC, id_in, page_of};

const CLIENT_CREDENTIALS: (&str, &str) = ("grant_type", "client_credentials");
const PASSWORD: [(&str, &str); 3] = [("grant_type", "password"), ("username", "ada"), ("password", "x")];

impl Bench {
    async fn code(&self) -> String {
        self.ada.code_with_or_without_consent(&AuthRequest::of(&OWN)).await
    }

    async fn tokens(&self) -> Tokens {
        Tokens::of(&self.redeem(&OWN, &self.code().await, "", "").await)
    }

    /// Redeems this code with one parameter changed or, by an empty value, left out.
    async fn redeem(&self, client: &TestClient, code: &str, name: &str, value: &str) -> Reply {
        let pairs = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", client.redirect_uri),
            ("code_verifier", VERIFIER),
        ];
        self.test.token(client, &pairs.map(|(key, right)| (key, if key == name { value } else { right }))).await
    }

    async fn refresh(&self, client: &TestClient, token: &str) -> Reply {
        self.test.send(Test::refresh_call(client, token)).await
    }
}

#[tokio::test]
async fn each_fault_of_a_code_is_named_to_the_owner_alone() {
    let bench = Bench::new().await;
    let unknown = Secret::new(Prefix::Code, [7; 32]).expose().to_owned();
    let spent = bench.code().await;
    assert_eq!(bench.redeem(&OWN, &spent, "", "").await.status, 200);
    let table = vec![
        (bench.redeem(&OWN, "", "", "").await, "missing", "code", ""),
        (bench.redeem(&OWN, "garbage", "", "").await, "malformed", "code", ""),
        (bench.redeem(&OWN, &unknown, "", "").await, "unknown", "code", ""),
        (bench.redeem(&OWN, &spent, "", "").await, "spent", "code", ""),
        (bench.redeem(&NARROW, &bench.code().await, "", "").await, "other_client", "code", ""),
    ];
    check_all(&bench, table).await;
    let late = bench.code().await;
    bench.test.clock.advance(65);
    let late = bench.redeem(&OWN, &late, "", "").await;
    let finding = bench.details(&bench.ada, &id_in(&late)).await["problem"]["finding"].clone();
    assert_eq!((&finding["age"], &finding["lifetime"]), (&65.into(), &60.into()));
    check(&bench, late, "expired", "code", "").await;
}

#[tokio::test]
async fn each_parameter_that_does_not_fit_its_code_is_named_to_the_owner_alone() {
    let bench = Bench::new().await;
    let with = async |name: &str, value: &str| bench.redeem(&OWN, &bench.code().await, name, value).await;
    let other = "https://own.example/cb";
    let unproven = bench.ada.code_with_or_without_consent(&AuthRequest::of(&NARROW).without_pkce()).await;
    let table = vec![
        (with("redirect_uri", other).await, "differs", "redirect_uri", other),
        (with("redirect_uri", "").await, "differs", "redirect_uri", ""),
        (with("code_verifier", "").await, "missing", "code_verifier", ""),
        (with("code_verifier", "short").await, "malformed", "code_verifier", ""),
        (with("code_verifier", CHALLENGE).await, "verifier_wrong", "code_verifier", ""),
        (bench.redeem(&NARROW, &unproven, "", "").await, "verifier_unasked", "code_verifier", ""),
    ];
    check_all(&bench, table).await;
    assert_eq!(with("", "").await.status, 200);
}

#[tokio::test]
async fn each_fault_of_a_refresh_token_is_named_to_the_owner_alone() {
    let bench = Bench::new().await;
    let unknown = Secret::new(Prefix::Refresh, [7; 32]).expose().to_owned();
    let revoked = bench.tokens().await.refresh;
    assert_eq!(bench.test.send(OWN.call("/oauth2/revoke", &[("token", &revoked)])).await.status, 200);
    let live = bench.tokens().await.refresh;
    let wide = [("grant_type", "refresh_token"), ("refresh_token", &live), ("scope", "read write")];
    let table = vec![
        (bench.refresh(&OWN, "").await, "missing", "refresh_token", ""),
        (bench.refresh(&OWN, "garbage").await, "malformed", "refresh_token", ""),
        (bench.refresh(&OWN, &unknown).await, "unknown", "refresh_token", ""),
        (bench.refresh(&OWN, &revoked).await, "revoked", "refresh_token", ""),
        (bench.refresh(&NARROW, &live).await, "other_client", "refresh_token", ""),
        (bench.test.token(&OWN, &wide).await, "scope_wider", "scope", "write"),
    ];
    check_all(&bench, table).await;
    let next = Tokens::of(&bench.refresh(&OWN, &live).await).refresh;
    Tokens::of(&bench.refresh(&OWN, &next).await);
    check(&bench, bench.refresh(&OWN, &live).await, "spent", "refresh_token", "").await;
}

#[tokio::test]
async fn an_expired_refresh_token_is_named_to_the_owner_alone() {
    let bench = Bench::new().await;
    let token = bench.tokens().await.refresh;
    bench.test.clock.advance(bench.test.provider.settings().refresh_token_ttl);
    // The sessions of that time have ended too.
    let (ada, grace) = (bench.test.signed_in("ada").await, bench.test.signed_in("grace").await);
    let bench = Bench { test: bench.test, ada, grace };
    check(&bench, bench.refresh(&OWN, &token).await, "expired", "refresh_token", "").await;
}

#[tokio::test]
async fn each_fault_of_a_token_request_is_named_to_the_owner_alone() {
    let bench = Bench::new().await;
    let third = TestClient { id: "third", secret: Some("third-secret-1234"), redirect_uri: "https://third.example/cb" };
    bench.register(&third, |new| new.grant_types = vec![GrantType::Password]).await;
    let send = async |client: &TestClient, pairs: &[(&str, &str)]| bench.test.token(client, pairs).await;
    let own_credentials = [CLIENT_CREDENTIALS];
    let table = vec![
        (send(&OWN, &[]).await, "missing", "grant_type", ""),
        (send(&OWN, &[("grant_type", "implicit")]).await, "unknown_value", "grant_type", "implicit"),
        (send(&OWN, &[CLIENT_CREDENTIALS, CLIENT_CREDENTIALS]).await, "repeated", "grant_type", ""),
        (send(&OWN, &own_credentials).await, "grant_not_allowed", "grant_type", "client_credentials"),
        (send(&OWN, &PASSWORD).await, "grant_not_allowed", "grant_type", "password"),
        (send(&third, &PASSWORD).await, "first_party_only", "grant_type", "password"),
        (send(&OWN, &PASSWORD[..2]).await, "missing", "password", ""),
    ];
    check_all(&bench, table).await;
}

#[tokio::test]
async fn each_fault_of_a_clients_proof_is_named_to_the_owner_alone() {
    let bench = Bench::new().await;
    let call = |pairs: &[(&str, &str)]| Call::post("/oauth2/token", &[&[CLIENT_CREDENTIALS], pairs].concat());
    let send = async |call: Call| bench.test.send(call).await;
    let (id, secret) = (("client_id", "own"), OWN.secret.unwrap());
    let (basic, post) = ("client_secret_basic", "client_secret_post");
    let posted = |secret| call(&[id, ("client_secret", secret)]);
    let table = vec![
        (send(call(&[]).basic("own", "wrong")).await, "secret_wrong", "client_secret", basic),
        (send(posted("wrong")).await, "secret_wrong", "client_secret", post),
        (send(call(&[id])).await, "secret_missing", "client_secret", "none"),
        (send(call(&[]).basic("public", "x")).await, "secret_unexpected", "client_secret", basic),
        (send(posted(secret).basic("own", secret)).await, "two_methods", "client_secret", ""),
        (send(call(&[("client_id", "narrow")]).basic("own", secret)).await, "two_clients", "client_id", ""),
        (send(PUBLIC.call("/oauth2/introspect", &[("token", "x")])).await, "needs_secret", "client_id", "none"),
        (send(OWN.call("/oauth2/revoke", &[])).await, "missing", "token", ""),
    ];
    check_all(&bench, table).await;
    bench.test.provider.disable_client("own").await.unwrap();
    check(&bench, send(posted(secret)).await, "disabled", "client_id", post).await;
}

#[tokio::test]
async fn a_grant_that_the_operator_turned_off_is_named_to_administrators() {
    let test = Test::with_password_grant(PasswordGrant::Off).await;
    let id = id_in(&test.token(&FIRST_PARTY, &PASSWORD).await);
    let administrator = Rights { administrator: Some(true), ..Rights::default() };
    test.provider.set_user("ada", administrator).await.unwrap();
    test.provider.flush().await;
    let ada = test.signed_in("ada").await;
    let reply = ada.send(Call::get(&page_of(&id)).header("accept", "application/json")).await;
    assert_eq!(reply.json()["details"]["problem"]["finding"]["fault"], "grant_off");
}
