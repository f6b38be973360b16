//! What the developer area shows, and what it does besides registering: scopes that people may
//! leave out, two tabs that change one application, what a deletion ends, examples.

use crate::applications::{CALLBACK, NEW, filled, register};
use crate::harness::{AuthRequest, Form, SPA, Test};

#[tokio::test]
async fn a_scope_that_the_developer_marks_can_be_unticked_by_people() {
    let test = Test::new().await;
    let ada = test.signed_in("ada").await;
    let form = filled(&ada).await.with("optional_scope", "write");
    let refused = ada.submit(&form.clone().with("optional_scope", "introspect")).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("introspect is not a scope that exists here"));
    assert_eq!(Form::find(&refused.text(), NEW).unwrap().value("name"), Some("Photo Printer"));
    assert_eq!(ada.submit(&form).await.status, 200);
    let id = test.provider.applications(test.id_of("ada").await).await.unwrap().remove(0).client_id;
    let ask = AuthRequest::of(&SPA).with("client_id", &id).with("redirect_uri", CALLBACK).with("scope", "read write");
    let consent_form = ada.consent_form(&ask).await;
    let untickable: Vec<_> = consent_form.fields.iter().filter(|(name, _)| name == "optional_scope").collect();
    assert_eq!(untickable, [&("optional_scope".to_owned(), "write".to_owned())]);
    let page = format!("/developer/applications/{id}");
    let settings = ada.form(&page, &page).await;
    assert_eq!(settings.value("optional_scope"), Some("write"));
    let none: Vec<_> = settings.fields.iter().filter(|(name, _)| name != "optional_scope").cloned().collect();
    let saved = ada.submit(&Form { fields: none, ..settings }.with("intent", "save")).await;
    assert_eq!(saved.status, 303);
    assert!(test.provider.show_client(&id).await.unwrap().optional_scope.is_empty());
}

#[tokio::test]
async fn of_two_tabs_the_second_sees_what_differs_and_loses_nothing() {
    let test = Test::new().await;
    let ada = test.signed_in("ada").await;
    let app = register(&ada).await;
    let (first, second) = (ada.form(&app.path(""), &app.path("")).await, ada.form(&app.path(""), &app.path("")).await);
    assert_eq!(ada.submit(&first.with("intent", "save").with("name", "Theirs")).await.status, 303);
    let mine = second.with("intent", "save").with("description", "Mine");
    let reply = ada.submit(&mine.clone().with("name", "Mine too")).await;
    let text = reply.text();
    assert_eq!(reply.status, 422);
    assert!(text.contains("Someone changed this. Here is what differs.") && text.contains("<title>Error: "));
    let table = text.split_once("<tbody>").unwrap().1.split_once("</tbody>").unwrap().0;
    for shown in ["Name", "Theirs", "Mine too", "Description", ">Mine<", "Nothing"] {
        assert!(table.contains(shown), "{shown} in {table}");
    }
    assert!(!table.contains("Redirect URLs"), "{table}");
    let again = Form::find(&text, &app.path("")).unwrap();
    assert_eq!((again.value("name"), again.value("description")), (Some("Mine too"), Some("Mine")));
    assert_eq!(test.provider.show_client(&app.id).await.unwrap().name, "Theirs");
    assert_eq!(ada.submit(&again.with("intent", "save")).await.status, 303);
    assert_eq!(test.provider.show_client(&app.id).await.unwrap().name, "Mine too");
}

#[tokio::test]
async fn a_row_more_does_not_pass_over_what_the_other_tab_saved() {
    let test = Test::new().await;
    let ada = test.signed_in("ada").await;
    let app = register(&ada).await;
    let (first, second) = (ada.form(&app.path(""), &app.path("")).await, ada.form(&app.path(""), &app.path("")).await);
    assert_eq!(ada.submit(&first.with("intent", "save").with("name", "Theirs")).await.status, 303);
    let longer = ada.submit(&second.with("intent", "add")).await;
    let longer = Form::find(&longer.text(), &app.path("")).unwrap();
    assert_eq!(ada.submit(&longer.with("intent", "save")).await.status, 422);
    assert_eq!(test.provider.show_client(&app.id).await.unwrap().name, "Theirs");
}

#[tokio::test]
async fn two_tabs_that_save_the_same_have_nothing_to_settle() {
    let test = Test::new().await;
    let ada = test.signed_in("ada").await;
    let app = register(&ada).await;
    let form = ada.form(&app.path(""), &app.path("")).await.with("intent", "save").with("name", "Printer");
    assert_eq!((ada.submit(&form).await.status, ada.submit(&form).await.status), (303, 303));
    assert_eq!(test.provider.show_client(&app.id).await.unwrap().version, 2);
}

#[tokio::test]
async fn a_third_secret_says_which_one_dies() {
    let test = Test::new().await;
    let ada = test.signed_in("ada").await;
    let app = register(&ada).await;
    let rotate = ada.form(&app.path("/rotate"), &app.path("/rotate")).await;
    assert!(!ada.get(&app.path("/rotate")).await.text().contains("Two secrets work now"));
    assert_eq!(ada.submit(&rotate).await.status, 200);
    let hint = &app.secret[app.secret.len() - 4..];
    let text = ada.get(&app.path("/rotate")).await.text();
    let response = text.split_once("Two secrets work now. The older one, ").unwrap().1;
    assert!(
        response.starts_with(&format!("<code dir=\"ltr\">•••• {hint}</code>, stops working at once.")),
        "{response}"
    );
}

