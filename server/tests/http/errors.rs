//! Error pages in the visitor's language with the next step, and JSON in English for programs.

use provider::users::Rights;

use crate::harness::{AuthRequest, Call, Form, Test, WEB};
use crate::problems::{Bench, OWN, id_in, page_of};

#[tokio::test]
async fn an_error_is_told_in_the_language_of_the_browser_and_to_programs_in_english() {
    let test = Test::new().await;
    let german = |path: &str| Call::get(path).header("accept-language", "de-AT,en;q=0.5");
    let page = test.browser().send(german("/nowhere")).await;
    assert!(
        page.status == 404 && page.text().contains("<html lang=\"de\"") && page.text().contains("Seite nicht gefunden")
    );
    // Nothing is known about the sender of this one but the headers.
    let bare = test.browser().send(german("/developer/applications/%00")).await;
    assert!(bare.status == 404 && bare.text().contains("Seite nicht gefunden"), "{}", bare.text());
    let json = test.send(german("/nowhere").header("accept", "application/json")).await;
    assert_eq!(json.member("error_description"), "There is nothing at this address, or it belongs to somebody else.");
    let kind = test.browser().send(german("/errors/invalid_grant")).await;
    assert!(
        kind.text().contains("Warum diese Anfrage abgelehnt wurde") && kind.text().contains("/errors/invalid_grant")
    );
    let json = test.send(german("/errors/access_denied").header("accept", "application/json")).await;
    assert_eq!(json.member("error_description"), "The person, or the server on their behalf, said no.");
    let link = german(&AuthRequest::of(&WEB).with("client_id", "nobody").path()).header("accept", "application/json");
    let response =
        "The application sent you here with a request that we cannot follow, so we stopped. Nothing was shared.";
    assert_eq!(test.send(link).await.member("error_description"), response);
}

#[tokio::test]
async fn a_page_that_takes_only_forms_says_so_to_browsers() {
    let test = Test::new().await;
    for path in ["/consent", "/logout", "/account/theme"] {
        let page = test.browser().get(path).await;
        assert_eq!((page.status, page.is_error_page(), page.header("allow")), (405, true, "POST"), "{path}");
        assert!(page.text().contains("This page cannot be opened like this"), "{path}");
        let json = test.send(Call::get(path).header("accept", "application/json")).await;
        assert_eq!(json.member("error_description"), "This address does not take that method.", "{path}");
    }
}

#[tokio::test]
async fn the_details_are_expanded_for_who_can_fix_it() {
    let bench = Bench::new().await;
    let to = |uri: &str| AuthRequest::of(&OWN).with("redirect_uri", uri);
    let open = async |browser: &crate::harness::Browser, uri: &str| {
        let page = browser.authorize(&to(uri)).await;
        assert!(page.is_error_page() && page.text().contains("The own app") && page.text().contains("<details"));
        page.text().contains("<details open")
    };
    assert!(!open(&bench.grace, "https://own.example/cb").await);
    assert!(open(&bench.grace, "http://localhost:3000/cb").await, "a developer's own machine");
    assert!(open(&bench.ada, "https://own.example/cb").await, "the owner");
}

#[tokio::test]
async fn the_owner_reads_what_differs_and_is_asked_before_it_is_added() {
    let bench = Bench::new().await;
    let id =
        id_in(&bench.refused(&bench.ada, &AuthRequest::of(&OWN).with("redirect_uri", "https://own.example/cb")).await);
    bench.test.provider.flush().await;
    let page = bench.ada.get(&page_of(&id)).await.text();
    assert!(page.contains("number 22, is the first that differs"), "{page}");
    assert!(page.contains("https://own.example/c<mark>b</mark>") && page.contains("Open The own app"), "{page}");
    let ask = format!("/developer/applications/own/problems/{id}/add");
    assert!(page.contains(&format!("action=\"{ask}\"")), "{page}");
    assert_eq!(bench.grace.get(&ask).await.status, 404);
    let form = Form::find(&bench.ada.get(&ask).await.text(), &ask).unwrap();
    assert_eq!((form.value("version"), form.value("csrf").is_some()), (Some("1"), true));
    let administrator = Rights { administrator: Some(true), ..Rights::default() };
    bench.test.provider.set_user("grace", administrator).await.unwrap();
    let asked = bench.grace.get(&ask).await.text();
    assert!(asked.contains("People will be sent to <bdi>own.example</bdi>. Is that yours?"), "{asked}");
    assert!(!asked.contains("Open The own app"), "an administrator has no page for it");
    let added = bench.grace.submit(&Form::find(&asked, &ask).unwrap()).await;
    assert_eq!((added.status, added.location()), (303, page_of(&id).as_str()));
    assert_eq!(bench.ada.get(&ask).await.status, 404);
}
