//! The sign-out settings on an application's page.

use crate::applications::register;
use crate::harness::{Browser, Form, Reply, Test, TestClient, end_session};

const BACK_CHANNEL_URI: &str = "https://printer.example/hear";

async fn open_form(browser: &Browser, id: &str) -> Form {
    let page = format!("/developer/applications/{id}");
    browser.form(&page, &format!("{page}/sign-out")).await
}

fn filled(form: Form, addresses: &str, backchannel_logout_uri: &str) -> Form {
    form.with("post_logout_redirect_uris", addresses).with("backchannel_logout_uri", backchannel_logout_uri)
}

fn refused(reply: &Reply, message: &str) {
    let text = reply.text();
    assert!(
        reply.status == 422 && text.contains(message) && text.contains("<details open><summary>Addresses"),
        "{text}"
    );
}

#[tokio::test]
async fn what_the_developer_saves_holds_for_signing_out_and_the_rest_stays() {
    let test = Test::new().await;
    let ada = test.signed_in("ada").await;
    let app = register(&ada).await;
    let form = filled(
        open_form(&ada, &app.id).await,
        "https://printer.example/out\r\nhttps://printer.example/bye",
        BACK_CHANNEL_URI,
    );
    assert_eq!(ada.submit(&form).await.status, 303);
    let stored = test.provider.show_client(&app.id).await.unwrap();
    assert_eq!(stored.post_logout_redirect_uris, ["https://printer.example/out", "https://printer.example/bye"]);
    assert_eq!(stored.registration.backchannel_logout_uri.as_deref(), Some(BACK_CHANNEL_URI));
    assert!(stored.name == "Photo Printer" && app.opens(&test, &app.secret).await);
    let page = ada.get(&format!("/developer/applications/{}", app.id)).await.text();
    assert!(page.contains("https://printer.example/out\nhttps://printer.example/bye</textarea>"), "{page}");
    assert_eq!(open_form(&ada, &app.id).await.value("backchannel_logout_uri"), Some(BACK_CHANNEL_URI));
    let uri = stored.redirect_uris[0].clone();
    let client =
        TestClient { id: app.id.clone().leak(), secret: Some(app.secret.clone().leak()), redirect_uri: uri.leak() };
    let hint = ada.id_token(&client).await;
    let out = [("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", "https://printer.example/bye")];
    assert_eq!(ada.get(&end_session(&out)).await.location(), "https://printer.example/bye");
    assert_eq!(test.provider.clients_with_due_notices().await.unwrap(), [app.id.as_str()]);
    let ada = test.signed_in("ada").await;
    assert_eq!(ada.submit(&filled(open_form(&ada, &app.id).await, "", "")).await.status, 303);
    let stored = test.provider.show_client(&app.id).await.unwrap();
    assert!(stored.post_logout_redirect_uris.is_empty() && stored.registration == oauth::Registration::default());
}

#[tokio::test]
async fn what_is_wrong_is_said_beside_it_and_what_was_typed_stays() {
    let test = Test::new().await;
    let ada = test.signed_in("ada").await;
    let app = register(&ada).await;
    let form = open_form(&ada, &app.id).await;
    let reply =
        ada.submit(&filled(form.clone(), "https://a.example/out\nhttps://a.example/#x", "http://a.example")).await;
    refused(&reply, "logout notices need an https address");
    let again = Form::find(&reply.text(), &form.action).unwrap();
    assert_eq!(again.value("backchannel_logout_uri"), Some("http://a.example"));
    assert!(reply.text().contains("https://a.example/out\nhttps://a.example/#x</textarea>"));
    assert_eq!(again.value("version"), form.value("version"));
    assert!(test.provider.show_client(&app.id).await.unwrap().post_logout_redirect_uris.is_empty());
    assert_eq!(ada.submit(&filled(again, "https://a.example/out", "")).await.status, 303);
    refused(
        &ada.submit(&filled(form.clone(), "https://b.example/out", "")).await,
        "Someone else changed this application",
    );
    let old = ada.submit(&filled(form, "https://c.example/out", "").with("csrf", "")).await;
    assert!(old.status == 403 && old.text().contains("https://c.example/out</textarea>"));
    assert_eq!(test.provider.show_client(&app.id).await.unwrap().post_logout_redirect_uris, ["https://a.example/out"]);
}

#[tokio::test]
async fn nobody_but_the_owner_changes_how_an_application_signs_out() {
    let test = Test::new().await;
    test.user("grace").await;
    let (ada, grace) = (test.signed_in("ada").await, test.signed_in("grace").await);
    let (app, hers) = (register(&ada).await, register(&grace).await);
    let form = filled(open_form(&grace, &hers.id).await, "https://evil.example/out", "");
    let foreign = Form { action: form.action.replace(&hers.id, &app.id), ..form.clone() };
    assert_eq!(grace.submit(&foreign).await.status, 404);
    assert_eq!(grace.submit(&form).await.status, 303);
    assert!(test.provider.show_client(&app.id).await.unwrap().post_logout_redirect_uris.is_empty());
}
