//! Requests to the endpoints that the fast path answers, as bytes, with the status of each.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::harness::{MACHINE, SPA};

/// A request as it travels. `headers`: whole lines, each with its end.
pub fn raw(method: &str, target: &str, headers: &str, body: &str) -> Vec<u8> {
    let head = format!("{method} {target} HTTP/1.1\r\nhost: id.example\r\nconnection: close\r\n");
    let length = if body.is_empty() { String::new() } else { format!("content-length: {}\r\n", body.len()) };
    format!("{head}{headers}{length}\r\n{body}").into_bytes()
}

pub fn chunked(target: &str, headers: &str, pieces: &[&str]) -> Vec<u8> {
    let head = raw("POST", target, &format!("{headers}transfer-encoding: chunked\r\n"), "");
    let chunks = pieces.iter().chain([&""]).flat_map(|piece| format!("{:x}\r\n{piece}\r\n", piece.len()).into_bytes());
    head.into_iter().chain(chunks).collect()
}

pub fn basic(id: &str, secret: &str) -> String {
    let secret: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    format!("authorization: Basic {}\r\n", STANDARD.encode(format!("{id}:{secret}")))
}

pub const FORM: &str = "content-type: application/x-www-form-urlencoded\r\n";
const ORIGIN: &str = "origin: https://evil.example\r\n";
const PREFLIGHT: &str = "origin: https://evil.example\r\naccess-control-request-method: POST\r\n";

/// Requests to the introspection endpoint, with the status of each.
pub fn introspections(token: &str) -> Vec<(u16, Vec<u8>)> {
    let (asks, path) = (format!("token={token}"), "/oauth2/introspect");
    let secret = MACHINE.secret.unwrap();
    let known = format!("{}{FORM}", basic("machine", secret));
    let by = |headers: &str| raw("POST", path, &format!("{headers}{FORM}"), &asks);
    let half = "x".repeat(40_000);
    vec![
        (200, raw("POST", path, &known, &asks)),
        (200, raw("POST", "/oauth/introspect", &format!("{known}{ORIGIN}"), &asks)),
        (200, raw("POST", "/oauth2/introspect/", &known, &asks)),
        (200, raw("POST", "//oauth2/introspect", &known, &asks)),
        (200, raw("POST", "http://id.example/oauth2/introspect?token=x", &known, &asks)),
        (200, raw("POST", path, &known, "token=garbage&token_type_hint=a+b")),
        (200, raw("POST", path, FORM, &format!("{asks}&client_id=machine&client_secret={}", secret.replace(' ', "+")))),
        (200, chunked(path, &known, &[&asks[..9], &asks[9..]])),
        (400, raw("POST", path, &known, "")),
        (400, raw("POST", path, &known, "token=a&token=b")),
        (400, raw("POST", path, &known, "token=%00")),
        (400, raw("POST", path, &format!("{}content-type: application/json\r\n", basic("machine", secret)), "{}")),
        (401, by("")),
        (401, by(&basic("machine", "wrong"))),
        (401, by(&basic("nobody", "wrong"))),
        (401, by(&basic(SPA.id, ""))),
        (401, by("authorization: Basic !\r\n")),
        (401, by("authorization: Bearer garbage\r\n")),
        (400, by("authorization: Bearer a b\r\n")),
        (401, by(&format!("authorization: Bearer {token}\r\n{ORIGIN}"))),
        (404, raw("POST", "/oauth2/introspec%74", &format!("{known}accept: application/json\r\n"), &asks)),
        (405, raw("GET", path, &known, "")),
        (405, raw("HEAD", path, &known, "")),
        (405, raw("PUT", path, &known, &asks)),
        (200, raw("OPTIONS", path, PREFLIGHT, "")),
        (413, raw("POST", path, &known, &"x".repeat(70_000))),
        (413, chunked(path, &known, &[&half, &half])),
        (414, raw("POST", &format!("{path}?{}", "x".repeat(17_000)), &known, &asks)),
        (415, raw("POST", path, &format!("{known}content-encoding: gzip\r\n"), &asks)),
    ]
}

