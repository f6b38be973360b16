//! Server functions: CSRF and other attacks on each of them, and their answers compared with those
//! of the forms.

use leptos::server_fn::axum::server_fn_paths;
use oauth::answer::{Saved, TokenDialog};

use crate::applications::register;
use crate::harness::{Browser, Call, Form, Reply, Test, unescape};

const TOKENS: &str = "/account/tokens";
const FORM: &str = "application/x-www-form-urlencoded";

/// A page of the account area, as its islands know it: its form token and its build.
pub struct Page {
    csrf: String,
    build: String,
}

impl Page {
    pub async fn of(browser: &Browser) -> Self {
        let html = browser.get(TOKENS).await.text();
        let meta = |name: &str| {
            let (_, rest) = html.split_once(&format!("<meta name=\"{name}\" content=\"")).unwrap();
            unescape(rest.split_once('"').unwrap().0)
        };
        Self { csrf: meta("csrf"), build: meta("build") }
    }

    pub fn call(&self, path: &str, body: &str) -> Call {
        let call = Call::new("POST", path).body(FORM, body);
        call.header("x-csrf", &self.csrf).header("x-build", &self.build).header("sec-fetch-site", "same-origin")
    }
}

pub fn kind(reply: &Reply) -> (u16, String) {
    assert_eq!(reply.header("content-type"), "application/json");
    assert_eq!(reply.header("cache-control"), "no-store");
    (reply.status, reply.json()["kind"].as_str().unwrap_or_default().to_owned())
}

pub fn refused(status: u16, name: &str) -> (u16, String) {
    (status, name.to_owned())
}

/// Each function, with a body that it understands.
fn bodies() -> Vec<(&'static str, String)> {
    let known = |path: &str| {
        if path.contains("sessions") {
            return if path.ends_with("/end") { "id=none".to_owned() } else { String::new() };
        }
        match path {
            "/ui/account/save_name" => return "form[given_name]=Ada&form[family_name]=".to_owned(),
            "/ui/account/save_theme" => return "theme=dark".to_owned(),
            _ => {}
        }
        if path.contains("connections") {
            return if path.contains("remove") { "id=none".to_owned() } else { String::new() };
        }
        if path.contains("application") {
            return application_body(path);
        }
        let form = "form[name]=n&form[scope]=&form[scopes][0]=read&form_id=f1";
        match path.rsplit('/').next().unwrap() {
            "new" => "query=".to_owned(),
            "create" | "add_scope" => form.to_owned(),
            "remove_scope" => format!("{form}&scope=read"),
            "revoke" | "ask_revoke" => "id=none".to_owned(),
            "ask_rename" => "id=none&typed=n".to_owned(),
            "rename" => "id=none&name=n".to_owned(),
            _ => "query=&page=1".to_owned(),
        }
    };
    let mut paths: Vec<&str> = server_fn_paths().map(|(path, _)| path).collect();
    paths.sort_unstable();
    paths.into_iter().map(|path| (path, known(path))).collect()
}

fn application_body(path: &str) -> String {
    let form = "form[name]=n&form[description]=d&form[redirect_uris][0]=https://a.example/\
        &form[kind]=confidential&form[require_pkce]=true";
    match path.rsplit('/').next().unwrap() {
        "register" => format!("{form}&form_id=f1"),
        "save" => format!("{form}&id=none&version=1"),
        "rotate" => "id=none&old_until=now&form_id=f1".to_owned(),
        _ => "id=none".to_owned(),
    }
}

