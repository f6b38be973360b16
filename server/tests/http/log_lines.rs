//! Log lines of a request: their fields, and the secrets that are not logged.

use server::state::Edge;

use crate::harness::{AuthRequest, Call, Log, MACHINE, Test, WEB};

const SECRET: &str = "jtn_ac_0123456789ABCDEFGHIJ0123456789ABCDEFGHIJ012";

/// The last line that holds this.
fn line(log: &Log, part: &str) -> String {
    log.text().lines().rfind(|line| line.contains(part)).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_live_code_in_an_address_or_a_scope_stands_neither_in_the_log_nor_on_a_page_nor_in_the_list() {
    let log = Log::capture();
    let test = Test::new().await;
    let ada = test.signed_in("ada").await;
    let code = ada.code(&AuthRequest::of(&WEB)).await;
    let here = format!("{}?code={code}&state=statestate&plain=1", WEB.redirect_uri);
    let other = "https://web.example/elsewhere?code=not-one-of-ours&id_token=abcdefgh&plain=1";
    let pages = [
        ada.authorize(&AuthRequest::of(&WEB).with("redirect_uri", &here)).await,
        ada.authorize(&AuthRequest::of(&WEB).with("redirect_uri", other)).await,
        ada.get(&format!("/oauth2/end-session?client_id=web&post_logout_redirect_uri={}", oauth_encoded(&here))).await,
        ada.authorize(&AuthRequest::of(&WEB).with("client_id", &code)).await,
    ];
    assert!(pages.iter().all(|page| page.is_error_page()));
    ada.authorize(&AuthRequest::of(&WEB).with("scope", &format!("read {code}"))).await;
    test.token(&MACHINE, &[("grant_type", "client_credentials"), ("scope", MACHINE.secret.unwrap())]).await;
    test.send(Call::get(&format!("/nowhere/{code}"))).await;
    test.provider.flush().await;
    let text = log.text();
    assert!(text.contains("plain=1") && text.contains("unknown scope jtn_…"), "what helps is told");
    let dump = test.database.dump().await;
    for secret in [&code, "statestate", "not-one-of-ours", "abcdefgh", MACHINE.secret.unwrap()] {
        assert!(!text.contains(secret), "{secret} stands in the log: {}", line(&log, secret));
        assert!(!dump.contains(secret), "{secret} stands in the database");
        for page in &pages {
            let text = page.text();
            let (_, response) = text.split_once("id=\"error-details\"").unwrap();
            let (response, _) = response.split_once("</dl>").unwrap();
            assert!(!response.contains(secret), "{secret} stands on a page: {response}");
        }
    }
}

fn oauth_encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

#[tokio::test]
async fn a_refusal_names_its_client() {
    let log = Log::capture();
    let test = Test::new().await;
    test.send(Call::post("/oauth2/token", &[("grant_type", "client_credentials")]).basic("machine", "wrong")).await;
    assert!(line(&log, "request refused").contains("client=\"machine\""), "{}", line(&log, "request refused"));
    test.send(Call::post("/oauth2/introspect", &[("token", "x")]).basic("web", "wrong")).await;
    assert!(line(&log, "request refused").contains("client=\"web\""), "{}", line(&log, "request refused"));
    test.browser().authorize(&AuthRequest::of(&WEB).with("scope", "nonsense")).await;
    assert!(line(&log, "authorization refused").contains("client=\"web\""));
    test.browser().authorize(&AuthRequest::of(&WEB).with("redirect_uri", "https://elsewhere.example/")).await;
    assert!(line(&log, "request refused").contains("client=\"web\""), "{}", line(&log, "request refused"));
}

#[tokio::test]
async fn the_line_of_a_request_says_who_asked_from_where_and_how_long_it_took() {
    let log = Log::capture();
    let trusted_proxies = vec![("10.0.0.0".parse().unwrap(), 8)];
    let test = Test::on_edge(|_| {}, Edge { trusted_proxies, ..Edge::default() }).await;
    let ada = test.signed_in("ada").await;
    ada.get("/account").await;
    let said = line(&log, "answered");
    assert!(said.contains("address=127.0.0.1") && said.contains("user=1") && said.contains(" ms="), "{said}");
    let ask = |peer: &str, id: &str| {
        let call = Call::post("/oauth2/token", &[("grant_type", "client_credentials")]);
        let call = call.basic(MACHINE.id, MACHINE.secret.unwrap()).peer(peer);
        call.header("x-forwarded-for", "203.0.113.9").header("x-request-id", id.as_bytes())
    };
    let reply = test.send(ask("10.0.0.1", "trace-77")).await;
    let said = line(&log, "answered");
    for part in ["address=203.0.113.9", "client=\"machine\"", "proxy_id=\"trace-77\"", "status=200", " ms="] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(said.contains(reply.header("x-request-id")) && reply.header("x-request-id").len() == 32);
    for (peer, id) in [("203.0.113.9", "trace-88"), ("10.0.0.1", "trace 88 forged=1"), ("10.0.0.1", SECRET)] {
        test.send(ask(peer, id)).await;
        let said = line(&log, "answered");
        assert!(!said.contains("trace") && !said.contains("forged") && !said.contains(SECRET), "{said}");
    }
}

#[tokio::test]
async fn a_browser_at_another_origin_than_the_one_that_is_set_is_told_so_and_the_log_once() {
    let log = Log::capture();
    let test = Test::with(|settings| settings.issuer = "https://id.example".to_owned()).await;
    let form = test.browser().form("/login", "/login").await;
    let pairs = [("csrf", form.value("csrf").unwrap()), ("username", "ada"), ("password", "x")];
    let post = |origin: &str| {
        let call = Call::post("/login", &pairs).header("host", "10.0.0.7:8080").header("accept", "text/html");
        call.header("origin", origin).header("sec-fetch-site", "same-origin")
    };
    // Where the address is the right one, the form is only old.
    let page = test.send(post("https://id.example")).await;
    assert!(!page.is_error_page() && !log.text().contains("JETON_PUBLIC_URL"));
    for _ in 0..2 {
        let page = test.send(post("http://10.0.0.7:8080")).await;
        let text = page.text();
        assert!(page.status == 403 && page.is_error_page());
        assert!(text.contains("http://10.0.0.7:8080") && text.contains("https://id.example"), "{text}");
    }
    let warned =
        log.text().matches("JETON_PUBLIC_URL is https://id.example, and a form came from http://10.0.0.7:8080").count();
    assert_eq!(warned, 1);
}