/// Requests to the tokeninfo endpoint, with the status of each.
pub fn token_infos(token: &str) -> Vec<(u16, Vec<u8>)> {
    let (path, held) = ("/oauth2/tokeninfo", format!("access_token={token}"));
    let query = format!("{path}?{held}");
    let bearer = format!("authorization: Bearer {token}\r\n");
    vec![
        (200, raw("GET", &query, "", "")),
        (200, raw("HEAD", &query, "", "")),
        (200, raw("GET", path, &format!("{bearer}{ORIGIN}"), "")),
        (200, raw("GET", "/oauth/tokeninfo/", &bearer, "")),
        (200, raw("POST", path, FORM, &held)),
        (200, raw("POST", &query, "", "")),
        (400, raw("POST", &query, FORM, &held)),
        (200, raw("GET", &query, &bearer, "")),
        (400, raw("GET", &query, "authorization: Bearer other\r\n", "")),
        (400, raw("GET", "/oauth2/tokeninfo?access_token=garbage", "authorization: Bearer garbage\r\n", "")),
        (400, raw("GET", "/oauth2/tokeninfo?access_token=", "", "")),
        (401, raw("GET", path, "", "")),
        (401, raw("HEAD", path, ORIGIN, "")),
        (401, raw("POST", path, FORM, "")),
        (401, raw("GET", path, &format!("authorization: Bearer garbage\r\n{ORIGIN}"), "")),
        (401, raw("GET", "/oauth/tokeninfo/", "authorization: Bearer garbage\r\n", "")),
        (401, raw("GET", path, "authorization: Basic YTpi\r\n", "")),
        (400, raw("GET", "/oauth2/tokeninfo?access_token=garbage", ORIGIN, "")),
        (400, raw("GET", "/oauth2/tokeninfo?access_token=%00", "", "")),
        (400, raw("POST", "/oauth2/tokeninfo?access_token=%00", FORM, "a=b")),
        (401, raw("GET", path, "authorization: Bearer\r\n", "")),
        (400, raw("POST", path, "content-type: text/plain\r\n", &held)),
        (405, raw("DELETE", path, "", "")),
        (200, raw("OPTIONS", path, PREFLIGHT, "")),
        (413, raw("POST", path, FORM, &"x".repeat(70_000))),
        (414, raw("GET", &format!("{path}?{}", "x".repeat(17_000)), "", "")),
    ]
}

/// Requests to the token endpoint, with the status of each.
pub fn tokens() -> Vec<(u16, Vec<u8>)> {
    let (path, secret) = ("/oauth2/token", MACHINE.secret.unwrap());
    let known = format!("{}{FORM}", basic("machine", secret));
    let asks = "grant_type=client_credentials&scope=read";
    let by = |headers: &str| raw("POST", path, &format!("{headers}{FORM}"), asks);
    vec![
        (200, raw("POST", path, &known, asks)),
        (200, raw("POST", "/oauth/token", &format!("{known}{ORIGIN}"), asks)),
        (200, raw("POST", "/oauth2/token/", &known, asks)),
        (200, chunked(path, &known, &[&asks[..9], &asks[9..]])),
        (400, raw("POST", &format!("{path}?{asks}"), &known, "")),
        (400, raw("POST", path, &known, "grant_type=client_credentials&scope=nothing")),
        (400, raw("POST", path, &known, "grant_type=refresh_token&refresh_token=x")),
        (400, raw("POST", path, &known, "grant_type=a&grant_type=a")),
        (400, raw("POST", path, &format!("{}content-type: application/json\r\n", basic("machine", secret)), "{}")),
        (400, raw("POST", path, &format!("{known}dpop: x\r\n"), asks)),
        (401, by("")),
        (401, by(&basic("machine", "wrong"))),
        (401, by("authorization: Basic !\r\n")),
        (405, raw("GET", path, &known, "")),
        (405, raw("PUT", path, &known, asks)),
        (200, raw("OPTIONS", path, PREFLIGHT, "")),
        (413, raw("POST", path, &known, &"x".repeat(70_000))),
        (414, raw("POST", &format!("{path}?{}", "x".repeat(17_000)), &known, asks)),
        (415, raw("POST", path, &format!("{known}content-encoding: gzip\r\n"), asks)),
    ]
}
