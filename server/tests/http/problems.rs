//! The page behind an `error_uri`: details for the client's owner, and for nobody else.

use oauth::{ClientKind, GrantType, Scope};
use provider::clients::NewClient;
use provider::users::Rights;

use crate::harness::{AuthRequest, Browser, Call, Form, ISSUER, Reply, Test, TestClient, VERIFIER};

/// An application of `ada`'s: confidential, with PKCE.
pub const OWN: TestClient =
    TestClient { id: "own", secret: Some("own-secret-31415926"), redirect_uri: "https://own.example/callback" };
/// Hers too: registered without PKCE, for the scope `read` alone, and with a second address.
pub const NARROW: TestClient =
    TestClient { id: "narrow", secret: Some("narrow-secret-2718"), redirect_uri: "https://narrow.example/callback" };
/// Hers too: public.
pub const PUBLIC: TestClient =
    TestClient { id: "public", secret: None, redirect_uri: "https://public.example/callback" };

/// A server, the owner of three applications, and another user.
pub struct Bench {
    pub test: Test,
    pub ada: Browser,
    pub grace: Browser,
}

impl Bench {
    pub async fn new() -> Self {
        let test = Test::new().await;
        test.user("grace").await;
        let (ada, grace) = (test.signed_in("ada").await, test.signed_in("grace").await);
        let bench = Self { test, ada, grace };
        bench.register(&OWN, |_| {}).await;
        let narrow = |new: &mut NewClient| {
            new.require_pkce = false;
            new.scope = Some(Scope::of(["read"]));
            new.redirect_uris.push("https://narrow.example/second".to_owned());
        };
        bench.register(&NARROW, narrow).await;
        bench.register(&PUBLIC, |_| {}).await;
        bench
    }

    /// Registers an application of `ada`'s.
    pub async fn register(&self, client: &TestClient, change: impl FnOnce(&mut NewClient)) {
        let kind = if client.secret.is_some() { ClientKind::Confidential } else { ClientKind::Public };
        let mut new = NewClient {
            client_id: Some(client.id.to_owned()),
            client_secret: client.secret.map(str::to_owned),
            owner: Some(self.test.id_of("ada").await),
            ..NewClient::new(&format!("The {} app", client.id), kind, vec![client.redirect_uri.to_owned()])
        };
        change(&mut new);
        self.test.provider.add_client(new).await.unwrap();
    }

    /// The JSON error that a program gets; for an error by redirect, the redirect.
    pub async fn refused(&self, browser: &Browser, ask: &AuthRequest) -> Reply {
        browser.send(Call::get(&ask.path()).header("accept", "application/json")).await
    }

    /// The owner's view, as a program reads it.
    pub async fn details(&self, reader: &Browser, id: &str) -> serde_json::Value {
        self.test.provider.flush().await;
        let reply = reader.send(Call::get(&page_of(id)).header("accept", "application/json")).await;
        assert_eq!(reply.status, 200, "{id}");
        reply.json()["details"].clone()
    }

    fn problems(&self) -> String {
        format!("/developer/applications/{}/problems", OWN.id)
    }

    /// Presses the button, as far as there is one.
    async fn add(&self, browser: &Browser, id: &str, version: &str) -> Reply {
        let form: Form = browser.form("/account/password", "/account/password").await;
        let csrf = form.value("csrf").unwrap().to_owned();
        browser
            .send(Call::post(&format!("{}/{id}/add", self.problems()), &[("csrf", &csrf), ("version", version)]))
            .await
    }
}

/// The last part of an answer's `error_uri`.
pub fn id_in(reply: &Reply) -> String {
    let uri = reply.param("error_uri").unwrap_or_else(|| reply.member("error_uri"));
    let id = uri.strip_prefix(&format!("{ISSUER}/errors/")).map(str::to_owned);
    id.unwrap_or_else(|| no_uri(reply))
}

#[expect(clippy::panic, reason = "the test ends here")]
fn no_uri(reply: &Reply) -> String {
    panic!("no error_uri: {} {} {:?}", reply.status, reply.location(), reply.body)
}

pub fn page_of(id: &str) -> String {
    format!("/errors/{id}")
}

/// A page without what is different in every request: its id in the log.
pub fn without_request_id(reply: &Reply) -> String {
    reply.text().replace(reply.header("x-request-id"), "")
}

/// A request for an address that is not registered.
fn elsewhere(uri: &str) -> AuthRequest {
    AuthRequest::of(&OWN).with("redirect_uri", uri)
}