#[tokio::test]
#[expect(clippy::print_stdout, reason = "how many functions were attacked is told")]
async fn no_function_answers_a_stranger_an_old_page_or_another_site() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let page = Page::of(&browser).await;
    for (path, body) in bodies() {
        let call = || page.call(path, &body);
        let control = browser.send(call()).await;
        assert!(control.status == 200 || kind(&control) == refused(404, "NotFound"), "{path}: {}", control.text());
        for (attack, wanted) in [
            (call().without_header("sec-fetch-site").header("origin", "https://evil.example"), refused(403, "Foreign")),
            (call().without_header("sec-fetch-site").header("sec-fetch-site", "cross-site"), refused(403, "Foreign")),
            (call().without_header("x-csrf"), refused(403, "Foreign")),
            (call().without_header("x-csrf").header("x-csrf", "0".repeat(64)), refused(403, "Foreign")),
            (call().without_header("x-build").header("x-build", "/assets/other.wasm"), refused(409, "OldPage")),
            (page.call(path, &"a".repeat(65 * 1024)), refused(413, "TooLarge")),
            (page.call(path, "form[name]=%00&id=%00&query=%00&page=1"), refused(400, "Unreadable")),
            (page.call(path, "form[name]=%ff&id=%ff&query=%ff&page=1"), refused(400, "Unreadable")),
            (call().without_header("content-type").body("application/json", "{}"), refused(400, "Unreadable")),
        ] {
            let response = format!("{path}: {attack:?}");
            assert_eq!(kind(&browser.send(attack).await), wanted, "{response}");
        }
        // One without parameters reads none.
        for wrong in ["nothing=1".to_owned(), format!("{body}&{body}")].iter().filter(|_| !body.is_empty()) {
            assert_eq!(kind(&browser.send(page.call(path, wrong)).await), refused(400, "Unreadable"), "{path} {wrong}");
        }
        let get = browser.send(Call::get(&format!("{path}?{body}"))).await;
        assert_eq!(get.status, 405, "{path}");
        let html = browser.send(call().header("accept", "text/html").header("referer", "http://id.test/x")).await;
        assert_eq!((html.status, html.header("location")), (control.status, ""), "{path}");
        let nobody = test.browser();
        assert_eq!(kind(&nobody.send(call()).await), refused(403, "Foreign"), "{path} without the browser's cookie");
    }
    println!("attacked {} functions", bodies().len());
    assert_eq!(kind(&browser.send(page.call("/ui/none", "")).await), refused(404, "NotFound"));
}

#[tokio::test]
async fn a_call_without_a_session_or_by_another_user_is_refused_and_nothing_is_done() {
    let test = Test::new().await;
    test.user("bob").await;
    let browser = test.signed_in("ada").await;
    let page = Page::of(&browser).await;
    let create = bodies().into_iter().find(|(path, _)| path.ends_with("/create")).unwrap();
    let call = || page.call(create.0, &create.1);
    let old_form = browser.form("/account/tokens/new", "/account/tokens/new").await;
    browser.submit(&browser.form("/account", "/logout").await).await;
    assert_eq!(kind(&browser.send(call()).await), refused(401, "SignedOut"));
    browser.sign_in_as("bob").await;
    let other = browser.send(call()).await;
    assert_eq!(kind(&other), refused(409, "OtherPerson"));
    assert_eq!(other.json()["told"], "You are now signed in as bob. Nothing was done.");
    assert_eq!(other.json()["ways"].as_array().unwrap().len(), 2);
    // A plain form of ada's says the same.
    let plain = browser.submit(&old_form.with("name", "n").with("intent", "create").also("scopes", "read")).await;
    assert_eq!(plain.status, 409);
    let text = plain.text();
    assert!(text.contains("You are now signed in as bob") && text.contains("href=\"/login\""), "{text}");
    assert_eq!(test.database.count("permanent_tokens").await, 0);
    let page = Page::of(&browser).await;
    assert_eq!(browser.send(page.call(create.0, &create.1)).await.status, 200, "bob's own page works");
}

#[tokio::test]
async fn a_token_of_somebody_else_is_not_there() {
    let test = Test::new().await;
    test.user("bob").await;
    let (ada, bob) = (test.signed_in("ada").await, test.signed_in("bob").await);
    let page = Page::of(&ada).await;
    let made =
        ada.send(page.call("/ui/tokens/create", "form[name]=n&form[scope]=&form[scopes][0]=read&form_id=f1")).await;
    let TokenDialog::Created(made) = made.answer() else { unreachable!("not made") };
    let id = made.id;
    let theirs = Page::of(&bob).await;
    for (path, more) in [
        ("/ui/tokens/ask_revoke", ""),
        ("/ui/tokens/revoke", ""),
        ("/ui/tokens/ask_rename", "&typed="),
        ("/ui/tokens/rename", "&name=mine"),
    ] {
        let reply = bob.send(theirs.call(path, &format!("id={id}{more}"))).await;
        assert_eq!(kind(&reply), refused(404, "NotFound"), "{path}");
    }
    let own = ada.send(page.call("/ui/tokens/revoke", &format!("id={id}"))).await;
    let TokenDialog::Revoked(own) = own.answer() else { unreachable!("not revoked") };
    assert_eq!(own.announcement, "Token “n” revoked");
}

