//! OpenID Connect RP-Initiated Logout: when a session ends, and where the person goes.

use super::*;
use crate::fixture::{client, query};
use proptest::prelude::*;

const URI: &str = "https://printer.example/bye";
const THEN: Timestamp = Timestamp::from_seconds(7);
const HERE: BrowserSession<'static> = BrowserSession { subject: "42", session: "s", auth_time: THEN };

fn hint() -> IdTokenHint {
    IdTokenHint { subject: "42".into(), session: Some("s".into()), auth_time: THEN, client_id: "printer".into() }
}

fn printer() -> Client {
    Client { post_logout_redirect_uris: vec![URI.into(), format!("{URI}?a=b")], ..client(&[]) }
}

fn decide(request: &str, hint: Option<Option<&IdTokenHint>>, browser: Option<BrowserSession<'_>>) -> Decision {
    let request = EndSession::parse(&query(request)).unwrap();
    let printer = printer();
    let client = request.client(hint.flatten()).filter(|id| *id == "printer").map(|_| &printer);
    request.decide(&LogoutContext { hint, client, browser })
}

fn session_stays(fault: Fault) -> Decision {
    Decision { step: Step::Confirm, redirect: None, fault: Some(fault) }
}

#[test]
fn the_clients_own_session_ends_and_the_person_goes_back() {
    let whole =
        format!("id_token_hint=x&client_id=printer&post_logout_redirect_uri={URI}&state=a%20%26b&extra=1&extra=2");
    let expected = Decision { step: Step::End, redirect: Some(format!("{URI}?state=a%20%26b")), fault: None };
    assert_eq!(decide(&whole, Some(Some(&hint())), Some(HERE)), expected);
    let query = format!("post_logout_redirect_uri={URI}%3Fa=b&state=1");
    assert_eq!(decide(&query, Some(Some(&hint())), Some(HERE)).redirect, Some(format!("{URI}?a=b&state=1")));
    let stateless = decide(&format!("post_logout_redirect_uri={URI}"), Some(Some(&hint())), None);
    assert_eq!(stateless, Decision { step: Step::Nothing, redirect: Some(URI.into()), fault: None });
    let bare = Decision { step: Step::End, redirect: None, fault: None };
    assert_eq!(decide("id_token_hint=x", Some(Some(&hint())), Some(HERE)), bare);
    assert_eq!(decide("id_token_hint=x&state=1", Some(Some(&hint())), Some(HERE)), bare);
}

#[test]
fn without_an_id_token_the_person_is_asked_and_stays() {
    let asked = Decision { step: Step::Confirm, redirect: None, fault: None };
    for request in ["", "state=1", "client_id=printer", "logout_hint=ada"] {
        assert_eq!(decide(request, None, Some(HERE)), asked, "{request}");
    }
    let redirect = format!("client_id=printer&post_logout_redirect_uri={URI}");
    assert_eq!(decide(&redirect, None, Some(HERE)), session_stays(Fault::Redirect));
    assert_eq!(decide(&format!("post_logout_redirect_uri={URI}"), None, Some(HERE)), session_stays(Fault::Redirect));
    assert_eq!(decide("", None, None).step, Step::Nothing);
}

#[test]
fn an_id_token_without_sid_is_of_the_sign_in_that_it_tells_of() {
    let of = |auth_time| {
        decide("id_token_hint=x", Some(Some(&IdTokenHint { session: None, auth_time, ..hint() })), Some(HERE)).step
    };
    assert_eq!((of(THEN), of(THEN.plus(-1))), (Step::End, Step::Confirm));
}

#[test]
fn another_sessions_id_token_does_not_end_this_one_unasked() {
    let request = format!("id_token_hint=x&post_logout_redirect_uri={URI}");
    let others = [
        IdTokenHint { session: Some("other".into()), ..hint() },
        IdTokenHint { subject: "43".into(), ..hint() },
        IdTokenHint { session: None, auth_time: THEN.plus(1), ..hint() },
    ];
    for other in others {
        let asked = Decision { step: Step::Confirm, redirect: Some(URI.into()), fault: None };
        assert_eq!(decide(&request, Some(Some(&other)), Some(HERE)), asked);
    }
}

#[test]
fn a_forged_id_token_leads_nowhere() {
    let request = format!("id_token_hint=x&client_id=printer&post_logout_redirect_uri={URI}");
    assert_eq!(decide(&request, Some(None), Some(HERE)), session_stays(Fault::Hint));
    assert_eq!(decide(&request, Some(None), None).redirect, None);
}

#[test]
fn only_a_registered_address_is_gone_to() {
    for uri in [
        "https://evil.example",
        "https://printer.example/bye/",
        "https://printer.example/bye?x=1",
        "https://PRINTER.example/bye",
    ] {
        let request = format!("id_token_hint=x&post_logout_redirect_uri={uri}");
        assert_eq!(decide(&request, Some(Some(&hint())), Some(HERE)), session_stays(Fault::Redirect), "{uri}");
    }
}

#[test]
fn the_client_that_is_named_must_be_the_one_of_the_id_token() {
    let request = "id_token_hint=x&client_id=other";
    assert_eq!(decide(request, Some(Some(&hint())), Some(HERE)), session_stays(Fault::Client));
    assert_eq!(decide("client_id=other", None, Some(HERE)), session_stays(Fault::Client));
    let gone = IdTokenHint { client_id: "gone".into(), ..hint() };
    assert_eq!(decide("id_token_hint=x", Some(Some(&gone)), Some(HERE)), session_stays(Fault::Client));
}

#[test]
fn repeated_and_endless_parameters_are_refused() {
    for name in KNOWN.split(' ') {
        assert!(EndSession::parse(&query(&format!("{name}=a&{name}=a"))).is_err(), "{name}");
    }
    assert!(EndSession::parse(&query(&format!("state={}", "x".repeat(2048)))).is_ok());
    assert!(EndSession::parse(&query(&format!("state={}", "x".repeat(2049)))).is_err());
}

proptest! {
    #[test]
    fn nobody_is_sent_to_an_address_that_is_not_registered(uri in "https://.*|.*", state in ".*", hinted: bool, forged: bool) {
        let params = Params::from_pairs([("post_logout_redirect_uri", uri), ("state", state)]);
        let (printer, own) = (printer(), hint());
        let hint = hinted.then_some((!forged).then_some(&own));
        let Ok(request) = EndSession::parse(&params) else { return Ok(()) };
        let decision = request.decide(&LogoutContext { hint, client: Some(&printer), browser: Some(HERE) });
        prop_assert!(decision.redirect.is_none_or(|to| hinted && !forged && to.starts_with(URI)));
    }
}
