//! The pages of permanent tokens: create, show once, use, revoke (rows U2 to U6).

use provider::Provider;
use serde_json::json;

use crate::harness::{Browser, Call, Form, Reply, Test, secret_in};

const NEW: &str = "/account/tokens/new";

/// Creates a token by the form; the page that answers.
async fn create(browser: &Browser, name: &str, scopes: &[&str]) -> Reply {
    let form = browser.form(NEW, NEW).await.with("name", name).with("intent", "create");
    let form = scopes.iter().fold(form, |form, scope| form.also("scopes", scope));
    browser.submit(&form).await
}

async fn count(provider: &Provider, user_id: i64) -> i64 {
    provider.token_list(user_id, "", 1).await.unwrap().total
}

#[tokio::test]
async fn a_token_is_shown_once_works_for_ever_and_is_revoked() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let reply = create(&browser, "backup script", &["read", "service_id=uslicer.iponweb.com"]).await;
    assert_eq!(reply.status, 200);
    let value = secret_in(&reply.text(), "jtn_pt_");
    let list = browser.get("/account/tokens").await.text();
    assert!(list.contains("backup script") && !list.contains(&value) && list.contains(&value[value.len() - 4..]));
    test.clock.advance(10 * 365 * 86_400);
    let whole = json!({
        "id": test.id_of("ada").await, "scope": ["read", "service_id=uslicer.iponweb.com"], "username": "ada", "access": "full",
    });
    assert_eq!(test.tokeninfo(&value).await.json(), whole);
    let told = test.introspect(&value).await;
    assert_eq!((&told["active"], &told["exp"], &told["client_id"]), (&json!(true), &json!(null), &json!(null)));
    let browser = test.signed_in("ada").await;
    let id = test.provider.token_list(test.id_of("ada").await, "", 1).await.unwrap().tokens.remove(0).id;
    let revoke = format!("/account/tokens/{id}/revoke");
    let done = browser.submit(&browser.form(&revoke, &revoke).await).await;
    assert_eq!((done.status, done.location()), (303, "/account/tokens?next="));
    let page = browser.get(done.location()).await.text();
    assert!(
        page.contains("Token “backup script” revoked")
            && page.contains("autofocus class=\"button filled\">New permanent token<"),
        "{page}"
    );
    assert!(!test.is_active(&value).await);
}

#[tokio::test]
async fn scopes_are_added_and_removed_and_nothing_typed_is_lost() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let form = browser.form(NEW, NEW).await.with("name", "mine <b>").with("scope", "uslicer.iponweb.com");
    let added = browser.submit(&form.with("intent", "add")).await;
    assert_eq!(added.status, 200);
    let form = Form::find(&added.text(), NEW).unwrap();
    assert_eq!(form.value("scopes"), Some("service_id=uslicer.iponweb.com"));
    assert_eq!((form.value("name"), form.value("scope")), (Some("mine <b>"), Some("")));
    let unknown = browser.submit(&form.clone().with("scope", "nonsense").with("intent", "add")).await;
    assert_eq!(unknown.status, 422);
    assert!(unknown.text().contains("nonsense is not a scope that exists here"));
    let form = Form::find(&unknown.text(), NEW).unwrap();
    assert_eq!((form.value("scope"), form.value("scopes")), (Some("nonsense"), Some("service_id=uslicer.iponweb.com")));
    let removed = browser.submit(&form.with("intent", "remove:service_id=uslicer.iponweb.com")).await;
    assert_eq!(removed.status, 200);
    assert_eq!(Form::find(&removed.text(), NEW).unwrap().value("scopes"), None);
    assert_eq!(count(&test.provider, test.id_of("ada").await).await, 0);
}

#[tokio::test]
async fn an_incomplete_form_comes_back_with_a_word_for_each_field() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let empty = create(&browser, "", &[]).await;
    assert_eq!(empty.status, 422);
    assert!(empty.text().contains("Enter a name") && empty.text().contains("Add at least one scope"));
    let long = create(&browser, &"x".repeat(101), &["read"]).await;
    assert!(long.status == 422 && long.text().contains("Use 100 characters or fewer"));
    let unknown = create(&browser, "a", &["nonsense"]).await;
    assert!(unknown.status == 422 && unknown.text().contains("nonsense is not a scope that exists here"));
    let form = browser.form(NEW, NEW).await.with("name", "a").with("scope", "read").with("intent", "create");
    let forgotten = browser.submit(&form).await;
    assert_eq!(forgotten.status, 422);
    assert!(forgotten.text().contains("You chose read but did not add it. Add it, or choose nothing."));
    assert_eq!(count(&test.provider, test.id_of("ada").await).await, 0);
    assert_eq!(create(&browser, "a", &["read"]).await.status, 200);
}