#[tokio::test]
async fn a_refused_redirect_on_a_host_of_ones_own_can_be_added_and_the_next_try_works() {
    let bench = Bench::new().await;
    let ask = elsewhere("https://own.example/cb");
    let id = id_in(&bench.refused(&bench.ada, &ask).await);
    let details = bench.details(&bench.ada, &id).await;
    assert_eq!(details["problem"]["may_add"], true);
    assert_eq!(details["problem"]["difference"]["nearest"], OWN.redirect_uri);
    assert_eq!(details["problem"]["difference"]["at"], 21);
    let added = bench.add(&bench.ada, &id, &details["version"].to_string()).await;
    assert_eq!((added.status, added.location()), (303, "/developer/applications/own"));
    assert!(bench.ada.get("/developer/applications/own").await.text().contains("https://own.example/cb added"));
    assert!(bench.ada.code(&ask).await.starts_with("jtn_ac_"));
    assert_eq!(bench.details(&bench.ada, &id).await, serde_json::Value::Null);
    assert_eq!(bench.add(&bench.ada, &id, "1").await.status, 303, "a second press finds it done");
}

#[tokio::test]
async fn a_redirect_on_another_host_has_no_button_and_a_loopback_one_has() {
    let bench = Bench::new().await;
    let table = [("https://evil.example/", false), ("http://127.0.0.1:9000/cb", true), ("http://[::1]/cb", true)];
    for (uri, may_add) in table {
        // The owner may have followed a link on another site.
        for browser in [&bench.test.browser(), &bench.grace, &bench.ada] {
            let id = id_in(&bench.refused(browser, &elsewhere(uri)).await);
            assert_eq!(bench.details(&bench.ada, &id).await["problem"]["may_add"], may_add, "{uri}");
            if !may_add {
                assert_eq!(bench.add(&bench.ada, &id, "1").await.status, 404);
            }
        }
    }
    let uris = bench.test.provider.show_client("own").await.unwrap().redirect_uris;
    assert_eq!(uris, [OWN.redirect_uri]);
}

#[tokio::test]
async fn an_application_of_somebody_else_is_not_there_and_a_form_without_a_token_does_nothing() {
    let bench = Bench::new().await;
    let id = id_in(&bench.refused(&bench.ada, &elsewhere("https://own.example/cb")).await);
    bench.test.provider.flush().await;
    assert_eq!(bench.add(&bench.grace, &id, "1").await.status, 404);
    let path = format!("{}/{id}/add", bench.problems());
    assert_eq!(bench.ada.send(Call::post(&path, &[("version", "1")])).await.status, 403);
    assert_eq!(bench.add(&bench.ada, &id, "9").await.status, 409);
    assert_eq!(bench.add(&bench.ada, "invalid_request-nonsense", "1").await.status, 404);
    assert_eq!(bench.test.provider.show_client("own").await.unwrap().redirect_uris, [OWN.redirect_uri]);
    assert_eq!(bench.add(&bench.ada, &id, "1").await.status, 303);
}

#[tokio::test]
async fn an_administrator_reads_what_the_owner_reads_also_of_the_operators_clients() {
    let bench = Bench::new().await;
    let own = id_in(&bench.refused(&bench.ada, &elsewhere("https://own.example/cb")).await);
    let house = AuthRequest::of(&crate::harness::WEB).with("scope", "nonsense");
    let house = id_in(&bench.grace.authorize(&house).await);
    for id in [&own, &house] {
        assert_eq!(bench.details(&bench.grace, id).await, serde_json::Value::Null);
    }
    let administrator = Rights { administrator: Some(true), ..Rights::default() };
    bench.test.provider.set_user("grace", administrator).await.unwrap();
    assert_eq!(bench.details(&bench.grace, &own).await["client_name"], "The own app");
    assert_eq!(bench.details(&bench.grace, &house).await["problem"]["finding"]["fault"], "scope_unknown");
}

#[tokio::test]
async fn the_error_page_leads_its_owner_to_the_application_and_nobody_else() {
    let bench = Bench::new().await;
    let ask = elsewhere("https://own.example/cb");
    let link = "href=\"/developer/applications/own\"";
    let own = bench.ada.authorize(&ask).await;
    assert!(own.is_error_page() && own.text().contains(link) && own.text().contains("Open The own app"));
    for stranger in [&bench.grace, &bench.test.browser()] {
        let page = stranger.authorize(&ask).await;
        assert!(page.is_error_page() && !page.text().contains(link) && !page.text().contains(OWN.redirect_uri));
    }
}

#[tokio::test]
async fn what_went_well_or_was_somebodys_will_leaves_no_problem() {
    let bench = Bench::new().await;
    let denied = bench.ada.submit(&bench.ada.consent_form(&AuthRequest::of(&OWN)).await.with("decision", "deny")).await;
    assert_eq!(id_in(&denied), "access_denied");
    let silent = bench.test.browser().authorize(&AuthRequest::of(&OWN).with("prompt", "none")).await;
    assert_eq!(id_in(&silent), "login_required");
    let code = bench.ada.code(&AuthRequest::of(&OWN)).await;
    assert_eq!(bench.test.send(Test::exchange_call(&OWN, &code)).await.status, 200);
    let unnamed = bench.test.send(Call::post("/oauth2/token", &[("grant_type", "client_credentials")])).await;
    assert_eq!(id_in(&unnamed), "invalid_client");
    bench.test.provider.flush().await;
    let ada = bench.test.id_of("ada").await;
    assert!(bench.test.provider.recent_problems(ada, "own").await.unwrap().is_empty());
}

