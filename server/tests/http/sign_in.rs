//! The sign-in page: CSRF protection and the return path (AZ-37, AZ-38, AZ-44, AZ-46, UI-05).

use crate::harness::{AuthRequest, Browser, Call, Form, ISSUER, PASSWORD, Reply, Test, WEB};

async fn filled(browser: &Browser) -> Form {
    browser.form("/login", "/login").await.with("username", "ada").with("password", PASSWORD)
}

async fn is_signed_in(browser: &Browser) -> bool {
    browser.get("/account").await.status == 200
}

#[tokio::test]
async fn sign_in_leads_on_with_303_and_never_repeats_the_form() {
    let test = Test::new().await;
    let browser = test.browser();
    let reply = browser.submit(&filled(&browser).await).await;
    assert_eq!((reply.status, reply.location()), (303, "/account"));
    assert!(is_signed_in(&browser).await);
    assert!(browser.get("/login").await.text().contains("You are signed in as"));
}

#[tokio::test]
async fn a_form_that_is_not_ours_signs_nobody_in() {
    let test = Test::new().await;
    let (browser, other) = (test.browser(), test.browser());
    let form = filled(&browser).await;
    let foreign = filled(&other).await.value("csrf").unwrap().to_owned();
    for csrf in ["", &"0".repeat(64), &foreign] {
        let reply = browser.submit(&form.clone().with("csrf", csrf)).await;
        assert_eq!(reply.status, 403);
        assert!(reply.text().contains("Sign in again"));
    }
    let pairs: Vec<(&str, &str)> = form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let post = || Call::post("/login", &pairs).header("host", "127.0.0.1:8080");
    for (name, value) in [
        ("origin", "https://evil.example"),
        ("origin", "http://127.0.0.1:8081"),
        ("origin", "https://127.0.0.1:8080.evil.example"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        assert_eq!(browser.send(post().header(name, value)).await.status, 403, "{name}: {value}");
    }
    assert!(!is_signed_in(&browser).await);
    let ours = post().header("origin", ISSUER).header("sec-fetch-site", "same-origin");
    assert_eq!(browser.send(ours).await.status, 303);
    assert!(is_signed_in(&browser).await);
}

#[tokio::test]
async fn a_form_without_the_browsers_cookie_signs_nobody_in() {
    let test = Test::new().await;
    let form = filled(&test.browser()).await;
    assert_eq!(test.browser().submit(&form).await.status, 403);
}

#[tokio::test]
async fn the_way_back_stays_on_this_site() {
    let test = Test::new().await;
    let hostile = [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/%09/evil.example\u{9}",
        "https:evil.example",
        "https://evil.example/account",
        "javascript:alert(1)",
        "%2f%2fevil.example",
        "evil.example",
        "/account\r\nSet-Cookie: a=b",
        " //evil.example",
    ];
    for back in hostile {
        let browser = test.browser();
        let form = filled(&browser).await.with("return_to", back);
        assert_eq!(browser.submit(&form).await.location(), "/account", "{back:?}");
    }
    let browser = test.browser();
    let form = filled(&browser).await.with("return_to", "/account/tokens?page=2");
    assert_eq!(browser.submit(&form).await.location(), "/account/tokens?page=2");
}

#[tokio::test]
async fn a_page_for_signed_in_people_sends_to_sign_in_and_back() {
    let test = Test::new().await;
    let browser = test.browser();
    let away = browser.get("/account/tokens?page=2").await;
    assert_eq!(away.location(), "/login?return_to=%2Faccount%2Ftokens%3Fpage%3D2");
    let form = browser.form(away.location(), "/login").await;
    let back = browser.submit(&form.with("username", "ada").with("password", PASSWORD)).await;
    assert_eq!(back.location(), "/account/tokens?page=2");
}

#[tokio::test]
async fn what_was_typed_stays_and_the_password_does_not() {
    let test = Test::new().await;
    let browser = test.browser();
    let form = filled(&browser).await.with("username", "ada\"><script>").with("password", "my typed password");
    let reply = browser.submit(&form).await;
    assert_eq!(reply.status, 422);
    let text = reply.text();
    assert!(!text.contains("my typed password") && !text.contains("<script>alert") && !text.contains("\"><script>"));
    assert_eq!(Form::find(&text, "/login").unwrap().value("username"), Some("ada\"><script>"));
}

/// The page without what is another each time: its nonce, which must be the policy's, and its
/// form's token.
fn of_everybody(reply: &Reply) -> String {
    let text = reply.text();
    let (_, policy) = reply.header("content-security-policy").split_once("'nonce-").unwrap();
    let nonce = policy.split('\'').next().unwrap();
    let csrf = Form::find(&text, "/login").unwrap().value("csrf").unwrap().to_owned();
    assert!(text.contains(&format!("nonce=\"{nonce}\"")) && csrf.len() == 64);
    text.replace(nonce, "").replace(&csrf, "")
}

#[tokio::test]
async fn the_sign_in_page_is_the_same_for_everybody_and_yet_each_has_a_token_and_a_nonce_of_their_own() {
    let test = Test::new().await;
    let call = |language, theme| {
        Call::get("/login").header("accept-language", language).header("cookie", format!("jeton_theme_8080={theme}"))
    };
    let mut pages = std::collections::BTreeSet::new();
    for (language, theme) in [("en", "system"), ("de", "system"), ("en", "dark"), ("en", "light"), ("de", "dark")] {
        let (one, two) = (test.send(call(language, theme)).await, test.send(call(language, theme)).await);
        assert_ne!(one.text(), two.text());
        assert_eq!(of_everybody(&one), of_everybody(&two));
        assert!(one.text().contains(&format!("lang=\"{language}\"")));
        pages.insert(of_everybody(&two));
    }
    assert_eq!(pages.len(), 5, "one for each language and theme");
    // A notice or a return path of one visitor is never on the cached page.
    let browser = test.browser();
    let wrong = browser.submit(&filled(&browser).await.with("username", "somebody").with("password", "x")).await;
    assert!(wrong.text().contains("somebody"));
    let sent = test.send(Call::get("/login?return_to=%2Faccount%2Ftokens")).await;
    assert!(sent.text().contains("/account/tokens"));
    let plain = test.send(call("en", "system")).await.text();
    assert!(!plain.contains("somebody") && !plain.contains("/account/tokens"));
}

fn is_well_guarded(reply: &Reply, name: &str) {
    let policy = reply.header("content-security-policy");
    for part in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "'wasm-unsafe-eval'", "'nonce-"] {
        assert!(policy.contains(part), "{name}: {policy}");
    }
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{name}: {policy}");
    let headers = [
        ("x-frame-options", "DENY"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cache-control", "no-store"),
        ("cross-origin-opener-policy", ""),
    ];
    for (header, value) in headers {
        assert_eq!(reply.header(header), value, "{name}: {header}");
    }
    assert!(!reply.text().contains("<script>") && !reply.text().contains("style=\""), "{name}");
}

#[tokio::test]
async fn no_page_can_be_framed_cached_or_fed_with_foreign_scripts() {
    let test = Test::new().await;
    let (stranger, ada) = (test.browser(), test.signed_in("ada").await);
    is_well_guarded(&stranger.get("/login").await, "sign-in");
    is_well_guarded(&stranger.get("/login?signed_out=1").await, "signed out");
    is_well_guarded(&stranger.authorize(&AuthRequest::of(&WEB).with("client_id", "nobody")).await, "error");
    is_well_guarded(&ada.authorize(&AuthRequest::of(&WEB)).await, "consent");
    for path in ["/account", "/account/tokens/new", "/account/sessions", "/developer/applications/new", "/nowhere"] {
        is_well_guarded(&ada.get(path).await, path);
    }
    let redirect = ada.allow(&AuthRequest::of(&WEB)).await;
    assert_eq!((redirect.header("cache-control"), redirect.header("referrer-policy")), ("no-store", "same-origin"));
}

#[tokio::test]
async fn the_form_may_lead_to_the_client_and_nowhere_else() {
    let test = Test::new().await;
    let ada = test.signed_in("ada").await;
    let policy = |reply: &Reply| reply.header("content-security-policy").to_owned();
    let allowed = "form-action 'self' https://web.example;";
    assert!(policy(&ada.authorize(&AuthRequest::of(&WEB)).await).contains(allowed));
    let stranger = test.browser();
    let login = stranger.authorize(&AuthRequest::of(&WEB)).await.location().to_owned();
    assert!(policy(&stranger.get(&login).await).contains(allowed));
    assert!(policy(&stranger.get("/login").await).contains("form-action 'self';"));
}

#[tokio::test]
async fn every_page_gets_a_nonce_of_its_own() {
    let test = Test::new().await;
    let policy = async || test.browser().get("/login").await.header("content-security-policy").to_owned();
    assert_ne!(policy().await, policy().await);
}