#[tokio::test]
async fn the_page_before_a_deletion_counts_people_and_tokens() {
    let test = Test::new().await;
    let ada = test.signed_in("ada").await;
    let app = register(&ada).await;
    let nobody = ada.get(&app.path("/delete")).await.text();
    assert!(nobody.contains("Nobody uses it.") && nobody.contains("It has no live tokens."));
    let ask = AuthRequest::of(&SPA).with("client_id", &app.id).with("redirect_uri", CALLBACK);
    let code = ada.code(&ask).await;
    assert_eq!(app.exchange(&test, &app.secret, &code).await.status, 200);
    let used = ada.get(&app.path("/delete")).await.text();
    for response in ["One person uses it.", "One person loses access.", "2 tokens stop working."] {
        assert!(used.contains(response), "{response}");
    }
}

#[tokio::test]
async fn localhost_is_taken_with_a_word_about_it() {
    let test = Test::new().await;
    let ada = test.signed_in("ada").await;
    let reply = ada.submit(&filled(&ada).await.with("redirect_uri", " http://localhost:9000/cb ")).await;
    assert_eq!(reply.status, 200);
    assert!(
        reply.text().contains("Prefer http://127.0.0.1") && reply.text().contains("value=\"http://localhost:9000/cb\"")
    );
    let other = register(&ada).await;
    assert!(!ada.get(&other.path("")).await.text().contains(">Prefer http://127.0.0.1"));
}

#[tokio::test]
async fn examples_bear_the_application_and_never_its_secret() {
    let test = Test::new().await;
    let ada = test.signed_in("ada").await;
    let app = register(&ada).await;
    let text = ada.get(&app.path("")).await.text();
    let issuer = &test.provider.settings().issuer;
    for part in [&app.id, issuer, CALLBACK, "CLIENT_SECRET"] {
        let code = text.split_once("<code id=\"snippet-node\">").unwrap().1.split_once("</code>").unwrap().0;
        assert!(code.contains(part), "{part} in {code}");
    }
    assert!(!text.contains(&app.secret));
    let api = ada.get("/developer").await.text();
    assert!(api.contains(&format!("{issuer}/oauth2/introspect")) && api.contains("href=\"/developer/applications\""));
}

#[tokio::test]
async fn the_owners_own_refused_address_is_added_after_a_question() {
    let test = Test::new().await;
    let ada = test.signed_in("ada").await;
    let app = register(&ada).await;
    let other = "https://printer.example/cb";
    let ask = AuthRequest::of(&SPA).with("client_id", &app.id).with("redirect_uri", other);
    assert!(!ada.get(&app.path("")).await.text().contains(">Recent problems<"));
    assert_eq!(ada.authorize(&ask).await.status, 400);
    test.provider.flush().await;
    let page = ada.get(&app.path("")).await.text();
    assert!(page.contains("https://printer.example/c<mark>b</mark>") && page.contains(">Add this URL<"), "{page}");
    let id = test.provider.recent_problems(test.id_of("ada").await, &app.id).await.unwrap().remove(0).id;
    let path = app.path(&format!("/problems/{id}/add"));
    assert!(ada.get(&path).await.text().contains("People will be sent to <bdi>printer.example</bdi>. Is that yours?"));
    assert_eq!(ada.submit(&ada.form(&path, &path).await).await.status, 303);
    assert!(ada.get(&app.path("")).await.text().contains(&format!("{other} added. It works now.")));
    assert_eq!(ada.authorize(&ask).await.status, 200);
    assert_eq!(ada.get(&path).await.status, 404);
}

#[tokio::test]
async fn a_strangers_request_is_shown_without_a_button_and_can_be_cleared() {
    let test = Test::new().await;
    test.user("grace").await;
    let (ada, grace) = (test.signed_in("ada").await, test.signed_in("grace").await);
    let app = register(&ada).await;
    let ask = AuthRequest::of(&SPA).with("client_id", &app.id).with("redirect_uri", "https://evil.example/cb");
    assert_eq!(grace.authorize(&ask).await.status, 400);
    test.provider.flush().await;
    let page = ada.get(&app.path("")).await.text();
    assert!(page.contains("https://<mark>e</mark>vil.example/cb") && !page.contains(">Add this URL<"), "{page}");
    let id = test.provider.recent_problems(test.id_of("ada").await, &app.id).await.unwrap().remove(0).id;
    assert_eq!(ada.get(&app.path(&format!("/problems/{id}/add"))).await.status, 404);
    let clear = ada.form(&app.path(""), &app.path("/problems/clear")).await;
    let csrf = grace.form(NEW, NEW).await.value("csrf").unwrap().to_owned();
    assert_eq!(grace.submit(&clear.clone().with("csrf", &csrf)).await.status, 404);
    assert!(ada.get(&app.path("")).await.text().contains("vil.example/cb"));
    assert_eq!(ada.submit(&clear).await.status, 303);
    let page = ada.get(&app.path("")).await.text();
    assert!(page.contains("Recent problems cleared") && !page.contains("vil.example"), "{page}");
}

#[tokio::test]
async fn the_developer_area_speaks_german() {
    let test = Test::new().await;
    let ada = test.signed_in("ada").await;
    let app = register(&ada).await;
    ada.set_cookie("jeton_language", "de");
    for (path, words) in [
        ("/developer".to_owned(), "Endpunkte"),
        ("/developer/applications".to_owned(), "OAuth2-Anwendungen"),
        (NEW.to_owned(), "Anwendung registrieren"),
        (app.path(""), "Änderungen speichern"),
        (app.path("/rotate"), "Client-Secret erneuern"),
        (app.path("/delete"), "„<bdi>Photo Printer</bdi>“ löschen?"),
    ] {
        assert!(ada.get(&path).await.text().contains(words), "{words} at {path}");
    }
}
