//! No secret in the database or in the log (SC-01, SC-04, SC-06, SE-18).

use crate::harness::{AuthRequest, Call, FIRST_PARTY, Log, MACHINE, PASSWORD, Test, Tokens, VERIFIER, WEB, secret_in};

/// Runs every flow in which a secret is made or sent, valid and invalid; all the secrets.
async fn everything_secret(test: &Test) -> Vec<String> {
    let browser = test.browser();
    browser.sign_in_as("ada").await;
    let code = browser.code(&AuthRequest::of(&WEB)).await;
    let tokens = Tokens::of(&test.exchange(&code).await);
    let next = Tokens::of(&test.refresh(&tokens.refresh).await);
    let retried = Tokens::of(&test.refresh(&tokens.refresh).await);
    let pairs = [("grant_type", "password"), ("username", "ada"), ("password", PASSWORD)];
    let house = Tokens::of(&test.token(&FIRST_PARTY, &pairs).await);
    let own = test.token(&MACHINE, &[("grant_type", "client_credentials")]).await.member("access_token");
    let path = "/account/tokens/new";
    let form = browser.form(path, path).await.with("name", "n").with("intent", "create").also("scopes", "read");
    let permanent = secret_in(&browser.submit(&form).await.text(), "jtn_pt_");
    let path = "/developer/applications/new";
    let form = browser.form(path, path).await.with("name", "App").with("redirect_uri", "https://a.example/cb");
    let secret = secret_in(&browser.submit(&form.with("intent", "register")).await.text(), "jtn_cs_");
    for token in [&own, &permanent, &next.access] {
        test.introspect(token).await;
        test.send(Call::get(&format!("/oauth2/tokeninfo?access_token={token}"))).await;
    }
    let unspent = browser.code_with_or_without_consent(&AuthRequest::of(&WEB)).await;
    let wrong_secret = "a-wrong-secret-99".to_owned();
    test.send(Test::exchange_call(&WEB, &unspent).without_header("authorization").basic("web", &wrong_secret)).await;
    test.exchange(&code).await;
    test.refresh(&tokens.refresh).await;
    let mistyped = "my mistyped password".to_owned();
    test.browser().sign_in("ada", &mistyped).await;
    test.browser().sign_in(&mistyped, "x").await;
    test.send(Call::new("POST", &format!("/oauth2/revoke?access_token={own}"))).await;
    let mut all = vec![code, unspent, own, permanent, secret, browser.session().unwrap(), mistyped, wrong_secret];
    all.extend([tokens.access, tokens.refresh, next.access, next.refresh, retried.access, house.access, house.refresh]);
    all.extend(
        [PASSWORD, VERIFIER, WEB.secret.unwrap(), FIRST_PARTY.secret.unwrap(), MACHINE.secret.unwrap()]
            .map(str::to_owned),
    );
    // What ties a browser's forms to it.
    let form = browser.form("/account/password", "/account/password").await;
    all.push(form.value("csrf").unwrap().to_owned());
    all
}

/// The secret as it is, in hexadecimal and in both alphabets of base64.
fn disguises(secret: &str) -> Vec<String> {
    use base64::Engine;
    use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
    let hex = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    vec![secret.to_owned(), hex, STANDARD_NO_PAD.encode(secret), URL_SAFE_NO_PAD.encode(secret)]
}

#[tokio::test]
async fn the_database_holds_no_secret() {
    let test = Test::new().await;
    let secrets = everything_secret(&test).await;
    let key = test.provider.key().to_hex();
    let dump = test.database.dump().await;
    for known in [
        "users.username: ada",
        "clients.id: web",
        "access_tokens.scope: read",
        "sessions.data: ",
        "permanent_tokens.hint: ",
    ] {
        assert!(dump.contains(known), "the dump is not complete: {known}");
    }
    for secret in secrets.iter().chain([&key]) {
        for disguise in disguises(secret) {
            assert!(!dump.contains(&disguise), "{secret} stands in the database");
        }
    }
}

#[tokio::test]
async fn the_log_holds_no_secret_even_at_its_most_talkative() {
    let log = Log::capture();
    let test = Test::new().await;
    let secrets = everything_secret(&test).await;
    let text = log.text();
    assert!(text.contains("answered") && text.contains("signed in") && text.contains("/oauth2/token"));
    for secret in secrets.iter().chain([&test.provider.key().to_hex()]) {
        for disguise in disguises(secret) {
            assert!(!text.contains(&disguise), "{secret} stands in the log");
        }
    }
    assert!(
        !text.contains('?'),
        "a query stands in the log: {}",
        text.split('?').next().unwrap().lines().last().unwrap()
    );
}

#[tokio::test]
async fn the_log_says_why_and_the_client_is_not_told() {
    let log = Log::capture();
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let code = browser.code(&AuthRequest::of(&WEB)).await;
    let pairs = [("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", WEB.redirect_uri)];
    let replies = [
        test.token(&WEB, &pairs).await,
        test.send(Call::post("/oauth2/token", &pairs).basic("web", "wrong")).await,
        test.send(Call::post("/oauth2/token", &pairs).basic("nobody", "wrong")).await,
        test.send(Test::exchange_call(&FIRST_PARTY, &code)).await,
    ];
    let scope = browser.authorize(&AuthRequest::of(&WEB).with("scope", "nonsense")).await;
    test.browser().sign_in("ada", "wrong password").await;
    test.exchange(&code).await;
    test.exchange(&code).await;
    let text = log.text();
    for reason in [
        "code_verifier does not fit",
        "wrong secret",
        "unknown client",
        "the code was issued to another client",
        "unknown scope nonsense",
        "a spent code came back",
    ] {
        assert!(text.contains(reason), "{reason} is not in the log");
        assert!(!replies.iter().any(|reply| reply.text().contains(reason)), "{reason}");
        assert!(!scope.location().contains(&reason.replace(' ', "%20")));
    }
}

#[tokio::test]
async fn every_answer_names_the_request_as_the_log_does() {
    let log = Log::capture();
    let test = Test::new().await;
    let page = test.browser().authorize(&AuthRequest::of(&WEB).with("client_id", "nobody")).await;
    let id = page.header("x-request-id").to_owned();
    assert_eq!(id.len(), 32);
    assert!(page.text().contains(&id) && log.text().contains(&id));
    let json = test.send(Call::get("/oauth2/token")).await;
    assert!(log.text().contains(json.header("x-request-id")));
}

#[tokio::test]
async fn nothing_that_is_sent_can_pass_for_a_line_of_the_log() {
    let log = Log::capture();
    let test = Test::new().await;
    let forged = "x\r\n2026-01-01T00:00:00Z INFO forged\u{2028}\u{1b}[31m";
    test.browser().authorize(&AuthRequest::of(&WEB).with("client_id", forged)).await;
    test.browser().authorize(&AuthRequest::of(&WEB).with("redirect_uri", forged)).await;
    test.browser().sign_in(forged, forged).await;
    test.token(&WEB, &[("grant_type", forged), ("scope", forged)]).await;
    test.signed_in("ada").await.authorize(&AuthRequest::of(&WEB).with("scope", forged)).await;
    test.send(Call::get("/%0d%0a2026-01-01T00:00:00Z%20INFO%20forged")).await;
    test.send(Call::get("/login").header("user-agent", "\tforged")).await;
    let text = log.text();
    assert!(text.contains("answered"));
    assert!(!text.lines().any(|line| line.starts_with("2026-01-01")), "{text}");
    assert!(!text.contains('\u{1b}') && !text.contains('\u{2028}'));
}
