//! Connected applications: what each did, and removing its access by form and by server function
//! alike.

use oauth::answer::{ConnectionsDialog, ConnectionsView, Done};

use crate::harness::{AuthRequest, Browser, NATIVE, SPA, Test, Tokens, WEB, unescape};
use crate::server_functions::Page;

const LIST: &str = "/account/applications";

/// The ids of the rows, from above.
async fn ids(test: &Test) -> Vec<String> {
    let connections = test.provider.connections(test.id_of("ada").await).await.unwrap();
    connections.into_iter().map(|one| one.id).collect()
}

/// Three applications have access; the last one comes first.
async fn three(test: &Test, browser: &Browser) -> Vec<String> {
    let native = AuthRequest::of(&NATIVE).with("redirect_uri", "http://127.0.0.1:5000/callback");
    for ask in [AuthRequest::of(&WEB), AuthRequest::of(&SPA), native] {
        test.clock.advance(1);
        browser.allow(&ask).await;
    }
    ids(test).await
}

async fn listed(browser: &Browser, page: &Page) -> ConnectionsView {
    browser.send(page.call("/ui/connections/list", "")).await.answer()
}

#[tokio::test]
async fn what_an_application_did_stands_in_its_row_in_its_question_and_on_its_page() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let tokens = Tokens::of(&test.exchange(&browser.code(&AuthRequest::of(&WEB)).await).await);
    let grant = ids(&test).await.remove(0);
    let one = format!("{LIST}/{grant}");
    assert!(!browser.get(LIST).await.text().contains("in 30 days"), "nothing was done yet");
    test.provider.flush().await;
    for _ in 0..3 {
        assert!(test.is_active(&tokens.access).await);
    }
    let page = Page::of(&browser).await;
    let asked = browser.send(page.call("/ui/connections/ask_remove", &format!("id={grant}"))).await.answer();
    let ConnectionsDialog::Remove(consent_form) = asked else { unreachable!("{asked:?}") };
    assert_eq!(consent_form.uses, "Used 3 times in 30 days");
    for path in [LIST, &one, &format!("{one}/remove")] {
        let html = unescape(&browser.get(path).await.text());
        assert!(html.contains("Used 3 times in 30 days"), "{path}: {html}");
        assert!(html.contains("Last asked by "), "{path}: {html}");
    }
    let consent_form = unescape(&browser.get(&format!("{one}/remove")).await.text());
    let (_, stops) = consent_form.split_once("It can no longer:").unwrap();
    assert!(stops.contains("Read your things"), "{stops}");
    assert_eq!(test.tokeninfo(&tokens.access).await.status, 200);
    assert!(browser.get(LIST).await.text().contains("Last checked its own access"));
}

#[tokio::test]
async fn form_and_server_function_remove_alike_and_lead_to_the_next_row() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let page = Page::of(&browser).await;
    let rows = three(&test, &browser).await;
    assert_eq!(rows.len(), 3);

    // In place: the row after it is beside it. A second press is as good.
    for next in [Some(rows[1].clone()), None] {
        let called = browser.send(page.call("/ui/connections/remove", &format!("id={}", rows[0]))).await;
        let removed = Done { announcement: "Access removed".to_owned(), next };
        assert_eq!(called.answer::<ConnectionsDialog>(), ConnectionsDialog::Removed(removed));
    }

    // As a form: the same sentence, and the focus on the row that is left.
    let remove = format!("{LIST}/{}/remove", rows[2]);
    let done = browser.submit(&browser.form(&remove, &remove).await).await;
    assert_eq!((done.status, done.location()), (303, format!("{LIST}?next={}", rows[1]).as_str()));
    let html = browser.get(done.location()).await.text();
    assert!(html.contains("Access removed"), "{html}");
    let (_, row) = html.split_once(&format!("action=\"{LIST}/{}/remove\"", rows[1])).unwrap();
    assert!(row.split_once("</form>").unwrap().0.contains("autofocus"), "{row}");
    assert_eq!(ids(&test).await, [rows[1].clone()]);
    assert_eq!(listed(&browser, &page).await.rows.len(), 1);
}

#[tokio::test]
async fn somebody_elses_application_is_neither_asked_about_nor_removed() {
    let test = Test::new().await;
    test.user("bob").await;
    let tokens = test.tokens().await;
    let grant = ids(&test).await.remove(0);
    let bob = test.signed_in("bob").await;
    let page = Page::of(&bob).await;
    let asked = bob.send(page.call("/ui/connections/ask_remove", &format!("id={grant}"))).await;
    assert_eq!((asked.status, asked.json()["kind"].as_str()), (404, Some("NotFound")));
    let removed = bob.send(page.call("/ui/connections/remove", &format!("id={grant}"))).await;
    assert_eq!((removed.status, removed.json()["kind"].as_str()), (404, Some("NotFound")));
    assert!(test.is_active(&tokens.access).await);
    assert!(listed(&bob, &page).await.rows.is_empty());
}
