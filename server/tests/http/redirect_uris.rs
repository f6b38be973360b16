//! Errors of `client_id` and `redirect_uri` that must never redirect (AZ-01 to AZ-09, UI-09).

use oauth::ClientKind;
use provider::clients::NewClient;

use crate::harness::{AuthRequest, Browser, Call, NATIVE, SPA, Test, WEB};

/// That this request ends on our own page, with nothing stored.
async fn stops_here(browser: &Browser, ask: &AuthRequest) {
    let reply = browser.authorize(ask).await;
    assert_eq!(reply.status, 400, "{ask:?}");
    assert!(reply.is_error_page(), "{ask:?}");
    assert_eq!(reply.location(), "", "{ask:?}");
}

#[tokio::test]
async fn an_address_that_differs_by_one_character_stops_on_our_page() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    for uri in [
        "https://web.example/callback/",
        "https://web.example/Callback",
        "https://WEB.example/callback",
        "https://web.example/callback/x",
        "https://web.example/callback?x=1",
        "https://web.example/callback#",
        "https://web.example/callback#fragment",
        "https://web.example:443/callback",
        "https://web.example:8443/callback",
        "http://web.example/callback",
        "https://web.example/",
        "https://sub.web.example/callback",
    ] {
        stops_here(&browser, &AuthRequest::of(&WEB).with("redirect_uri", uri)).await;
    }
    assert!(browser.allow(&AuthRequest::of(&WEB)).await.param("code").is_some());
}

#[tokio::test]
async fn an_address_that_parsers_read_in_two_ways_stops_on_our_page() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    for uri in [
        "https://web.example@evil.example/callback",
        "https://web.example@web.example@evil.example/callback",
        "https://evil.example\\@web.example/callback",
        "https://web.example\\.evil.example/callback",
        "https://web.example/..;/callback",
        "https://web.example/x/%2e%2e/callback",
        "https://web.example/%252fcallback",
        "https://web.example/call\tback",
        "https://web.example/callback\r\nSet-Cookie: a=b",
        "https://web.example/callback\n",
        " https://web.example/callback",
        "https://wеb.example/callback",
        "javascript:alert(1)",
        "data:text/html,x",
        "//web.example/callback",
        "/callback",
    ] {
        stops_here(&browser, &AuthRequest::of(&WEB).with("redirect_uri", uri)).await;
    }
}

#[tokio::test]
async fn a_native_application_may_choose_its_port_on_the_loopback_address() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    for uri in ["http://127.0.0.1:53211/callback", "http://127.0.0.1/callback", "http://[::1]:40000/callback"] {
        let reply = browser.allow(&AuthRequest::of(&NATIVE).with("redirect_uri", uri)).await;
        assert!(reply.location().starts_with(&format!("{uri}?code=")), "{}", reply.location());
    }
    for uri in ["http://127.0.0.1:53211/other", "http://127.0.0.2:53211/callback", "https://127.0.0.1:1/callback"] {
        stops_here(&browser, &AuthRequest::of(&NATIVE).with("redirect_uri", uri)).await;
    }
    stops_here(&browser, &AuthRequest::of(&NATIVE).with("redirect_uri", "http://127.0.0.1:1@evil.example/callback"))
        .await;
}

#[tokio::test]
async fn the_address_may_be_left_out_only_where_one_is_registered() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    stops_here(&browser, &AuthRequest::of(&NATIVE).without("redirect_uri")).await;
    stops_here(&browser, &AuthRequest::of(&NATIVE).with("redirect_uri", "")).await;
    assert!(browser.allow(&AuthRequest::of(&WEB).without("redirect_uri")).await.param("code").is_some());
}

#[tokio::test]
async fn unknown_disabled_and_deleted_clients_get_the_same_response() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    test.provider.disable_client("web").await.unwrap();
    test.provider.remove_client("spa").await.unwrap();
    let page = async |id: &str| {
        let reply = browser.authorize(&AuthRequest::of(&WEB).with("client_id", id)).await;
        assert_eq!((reply.status, reply.is_error_page()), (400, true), "{id}");
        let text = reply.text();
        assert!(text.contains("client_id is not known here"), "{id}");
        let (before, _) = text.split_once("Request ID").unwrap();
        let main = before.split_once("id=\"error-page\"").unwrap().1;
        main.replace(id, "ID")
    };
    assert_eq!(page("web").await, page("spa").await);
    assert_eq!(page("web").await, page("nobody").await);
}

#[tokio::test]
async fn a_client_or_an_address_sent_twice_stops_on_our_page() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    stops_here(&browser, &AuthRequest::of(&WEB).also("client_id", "web")).await;
    stops_here(&browser, &AuthRequest::of(&WEB).also("redirect_uri", WEB.redirect_uri)).await;
    stops_here(&browser, &AuthRequest::of(&WEB).without("client_id")).await;
    stops_here(&browser, &AuthRequest::of(&WEB).with("client_id", "")).await;
}

#[tokio::test]
async fn what_was_received_is_shown_as_text_only() {
    let test = Test::new().await;
    let hostile = "\"><script>alert(1)</script>";
    for ask in [AuthRequest::of(&WEB).with("client_id", hostile), AuthRequest::of(&WEB).with("redirect_uri", hostile)] {
        let reply = test.browser().authorize(&ask).await;
        let text = reply.text();
        assert!(text.contains("&lt;script&gt;alert(1)") && !text.contains("<script>alert"), "{text}");
    }
}

#[tokio::test]
async fn the_page_is_json_for_who_asks_for_json() {
    let test = Test::new().await;
    let call =
        Call::get(&AuthRequest::of(&WEB).with("client_id", "nobody").path()).header("accept", "application/json");
    assert_eq!(test.send(call).await.refusal(), (400, "invalid_request".to_owned()));
}

#[tokio::test]
async fn no_unsafe_address_can_be_registered() {
    let test = Test::new().await;
    let register = async |uri: &str| {
        test.provider.add_client(NewClient::new("New", ClientKind::Public, vec![uri.to_owned()])).await
    };
    for uri in [
        "https://a.example/cb#fragment",
        "http://a.example/cb",
        "https://*.example/cb",
        "https://user@a.example/cb",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "vbscript:x",
        "myapp:/cb",
        "https://a.example/a b",
    ] {
        assert!(register(uri).await.is_err(), "{uri}");
    }
    for uri in ["https://a.example/cb?keep=1", "http://localhost:3000/cb", "com.example.app:/cb"] {
        assert!(register(uri).await.is_ok(), "{uri}");
    }
}

#[tokio::test]
async fn the_query_of_a_registered_address_is_kept() {
    let test = Test::new().await;
    let uri = "https://q.example/cb?tenant=7";
    let new =
        NewClient { client_id: Some("q".to_owned()), ..NewClient::new("Q", ClientKind::Public, vec![uri.to_owned()]) };
    test.provider.add_client(new).await.unwrap();
    let ask = AuthRequest::of(&SPA).with("client_id", "q").with("redirect_uri", uri);
    let reply = test.signed_in("ada").await.allow(&ask).await;
    assert!(reply.location().starts_with("https://q.example/cb?tenant=7&code="), "{}", reply.location());
}
