//! What no honest client sends: clean refusals in our own words, and never a fault of the server.

use crate::harness::{AuthRequest, Browser, Call, Form, Reply, Test, WEB};

/// Every address that takes a form.
const POSTS: [&str; 15] = [
    "/oauth2/token",
    "/oauth2/introspect",
    "/oauth2/revoke",
    "/oauth2/tokeninfo",
    "/oauth2/authorize",
    "/consent",
    "/login",
    "/logout",
    "/setup",
    "/account/password",
    "/account/theme",
    "/account/tokens/new",
    "/account/sessions/others",
    "/account/applications/x/remove",
    "/developer/applications/new",
];

/// In our own words: JSON with `error` for programs, our page for people.
fn is_ours(reply: &Reply, what: &str) {
    let ours = match reply.header("content-type") {
        "application/json" => !reply.member("error").is_empty(),
        kind => kind.starts_with("text/html") && reply.text().starts_with("<!DOCTYPE html>"),
    };
    assert!(ours, "{what}: {} {:?}", reply.status, reply.body);
}

async fn post(browser: &Browser, path: &str, media_type: &str, body: Vec<u8>) -> Reply {
    browser.send(Call::new("POST", path).body(media_type, body)).await
}

const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn a_body_over_64_kib_is_413_everywhere() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    for path in POSTS {
        let reply = post(&browser, path, FORM, [b"a=".to_vec(), vec![b'x'; 65_536]].concat()).await;
        assert_eq!(reply.status, 413, "{path}");
        is_ours(&reply, path);
    }
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_400_and_a_compressed_one_415_everywhere() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    for path in POSTS {
        for body in [&b"a=\xff"[..], b"a=%00", b"\0=b", b"a=%ED%A0%80", b"%C0%80=a"] {
            let reply = post(&browser, path, FORM, body.to_vec()).await;
            assert_eq!(reply.status, 400, "{path} {body:?}");
            is_ours(&reply, path);
        }
        for kind in ["application/json", "text/plain", "multipart/form-data; boundary=x", ""] {
            let reply = post(&browser, path, kind, b"{\"a\":1}".to_vec()).await;
            assert_eq!(reply.status, 400, "{path} {kind}");
            is_ours(&reply, path);
        }
        let gzip = Call::post(path, &[("a", "b")]).header("content-encoding", "gzip");
        let reply = browser.send(gzip).await;
        assert_eq!(reply.status, 415, "{path}");
        is_ours(&reply, path);
    }
}

#[tokio::test]
async fn queries_that_cannot_be_read_are_refused_or_ignored() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    for query in ["%00", "a=%FF", "client_id=%ED%A0%80", "access_token=%00", "return_to=%FF", "q=%00&page=%00"] {
        for path in ["/oauth2/authorize", "/oauth2/tokeninfo", "/oauth2/revoke"] {
            let reply = browser.get(&format!("{path}?{query}")).await;
            assert!([400, 405].contains(&reply.status), "{path}?{query}: {}", reply.status);
            is_ours(&reply, path);
        }
        for path in ["/login", "/account/tokens", "/account/tokens/new", "/developer/applications/new", "/setup"] {
            let reply = browser.get(&format!("{path}?{query}")).await;
            assert!([200, 404].contains(&reply.status), "{path}?{query}: {}", reply.status);
            is_ours(&reply, path);
        }
    }
}

#[tokio::test]
async fn an_address_over_16_kib_is_refused() {
    let test = Test::new().await;
    let long = "x".repeat(17_000);
    for path in ["/", "/login", "/oauth2/authorize", "/oauth2/tokeninfo", "/nowhere", "/assets/x"] {
        for target in [format!("{path}?x={long}"), format!("{path}/{long}")] {
            let reply = test.send(Call::get(&target)).await;
            assert_eq!(reply.status, 414, "{path}");
            is_ours(&reply, path);
        }
    }
    assert_eq!(test.send(Call::get(&format!("/login?x={}", &long[..16_000]))).await.status, 200);
}

#[tokio::test]
async fn ids_that_no_page_made_are_not_there() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let long = "x".repeat(5000);
    for id in ["x", "%00", "%FF", "..", "%2e%2e", "%2F", "'%20or%201=1", "%E2%80%AE", long.as_str()] {
        for path in [
            format!("/account/tokens/{id}/revoke"),
            format!("/account/applications/{id}/remove"),
            format!("/developer/applications/{id}/rotate"),
            format!("/developer/applications/{id}/delete"),
        ] {
            let reply = browser.get(&path).await;
            assert_eq!(reply.status, 404, "{path}");
            is_ours(&reply, &path);
        }
    }
}

#[tokio::test]
async fn assets_are_read_only_and_hold_nothing_else() {
    let test = Test::new().await;
    let page = test.browser().get("/login").await.text();
    let css = page.split_once("href=\"/assets/jeton-").unwrap().1.split_once('"').unwrap().0;
    let reply = test.send(Call::get(&format!("/assets/jeton-{css}"))).await;
    assert_eq!((reply.status, reply.header("content-type")), (200, "text/css; charset=utf-8"));
    for name in ["..%2fCargo.toml", "%2e%2e", "x", "%00", "%FF", "..%5c..%5cetc"] {
        let reply = test.send(Call::get(&format!("/assets/{name}"))).await;
        assert_eq!(reply.refusal(), (404, "invalid_request".to_owned()), "{name}");
    }
}

#[tokio::test]
async fn headers_full_of_nonsense_change_nothing() {
    let test = Test::new().await;
    for (name, value) in [
        ("cookie", &b"\xff=\xfe; jeton_browser_8080=\"; ;;==; jeton_theme_8080=<script>"[..]),
        ("accept", b"\xff"),
        ("user-agent", b"\t\xff\x80"),
        ("x-forwarded-for", b"for=, ,,\xff"),
        ("forwarded", b"host=evil.example;proto=http;for=\"[::"),
        ("host", b"evil.example"),
        ("x-request-id", b"chosen by the client"),
        ("content-length", b"-1"),
        ("origin", b"\xff"),
    ] {
        let reply = test.send(Call::get("/login").header(name, value)).await;
        assert_eq!(reply.status, 200, "{name}");
        assert_ne!(reply.header("x-request-id"), "chosen by the client");
        assert!(!reply.text().contains("evil.example") && !reply.text().contains("<script>"), "{name}");
    }
}

#[tokio::test]
async fn a_form_may_repeat_its_fields_and_the_last_one_counts() {
    let test = Test::new().await;
    let browser = test.browser();
    let form = browser.form("/login", "/login").await.with("username", "nobody").also("username", "ada");
    let reply = browser.submit(&form.with("password", crate::harness::PASSWORD)).await;
    assert_eq!(reply.status, 303);
}

#[tokio::test]
async fn many_interactions_at_once_keep_the_cookies_small() {
    let test = Test::new().await;
    let browser = test.browser();
    for number in 0..30 {
        let reply = browser.authorize(&AuthRequest::of(&WEB).with("state", &number.to_string())).await;
        assert!(browser.get(reply.location()).await.cookies().len() <= 1);
    }
    browser.sign_in_as("ada").await;
    for number in 0..30 {
        let reply = browser.authorize(&AuthRequest::of(&WEB).with("state", &number.to_string())).await;
        assert!(reply.cookies().is_empty() && Form::find(&reply.text(), "/consent").is_some());
    }
}
