//! The list of permanent tokens: long, searched, in German, and on a database that fails.

use oauth::form::NewToken;

use crate::harness::{Browser, Database, Form, Reply, Test};

const NEW: &str = "/account/tokens/new";

/// Makes a token behind the pages; its id.
async fn token(test: &Test, name: &str) -> String {
    let form = NewToken { name: name.to_owned(), scope: String::new(), scopes: vec!["read".to_owned()] };
    test.provider.create_token(test.id_of("ada").await, &form, name).await.unwrap().id
}

async fn typed(browser: &Browser, name: &str) -> Form {
    browser.form(NEW, NEW).await.with("name", name).with("intent", "create").also("scopes", "read")
}

async fn revoke(browser: &Browser, id: &str) -> Reply {
    let path = format!("/account/tokens/{id}/revoke");
    browser.submit(&browser.form(&path, &path).await).await
}

#[tokio::test]
async fn a_thousand_tokens_are_paged_and_found() {
    let test = Test::new().await;
    let id = test.id_of("ada").await;
    test.database
        .run(&format!(
            "with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000) \
             insert into permanent_tokens (id, token_hash, user_id, name, scope, hint, created_at) \
             select 't' || (10000 + i), 'h' || i, {id}, 'token ' || i, 'read', 'abcd', i from n"
        ))
        .await;
    let browser = test.signed_in("ada").await;
    let rows = |page: &str| page.matches("scope=\"row\"").count();
    let first = browser.get("/account/tokens").await.text();
    assert_eq!(rows(&first), 50);
    assert!(first.contains("<bdi>token 1000</bdi>") && first.contains("Page 1 of 20") && first.contains("page=2"));
    for page in ["20", "21", "99999"] {
        let last = browser.get(&format!("/account/tokens?page={page}")).await.text();
        assert!(last.contains("<bdi>token 1</bdi>") && last.contains("Page 20 of 20"), "{page}");
    }
    let found = browser.get("/account/tokens?q=TOKEN+77&page=9").await.text();
    assert_eq!(rows(&found), 11);
    assert!(found.contains("value=\"TOKEN 77\"") && !found.contains("aria-label=\"Pages\""));
}

#[tokio::test]
async fn done_leads_to_the_new_row_and_says_so() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    token(&test, "older").await;
    let created = browser.submit(&typed(&browser, "backup <script>").await).await.text();
    let (_, id) = created.split_once("name=\"created\" value=\"").unwrap();
    let id = id.split_once('"').unwrap().0;
    let page = browser.get(&format!("/account/tokens?created={id}")).await.text();
    assert!(page.contains(&format!("<span id=\"token-{id}\" tabindex=\"-1\" autofocus>")), "{page}");
    assert!(page.contains("Token “backup &lt;script&gt;” created"), "{page}");
    for stranger in ["nonsense", ""] {
        let page = browser.get(&format!("/account/tokens?created={stranger}")).await.text();
        assert!(!page.contains("” created") && !page.contains("autofocus><bdi>"), "{stranger}");
    }
}

#[tokio::test]
async fn after_revoking_the_focus_stands_on_the_row_beside() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let mut ids = Vec::new();
    for name in ["first", "second", "third"] {
        ids.push(token(&test, name).await);
        test.clock.advance(1);
    }
    let done = revoke(&browser, &ids[1]).await;
    assert_eq!((done.status, done.location()), (303, format!("/account/tokens?next={}", ids[0]).as_str()));
    let page = browser.get(done.location()).await.text();
    assert!(
        page.contains(&format!("aria-describedby=\"token-{}\" autofocus class=\"button small\">Revoke", ids[0])),
        "{page}"
    );
    assert!(page.contains("<details id=\"inactive-tokens\" open><summary>Recently revoked and expired (1)"), "{page}");
    assert!(revoke(&browser, &ids[0]).await.location().ends_with(&ids[2]), "the last row has none below");
    let again = revoke(&browser, &ids[0]).await;
    assert_eq!(again.status, 303, "a second tab succeeds quietly");
    assert!(browser.get(again.location()).await.text().contains("Token “first” revoked"));
}

#[tokio::test]
async fn a_list_that_cannot_be_read_takes_nothing_else_with_it() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let form = typed(&browser, "backup").await;
    test.database.run("alter table permanent_tokens rename to elsewhere").await;
    let page = browser.get("/account/tokens").await;
    assert_eq!(page.status, 503);
    for part in ["We could not load your tokens. Nothing has changed.", "Try again", "role=\"tablist\"", "Sign out"] {
        assert!(page.text().contains(part), "{part}");
    }
    let failed = browser.submit(&form).await;
    assert_eq!(failed.status, 503);
    assert!(failed.text().contains("We could not create the token. Nothing was created."));
    let kept = Form::find(&failed.text(), NEW).unwrap();
    let value = |name| kept.value(name).map(str::to_owned);
    assert_eq!([value("name"), value("scopes")], [Some("backup".to_owned()), Some("read".to_owned())]);
    assert_eq!(value("form_id"), form.value("form_id").map(str::to_owned), "a second press makes no second token");
    test.database.run("alter table elsewhere rename to permanent_tokens").await;
    assert_eq!(browser.get("/account/tokens").await.status, 200);
    assert!(browser.submit(&kept.with("intent", "create")).await.text().contains("Copy this token now"));
}

/// Lets no token be revoked.
async fn forbid_revoking(database: &Database) {
    match database {
        Database::Sqlite(_) => {
            database
                .run(
                    "create trigger no_revoking before update on permanent_tokens begin select raise(abort, 'no'); end",
                )
                .await;
        }
        Database::Postgres { .. } => {
            database.run("alter table permanent_tokens add constraint no_revoking check (revoked_at is null)").await;
        }
    }
}

#[tokio::test]
async fn a_revocation_that_fails_says_that_the_token_still_works() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let id = token(&test, "backup").await;
    let path = format!("/account/tokens/{id}/revoke");
    let form = browser.form(&path, &path).await;
    forbid_revoking(&test.database).await;
    let failed = browser.submit(&form).await;
    assert_eq!(failed.status, 503);
    let page = failed.text();
    assert!(page.contains("We could not revoke it. It still works. Try again."), "{page}");
    assert!(page.contains("<bdi>backup</bdi>") && Form::find(&page, &path).is_some(), "{page}");
}

#[tokio::test]
async fn the_pages_and_what_they_tell_speak_german() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    browser.set_cookie("jeton_language", "de");
    let id = token(&test, "Backup").await;
    let done = revoke(&browser, &id).await;
    let page = browser.get(done.location()).await.text();
    assert!(page.contains("Token „Backup“ widerrufen") && page.contains("Noch keine dauerhaften Tokens"), "{page}");
    let empty = browser.submit(&browser.form(NEW, NEW).await.with("intent", "create")).await;
    assert_eq!(empty.status, 422);
    assert!(empty.text().contains("Etwas stimmt nicht") && empty.text().contains("<title>Fehler:"));
}
