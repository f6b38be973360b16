//! What is granted is what the consent page showed, and the code goes where the page said.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use oauth::form::ClientForm;
use oauth::{Client, ClientKind, Params, Scope, SecretHash};
use provider::clients::NewClient;

use crate::harness::{AuthRequest, Browser, Call, Form, Reply, SPA, Test, VERIFIER, WEB};

const CALLBACK: &str = "https://opt.example/cb";

/// An application of this developer, with a scope that may be left out.
async fn optional(test: &Test, owner: i64) -> Client {
    let new = NewClient {
        optional_scope: Scope::parse("write").unwrap(),
        owner: Some(owner),
        ..NewClient::new("Opt", ClientKind::Public, vec![CALLBACK.to_owned()])
    };
    test.provider.add_client(new).await.unwrap().0
}

fn ask(client: &Client) -> AuthRequest {
    AuthRequest::of(&SPA).with("client_id", &client.id).with("redirect_uri", CALLBACK)
}

async fn scope_of(test: &Test, client: &Client, reply: &Reply) -> String {
    let code = reply.param("code").unwrap();
    let pairs = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
        ("client_id", &client.id),
    ];
    test.send(Call::post("/oauth2/token", &pairs)).await.member("scope")
}

/// The question that this answer leads to once more: nothing was allowed.
async fn asked_again(browser: &Browser, reply: &Reply) -> Form {
    assert!(reply.location().starts_with("/oauth2/authorize?"), "{} {}", reply.status, reply.location());
    browser.form(reply.location(), "/consent").await.with("decision", "allow")
}

#[tokio::test]
async fn what_was_left_out_is_not_granted_because_it_stopped_being_optional() {
    let test = Test::new().await;
    test.user("grace").await;
    let grace = test.id_of("grace").await;
    let client = optional(&test, grace).await;
    let browser = test.signed_in("ada").await;
    let form = browser.consent_form(&ask(&client).with("scope", "read write")).await.with("decision", "allow");
    assert_eq!(form.value("optional_scope"), Some("write"));
    let form = form.with("optional_scope", "");
    let saved = ClientForm {
        name: client.name.clone(),
        description: String::new(),
        redirect_uris: client.redirect_uris.clone(),
        kind: client.kind,
        require_pkce: true,
        optional_scopes: Vec::new(),
    };
    test.provider.save_application(grace, &client.id, &saved, client.version).await.unwrap();
    let reply = browser.submit(&form).await;
    let again = asked_again(&browser, &reply).await;
    assert!(test.provider.connections(test.id_of("ada").await).await.unwrap().is_empty());
    assert_eq!(again.value("optional_scope"), None, "the page says now that it cannot be left out");
    assert_eq!(scope_of(&test, &client, &browser.submit(&again).await).await, "read write");
}

#[tokio::test]
async fn a_scope_that_came_to_exist_meanwhile_is_asked_for() {
    let test = Test::new().await;
    let client = optional(&test, test.id_of("ada").await).await;
    let browser = test.signed_in("ada").await;
    let form = browser.consent_form(&ask(&client).without("scope")).await.with("decision", "allow");
    test.provider.add_scope("delete", "Delete everything", "").await.unwrap();
    let reply = browser.submit(&form).await;
    let again = asked_again(&browser, &reply).await;
    assert!(test.provider.connections(test.id_of("ada").await).await.unwrap().is_empty());
    assert!(scope_of(&test, &client, &browser.submit(&again).await).await.contains("delete"));
}

#[tokio::test]
async fn rights_that_were_narrowed_meanwhile_narrow_what_is_granted() {
    let test = Test::new().await;
    let client = optional(&test, test.id_of("ada").await).await;
    test.user("grace").await;
    let browser = test.signed_in("grace").await;
    let form = browser.consent_form(&ask(&client).with("scope", "read write")).await.with("decision", "allow");
    let rights = provider::users::Rights {
        access: Some(oauth::Access::Partial),
        allowed: Some(Scope::parse("read").unwrap()),
        administrator: None,
    };
    test.provider.set_user("grace", rights).await.unwrap();
    assert_eq!(scope_of(&test, &client, &browser.submit(&form).await).await, "read");
}

#[tokio::test]
async fn the_answer_goes_where_the_page_said_or_asks_again() {
    let test = Test::new().await;
    let grace = test.user("grace").await.id;
    let client = optional(&test, grace).await;
    let browser = test.signed_in("ada").await;
    let ask = ask(&client).without("redirect_uri");
    for decision in ["allow", "deny"] {
        let stored = test.provider.show_client(&client.id).await.unwrap();
        let form = browser.consent_form(&ask.clone().with("prompt", "consent")).await.with("decision", decision);
        let elsewhere = ClientForm {
            name: stored.name.clone(),
            description: String::new(),
            redirect_uris: vec![format!("https://{decision}.example/cb")],
            kind: stored.kind,
            require_pkce: true,
            optional_scopes: Vec::new(),
        };
        test.provider.save_application(grace, &client.id, &elsewhere, stored.version).await.unwrap();
        let reply = browser.submit(&form).await;
        let again = asked_again(&browser, &reply).await;
        let reply = browser.submit(&again.with("decision", decision)).await;
        assert!(reply.location().starts_with(&format!("https://{decision}.example/cb?")), "{}", reply.location());
    }
}

#[tokio::test]
async fn a_form_of_the_version_before_is_asked_again_and_one_of_nobody_is_refused() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let form = browser.consent_form(&AuthRequest::of(&WEB)).await.with("decision", "allow");
    let session = SecretHash::of(&browser.session().unwrap());
    let query = Params::from_pairs(AuthRequest::of(&WEB).pairs()).encode();
    let now = test.provider.now().seconds();
    let sealed = |session: &str| {
        let payload = format!("{}.{now}.{now}.{query}", "0".repeat(32));
        let mac = test.provider.key().mac("consent", &[session.as_bytes(), payload.as_bytes()]);
        format!("{}.{}", BASE64.encode(payload), BASE64.encode(mac))
    };
    assert_eq!(browser.submit(&form.clone().with("request", &sealed("nobody"))).await.status, 403);
    let reply = browser.submit(&form.with("request", &sealed(session.as_str()))).await;
    let again = asked_again(&browser, &reply).await;
    assert!(browser.submit(&again).await.param("code").is_some());
}
