//! Renaming a permanent token, by form and by server function, by the rules of a new name.

use oauth::answer::{Done, TokenDialog};

use crate::harness::{Browser, Call, Form, Test, secret_in, unescape};
use crate::server_functions::Page;

const LIST: &str = "/account/tokens";

/// A token of this person: its id and its value.
async fn token(test: &Test, browser: &Browser) -> (String, String) {
    let form = browser.form("/account/tokens/new", "/account/tokens/new").await;
    let made = browser.submit(&form.with("name", "backup <b>").with("intent", "create").also("scopes", "read")).await;
    let id = test.provider.token_list(test.id_of("ada").await, "", 1).await.unwrap().tokens.remove(0).id;
    (id, secret_in(&made.text(), "jtn_pt_"))
}

async fn named(test: &Test) -> String {
    test.provider.token_list(test.id_of("ada").await, "", 1).await.unwrap().tokens.remove(0).name
}

#[tokio::test]
async fn the_new_name_is_told_in_its_row_and_the_value_works_on() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let (id, value) = token(&test, &browser).await;
    let path = format!("{LIST}/{id}/rename");
    let page = browser.get(&path).await.text();
    assert!(page.contains("<title>Rename “backup &lt;b&gt;” – "), "{page}");
    let form = Form::find(&page, &path).unwrap();
    assert_eq!(form.value("name"), Some("backup <b>"));
    let done = browser.submit(&form.clone().with("name", " nightly \u{202e}backup ")).await;
    assert_eq!((done.status, done.location()), (303, format!("{LIST}?renamed={id}").as_str()));
    let list = browser.get(done.location()).await.text();
    assert!(list.contains("Token renamed to “nightly backup”"), "{list}");
    assert!(list.contains(&format!("id=\"token-{id}\" tabindex=\"-1\" autofocus")), "{list}");
    assert!(!browser.get(done.location()).await.text().contains("Token renamed"), "it is told once");
    assert_eq!(named(&test).await, "nightly backup");
    assert!(test.is_active(&value).await);
    // A second press is as good as one.
    assert_eq!(browser.submit(&form.with("name", "nightly backup")).await.status, 303);
    assert_eq!(test.database.count("permanent_tokens").await, 1);
}

#[tokio::test]
async fn form_and_server_function_refuse_alike_and_nothing_typed_is_lost() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let (id, _) = token(&test, &browser).await;
    let (page, path) = (Page::of(&browser).await, format!("{LIST}/{id}/rename"));
    for name in ["", "  ", "\u{202e}", &"x".repeat(101)] {
        let form = browser.form(&path, &path).await;
        let plain = browser.submit(&form.with("name", name)).await;
        let encoded: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
        let called = browser.send(page.call("/ui/tokens/rename", &format!("id={id}&name={encoded}"))).await;
        let (html, answer): (_, TokenDialog) = (unescape(&plain.text()), called.answer());
        assert_eq!((plain.status, called.status), (422, 200), "{name:?}");
        let TokenDialog::Rename(consent_form) = answer else { unreachable!("{answer:?}") };
        let told = &consent_form.problems[0].text;
        assert!(html.contains(&format!("<a href=\"#name\">{told}</a>")), "{told} in {html}");
        assert!(html.contains("<title>Error: Rename"), "{html}");
        assert_eq!(consent_form.name, name);
        assert_eq!(Form::find(&plain.text(), &path).unwrap().value("name"), Some(name));
    }
    assert_eq!(named(&test).await, "backup <b>");
    let done = browser.send(page.call("/ui/tokens/rename", &format!("id={id}&name=n"))).await.answer();
    let TokenDialog::Renamed(done) = done else { unreachable!("{done:?}") };
    assert_eq!(done, Done { announcement: "Token renamed to “n”".to_owned(), next: Some(id) });
}

#[tokio::test]
async fn an_old_form_and_somebody_who_was_signed_out_keep_what_was_typed() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let (id, _) = token(&test, &browser).await;
    let path = format!("{LIST}/{id}/rename");
    let old = browser.send(Call::post(&path, &[("csrf", "old"), ("name", "kept words")])).await;
    assert_eq!(old.status, 403);
    assert!(old.text().contains("value=\"kept words\"") && old.text().contains("open too long"), "{}", old.text());
    let form = browser.form(&path, &path).await.with("name", "kept words");
    test.provider.end_other_sessions(test.id_of("ada").await, "").await.unwrap();
    let back = browser.submit(&form).await.param("return_to").unwrap();
    browser.sign_in_as("ada").await;
    let again = browser.form(&back, &path).await;
    assert_eq!(again.value("name"), Some("kept words"));
    assert_eq!(named(&test).await, "backup <b>", "a link never renames");
    assert_eq!(browser.submit(&again).await.status, 303);
    assert_eq!(named(&test).await, "kept words");
}

#[tokio::test]
async fn neither_another_persons_token_nor_a_revoked_one_gets_a_name() {
    let test = Test::new().await;
    test.user("grace").await;
    let (ada, grace) = (test.signed_in("ada").await, test.signed_in("grace").await);
    let (id, _) = token(&test, &ada).await;
    let path = format!("{LIST}/{id}/rename");
    let csrf = grace.form("/account/password", "/account/password").await.value("csrf").unwrap().to_owned();
    assert_eq!(grace.get(&path).await.status, 404);
    assert_eq!(grace.send(Call::post(&path, &[("csrf", &csrf), ("name", "mine")])).await.status, 404);
    assert_eq!(named(&test).await, "backup <b>");
    let form = ada.form(&path, &path).await.with("name", "late");
    test.provider.revoke_token(test.id_of("ada").await, &id).await.unwrap();
    assert_eq!((ada.submit(&form).await.status, ada.get(&path).await.status), (404, 404));
    let list = ada.get(LIST).await.text();
    assert!(list.contains("backup &lt;b&gt;") && !list.contains("/rename"), "{list}");
}