/// What is typed, as the form sends it and as the island does.
fn typed(name: &str, scope: &str, scopes: &[&str]) -> (Vec<(&'static str, String)>, String) {
    let mut plain = vec![("name", name.to_owned()), ("scope", scope.to_owned())];
    plain.extend(scopes.iter().map(|scope| ("scopes", (*scope).to_owned())));
    let encode = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let mut call = format!("form[name]={}&form[scope]={}", encode(name), encode(scope));
    for (at, scope) in scopes.iter().enumerate() {
        call.push_str(&format!("&form[scopes][{at}]={}", encode(scope)));
    }
    (plain, call)
}

#[tokio::test]
async fn form_and_server_function_answer_the_same() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let page = Page::of(&browser).await;
    let long = "x".repeat(101);
    for (at, (name, scope, scopes, intent)) in [
        ("", "", &[][..], "create"),
        ("", "nonsense", &["read"][..], "create"),
        ("n", "nonsense", &["read"], "add"),
        ("n", "", &[], "add"),
        ("n", "read", &["read"], "add"),
        (&long, "", &["read"], "create"),
        ("\u{202e}n", "", &["read", "read"], "create"),
        ("n", "", &["read", "nonsense"], "create"),
    ]
    .into_iter()
    .enumerate()
    {
        let (plain, call) = typed(name, scope, scopes);
        let empty = browser.form("/account/tokens/new", "/account/tokens/new").await;
        let form = plain.iter().fold(empty, |form: Form, (name, value)| match *name {
            "scopes" => form.also(name, value),
            _ => form.with(name, value),
        });
        let plain = browser.submit(&form.with("intent", intent).with("form_id", &format!("p{at}"))).await;
        let path = if intent == "add" { "/ui/tokens/add_scope" } else { "/ui/tokens/create" };
        let called = browser.send(page.call(path, &format!("{call}&form_id=c{at}"))).await;
        assert_eq!(called.status, 200, "{name} {scope} {scopes:?} {intent}");
        let (html, answer): (_, TokenDialog) = (unescape(&plain.text()), called.answer());
        assert_eq!(plain.status == 422, answer.is_refused(), "{name} {scope} {scopes:?} {intent}: {answer:?}");
        assert_eq!(html.contains("id=\"token-value\""), matches!(answer, TokenDialog::Created(_)), "{answer:?}");
        let TokenDialog::New(new) = answer else { continue };
        for problem in new.problems {
            let line = format!("<a href=\"#{}\">{}</a>", problem.field, problem.text);
            assert!(html.contains(&line), "{line} in {html}");
        }
    }
}

#[tokio::test]
async fn an_invalid_name_is_refused_and_a_valid_one_saved_by_form_and_by_server_function() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let page = Page::of(&browser).await;
    for (given, right) in [("Ada", true), ("Grace", true), (&"x".repeat(201), false), ("A\u{202e}", false)] {
        let form = browser.form("/account/name", "/account/name").await;
        let plain = browser.submit(&form.with("given_name", given)).await;
        let encoded = url::form_urlencoded::byte_serialize(given.as_bytes()).collect::<String>();
        let body = format!("form[given_name]={encoded}&form[family_name]=");
        let called: Saved = browser.send(page.call("/ui/account/save_name", &body)).await.answer();
        assert_eq!(plain.status, if right { 303 } else { 422 }, "{given}");
        assert_eq!((called.problems.is_empty(), called.announcement.is_empty()), (right, !right), "{given}");
        let html = unescape(&plain.text());
        assert!(called.problems.iter().all(|response| html.contains(&response.text)), "{html}");
        let shown = browser.get("/account").await.text();
        assert_eq!(shown.contains(&format!("<bdi>{given}</bdi>")), right, "{given}");
    }
}

#[tokio::test]
async fn the_theme_is_stored_in_the_browser_that_chose_it() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let page = Page::of(&browser).await;
    for theme in ["dark", "light"] {
        let reply = browser.send(page.call("/ui/account/save_theme", &format!("theme={theme}"))).await;
        assert_eq!(reply.answer::<Saved>().announcement, "Theme saved");
        assert!(browser.get("/account").await.text().contains(&format!("data-theme=\"{theme}\"")), "{theme}");
    }
}

#[tokio::test]
async fn a_page_that_looks_by_itself_does_not_keep_the_session_awake() {
    let test = Test::new().await;
    let idle = test.provider.settings().session_idle_ttl;
    let app = register(&test.signed_in("ada").await).await;
    let application = format!("id={}", app.id);
    for (path, body, awake) in [
        ("/ui/look/tokens", "query=&page=1", false),
        ("/ui/tokens/list", "query=&page=1", true),
        ("/ui/look/connections", "", false),
        ("/ui/connections/list", "", true),
        ("/ui/look/application", application.as_str(), false),
        ("/ui/applications/now", application.as_str(), true),
    ] {
        let browser = test.signed_in("ada").await;
        let page = Page::of(&browser).await;
        for _ in 0..2 {
            test.clock.advance(idle * 2 / 3);
            let reply = browser.send(page.call(path, body)).await;
            test.provider.flush().await;
            if reply.status != 200 {
                assert_eq!(kind(&reply), refused(401, "SignedOut"), "{path}");
            }
        }
        assert_eq!(browser.get("/account").await.status == 200, awake, "{path}");
    }
}