#[tokio::test]
async fn equal_requests_have_one_address_and_are_counted() {
    let bench = Bench::new().await;
    let ask = AuthRequest::of(&OWN).with("scope", "nonsense");
    let ids = [
        id_in(&bench.ada.authorize(&ask).await),
        id_in(&bench.ada.authorize(&ask.clone().with("state", "another")).await),
        id_in(&bench.grace.authorize(&ask).await),
    ];
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    assert_eq!(bench.details(&bench.ada, &ids[0]).await["problem"]["times"], 3);
    let narrow = id_in(&bench.ada.authorize(&AuthRequest::of(&NARROW).with("scope", "nonsense")).await);
    assert_ne!(narrow, ids[0], "another client's");
}

#[tokio::test]
async fn a_flood_in_the_name_of_a_client_is_answered_and_bounded() {
    let bench = Bench::new().await;
    for number in 0..200 {
        let reply = bench.test.browser().authorize(&elsewhere(&format!("https://evil.example/{number}"))).await;
        assert_eq!(reply.status, 400);
    }
    bench.test.provider.flush().await;
    let ada = bench.test.id_of("ada").await;
    let problems = bench.test.provider.recent_problems(ada, "own").await.unwrap();
    assert_eq!(problems.iter().map(|problem| problem.times).sum::<i64>(), 20);
}

#[tokio::test]
async fn no_secret_is_stored_wherever_it_is_sent() {
    let bench = Bench::new().await;
    let (secret, private) = ("hunter2-hunter2", "private-state-0123");
    let code = bench.ada.code(&AuthRequest::of(&OWN)).await;
    let refresh = bench.test.tokens().await.refresh;
    let base = AuthRequest::of(&OWN).with("state", private).with("nonce", private).also("code", &code);
    let asks = [
        base.clone().with("redirect_uri", &format!("https://own.example/cb?code={secret}&token={code}#{secret}")),
        base.clone().with("redirect_uri", &format!("https://{secret}@own.example/{refresh}")),
        base.clone().with("scope", &format!("{code} {private}")),
        base.clone().with("prompt", private),
        base.clone().with("response_type", &refresh),
        base.with("code_challenge", VERIFIER).with("code_challenge_method", private),
    ];
    for ask in &asks {
        bench.details(&bench.ada, &id_in(&bench.refused(&bench.ada, ask).await)).await;
    }
    let tries: [&[(&str, &str)]; 4] = [
        &[("grant_type", "authorization_code"), ("code", &code), ("code_verifier", secret)],
        &[("grant_type", "refresh_token"), ("refresh_token", &refresh), ("scope", &refresh)],
        &[("grant_type", secret), ("password", secret)],
        &[("grant_type", "client_credentials"), ("client_secret", secret)],
    ];
    for pairs in tries {
        bench.details(&bench.ada, &id_in(&bench.test.token(&OWN, pairs).await)).await;
    }
    let wrong = bench.test.send(Call::post("/oauth2/token", tries[0]).basic("own", secret)).await;
    bench.details(&bench.ada, &id_in(&wrong)).await;
    let dump = bench.test.database.dump().await;
    assert!(dump.contains("problems.sent: https://own.example/cb?code=…&token=…"), "{dump}");
    let kept: Vec<&str> = dump.lines().filter(|line| line.starts_with("problems.")).collect();
    assert!(kept.len() > 40);
    for hidden in [secret, private, &code, &refresh, VERIFIER, OWN.secret.unwrap()] {
        assert!(!kept.iter().any(|line| line.contains(hidden)), "{hidden} is kept");
    }
}

#[tokio::test]
async fn a_kind_that_does_not_exist_has_no_page() {
    let bench = Bench::new().await;
    for path in ["/errors/nonsense", "/errors/invalid_grant-x", "/errors/INVALID_GRANT", "/errors"] {
        assert_eq!(bench.ada.get(path).await.status, 404, "{path}");
    }
    let page = bench.test.browser().get("/errors/invalid_grant").await;
    assert_eq!((page.status, page.is_error_page()), (200, true));
    let json = bench.test.send(Call::get("/errors/invalid_grant").header("accept", "application/json")).await;
    assert_eq!((json.status, json.member("error").as_str()), (200, "invalid_grant"));
}

#[tokio::test]
async fn a_client_that_may_not_use_a_grant_is_named_what_it_asked_for() {
    let bench = Bench::new().await;
    let worker =
        TestClient { id: "worker", secret: Some("worker-secret-1234"), redirect_uri: "https://worker.example/cb" };
    bench.register(&worker, |new| new.grant_types = vec![GrantType::ClientCredentials]).await;
    let id = id_in(&bench.ada.authorize(&AuthRequest::of(&worker)).await);
    let finding = bench.details(&bench.ada, &id).await["problem"]["finding"].clone();
    assert_eq!((&finding["fault"], &finding["sent"]), (&"grant_not_allowed".into(), &"authorization_code".into()));
}