#[tokio::test]
async fn the_same_form_makes_no_second_token() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let form = browser.form(NEW, NEW).await.with("name", "once").with("intent", "create").also("scopes", "read");
    let (first, second) = tokio::join!(browser.submit(&form), browser.submit(&form));
    let texts = [first.text(), second.text()];
    assert_eq!(texts.iter().filter(|text| text.contains("<span>Copy this token now")).count(), 1);
    assert_eq!(texts.iter().filter(|text| text.contains("<div>This token was already created")).count(), 1);
    assert!(browser.submit(&form).await.text().contains("<div>This token was already created"));
    assert_eq!(count(&test.provider, test.id_of("ada").await).await, 1);
    // Another person's form with the same id is another form.
    test.user("grace").await;
    let grace = test.signed_in("grace").await;
    let form_id = form.value("form_id").unwrap();
    let own = grace.form(NEW, NEW).await.with("name", "b").with("form_id", form_id).with("intent", "create");
    assert!(grace.submit(&own.also("scopes", "read")).await.text().contains("Copy this token now"));
}

#[tokio::test]
async fn another_persons_token_is_not_there() {
    let test = Test::new().await;
    test.user("grace").await;
    let (ada, grace) = (test.signed_in("ada").await, test.signed_in("grace").await);
    let value = secret_in(&create(&ada, "mine", &["read"]).await.text(), "jtn_pt_");
    let id = test.provider.token_list(test.id_of("ada").await, "", 1).await.unwrap().tokens.remove(0).id;
    let path = format!("/account/tokens/{id}/revoke");
    assert_eq!(grace.get(&path).await.status, 404);
    let csrf = grace.form(NEW, NEW).await.value("csrf").unwrap().to_owned();
    assert_eq!(grace.send(Call::post(&path, &[("csrf", &csrf)])).await.status, 404);
    assert!(!grace.get("/account/tokens").await.text().contains("mine"));
    assert_eq!(ada.send(Call::post(&path, &[])).await.status, 403);
    assert!(test.is_active(&value).await);
}

#[tokio::test]
async fn a_partial_account_chooses_among_what_it_holds() {
    let test = Test::new().await;
    test.partial_user("guest", "read").await;
    let guest = test.signed_in("guest").await;
    let refused = create(&guest, "a", &["write"]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("You may not use the scope write"));
    let value = secret_in(&create(&guest, "a", &["read"]).await.text(), "jtn_pt_");
    assert_eq!(test.tokeninfo(&value).await.json()["access"], "partial");
    assert!(create(&guest, "a", &["introspect"]).await.status == 422);
}

#[tokio::test]
async fn a_link_fills_the_form_and_creates_nothing() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let form = browser.form("/account/tokens/new?name=from+a+link&scope=read&scope=nonsense&intent=create", NEW).await;
    assert_eq!((form.value("name"), form.value("scopes")), (Some("from a link"), Some("read")));
    assert_eq!(form.fields.iter().filter(|(name, _)| name == "scopes").count(), 1);
    assert_eq!(count(&test.provider, test.id_of("ada").await).await, 0);
}

#[tokio::test]
async fn hostile_pages_of_the_list_are_just_pages() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    create(&browser, "100% <b>mine</b>_", &["read"]).await;
    for page in ["0", "-1", "999999999999999999999", "9223372036854775807", "abc", "1e18", "' or 1=1"] {
        assert_eq!(
            browser.get(&format!("/account/tokens?page={}", page.replace(' ', "+"))).await.status,
            200,
            "{page}"
        );
    }
    let found = async |query: &str| {
        browser.get(&format!("/account/tokens?q={query}")).await.text().contains("<h2>No token has this name")
    };
    assert!(!found("100%25").await && found("%25%25").await && found("%27").await && !found("MINE").await);
    assert!(!browser.get("/account/tokens").await.text().contains("<b>mine"));
}

#[tokio::test]
async fn who_was_signed_out_meanwhile_comes_back_to_what_was_typed() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let form = browser.form(NEW, NEW).await.with("name", "kept").also("scopes", "read").with("intent", "create");
    test.provider.end_other_sessions(test.id_of("ada").await, "").await.unwrap();
    let reply = browser.submit(&form).await;
    let back = reply.param("return_to").unwrap();
    browser.sign_in_as("ada").await;
    let form = browser.form(&back, NEW).await;
    assert_eq!((form.value("name"), form.value("scopes")), (Some("kept"), Some("read")));
}

#[tokio::test]
async fn a_form_with_an_old_token_makes_nothing_and_keeps_what_was_typed() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let typed = [("csrf", "old"), ("name", "kept words"), ("scopes", "read"), ("intent", "create")];
    let reply = browser.send(Call::post("/account/tokens/new", &typed)).await;
    assert_eq!(reply.status, 403);
    assert!(reply.text().contains("kept words") && reply.text().contains("open too long"));
    let typed =
        [("csrf", "old"), ("name", "kept words"), ("redirect_uri", "https://rp.example/kept"), ("intent", "register")];
    let reply = browser.send(Call::post("/developer/applications/new", &typed)).await;
    assert_eq!(reply.status, 403);
    assert!(reply.text().contains("kept words") && reply.text().contains("https://rp.example/kept"));
    assert!(browser.get("/account/tokens").await.text().contains("No permanent tokens yet"));
    assert!(browser.get("/developer/applications").await.text().contains("No applications yet"));
}
