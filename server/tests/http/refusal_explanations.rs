//! Some sixty ways to be refused: the owner's view names the one wrong parameter, and everybody
//! else reads one and the same page.

mod keys;
mod tokens;

use crate::harness::{AuthRequest, Reply};
use crate::problems::{Bench, NARROW, OWN, id_in, page_of, without_request_id};

/// A refusal provoked on purpose: the fault, the parameter, and what of it is shown (empty:
/// nothing).
type Provoked = (Reply, &'static str, &'static str, &'static str);

/// The owner reads what is wrong; everybody else reads what anybody reads about errors of this
/// kind.
async fn check(bench: &Bench, reply: Reply, fault: &str, parameter: &str, sent: &str) {
    let id = id_in(&reply);
    let what = format!("{fault} of {parameter}: {id}");
    let details = bench.details(&bench.ada, &id).await;
    let finding = &details["problem"]["finding"];
    assert_eq!((&finding["fault"], &finding["parameter"]), (&fault.into(), &parameter.into()), "{what}");
    assert_eq!(finding["sent"].as_str().unwrap_or_default(), sent, "{what}");
    let own = bench.ada.get(&page_of(&id)).await;
    assert!(own.status == 200 && own.text().contains(&format!("{parameter} {fault}")), "{what}");
    let anybody = bench.test.browser();
    let plain = without_request_id(&anybody.get(&page_of(id.split('-').next().unwrap())).await);
    assert!(!plain.contains(details["client_name"].as_str().unwrap()), "{what}");
    for reader in [&anybody, &bench.grace] {
        let page = reader.get(&page_of(&id)).await;
        assert_eq!((page.status, without_request_id(&page) == plain), (200, true), "{what}");
    }
}

/// Checks one after the other, each in a minute of its own: what is noted in one is bounded.
async fn check_all(bench: &Bench, table: Vec<Provoked>) {
    for (reply, fault, parameter, sent) in table {
        check(bench, reply, fault, parameter, sent).await;
    }
    bench.test.clock.advance(61);
}

async fn check_asks(bench: &Bench, table: Vec<(AuthRequest, &'static str, &'static str, &'static str)>) {
    for (ask, fault, parameter, sent) in table {
        check(bench, bench.ada.authorize(&ask).await, fault, parameter, sent).await;
    }
    bench.test.clock.advance(61);
}

#[tokio::test]
async fn each_fault_of_an_authorization_request_is_named_to_the_owner_alone() {
    let bench = Bench::new().await;
    let ok = || AuthRequest::of(&OWN);
    let long = "x".repeat(2049);
    let table = vec![
        (ok().without("response_type"), "missing", "response_type", ""),
        (ok().with("response_type", "token"), "unknown_value", "response_type", "token"),
        (ok().with("response_mode", "fragment"), "unknown_value", "response_mode", "fragment"),
        (ok().also("state", "2"), "repeated", "state", ""),
        (ok().also("scope", "read"), "repeated", "scope", ""),
        (ok().with("request", "x"), "unsupported", "request", ""),
        (ok().with("request_uri", "x"), "unsupported", "request_uri", ""),
        (ok().with("prompt", "perhaps"), "unknown_value", "prompt", "perhaps"),
        (ok().with("prompt", "none login"), "not_alone", "prompt", "none login"),
        (ok().with("max_age", "-1"), "malformed", "max_age", "-1"),
        (ok().with("login_hint", &long), "too_long", "login_hint", ""),
        (ok().with("nonce", &long), "too_long", "nonce", ""),
    ];
    check_asks(&bench, table).await;
}

#[tokio::test]
async fn each_fault_of_a_scope_or_a_challenge_is_named_to_the_owner_alone() {
    let bench = Bench::new().await;
    let ok = || AuthRequest::of(&OWN);
    let many: String = (0..101).map(|number| format!("s{number} ")).collect();
    let table = vec![
        (ok().with("scope", "read nonsense"), "scope_unknown", "scope", "nonsense"),
        (ok().with("scope", "read a\"b"), "malformed", "scope", "a\"b"),
        (ok().with("scope", &many), "too_many", "scope", ""),
        (AuthRequest::of(&NARROW).with("scope", "read write"), "scope_not_allowed", "scope", "write"),
        (ok().without_pkce(), "pkce_missing", "code_challenge", ""),
        (ok().with("code_challenge_method", "plain"), "pkce_method", "code_challenge_method", "plain"),
        (ok().without("code_challenge_method"), "pkce_method", "code_challenge_method", ""),
        (ok().with("code_challenge", "short"), "malformed", "code_challenge", ""),
        (ok().without("code_challenge"), "missing", "code_challenge", ""),
    ];
    check_asks(&bench, table).await;
    bench.test.partial_user("guest", "read").await;
    let beyond = bench.test.signed_in("guest").await.authorize(&ok().with("scope", "write")).await;
    check(&bench, beyond, "scope_not_grantable", "scope", "write").await;
}

#[tokio::test]
async fn each_fault_of_an_address_is_named_to_the_owner_alone() {
    let bench = Bench::new().await;
    let mut table = Vec::new();
    for uri in
        ["https://own.example/callback/", "https://own.example/Callback", "http://own.example/callback", "x", "<b>"]
    {
        let ask = AuthRequest::of(&OWN).with("redirect_uri", uri);
        table.push((bench.refused(&bench.ada, &ask).await, "not_registered", "redirect_uri", uri));
    }
    let twice = AuthRequest::of(&OWN).also("redirect_uri", "https://evil.example/");
    table.push((bench.refused(&bench.ada, &twice).await, "repeated", "redirect_uri", ""));
    let unnamed = AuthRequest::of(&NARROW).without("redirect_uri");
    table.push((bench.refused(&bench.ada, &unnamed).await, "missing", "redirect_uri", ""));
    check_all(&bench, table).await;
}
