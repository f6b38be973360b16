//! Choosing the redirect URI, and the response parameters.

use super::*;
use crate::fixture::{ISSUER, client, query};
use proptest::prelude::*;

const CB: &str = "https://printer.example/cb";

fn resolve(registered: &[&str], request: &str) -> Result<Callback, CallbackError> {
    Callback::resolve(&client(registered), &query(request), ISSUER)
}

fn success(registered: &[&str], request: &str) -> String {
    resolve(registered, request).map_or_else(|error| format!("{error:?}"), |callback| callback.success("jtn_ac_x"))
}

#[test]
fn the_registered_address_gets_the_answer() {
    let callback = resolve(&[CB], &format!("redirect_uri={CB}"));
    assert_eq!(callback.map(|callback| (callback.redirect_uri, callback.sent)), Ok((CB.into(), Some(CB.into()))));
    assert_eq!(success(&[CB], ""), format!("{CB}?code=jtn_ac_x&iss=https%3A%2F%2Fid.example"));
}

#[test]
fn it_may_be_left_out_when_exactly_one_is_registered() {
    for request in ["", "redirect_uri="] {
        let sent = resolve(&[CB], request).map(|callback| (callback.redirect_uri, callback.sent));
        assert_eq!(sent, Ok((CB.into(), None)), "{request:?}");
        assert_eq!(resolve(&[CB, "https://printer.example/b"], request).err(), Some(CallbackError::Missing));
        assert_eq!(resolve(&[], request).err(), Some(CallbackError::Missing));
    }
}

#[test]
fn a_request_of_openid_connect_has_to_name_it() {
    for scope in ["openid", "email+openid"] {
        assert_eq!(resolve(&[CB], &format!("scope={scope}")).err(), Some(CallbackError::Missing));
        assert!(resolve(&[CB], &format!("scope={scope}&redirect_uri={CB}")).is_ok());
    }
    assert!(resolve(&[CB], "scope=read+openidx").is_ok());
}

#[test]
fn any_other_address_is_a_page_and_no_redirect() {
    for asked in
        ["https://printer.example/cb/", "https://evil.example/cb", "https://printer.example/cb#x", "//evil.example"]
    {
        let params = Params::from_pairs([("redirect_uri", asked)]);
        let refused = Callback::resolve(&client(&[CB]), &params, ISSUER).err();
        assert_eq!(refused, Some(CallbackError::NotRegistered { received: asked.into() }));
    }
    for request in ["redirect_uri=a&redirect_uri=b", "redirect_uri=&redirect_uri=", "client_id=a&client_id=a"] {
        assert_eq!(resolve(&[CB], request).err(), Some(CallbackError::Repeated), "{request}");
    }
    for bad in ["https://printer.example/cb#x", "javascript:alert(1)", "http://printer.example/cb", ""] {
        assert_eq!(resolve(&[bad], "").err(), Some(CallbackError::Invalid), "{bad}");
    }
}

#[test]
fn a_native_application_chooses_its_port() {
    let answer = success(&["http://127.0.0.1/cb"], "redirect_uri=http://127.0.0.1:53211/cb");
    assert_eq!(answer, "http://127.0.0.1:53211/cb?code=jtn_ac_x&iss=https%3A%2F%2Fid.example");
    let answer = success(&["com.example.app:/cb"], "");
    assert_eq!(answer, "com.example.app:/cb?code=jtn_ac_x&iss=https%3A%2F%2Fid.example");
}

#[test]
fn an_error_says_why_and_who_answered() {
    let callback = resolve(&[CB], "state=a+b%26c");
    let answer = callback.map(|callback| callback.error(&Error::access_denied().because("for the log")));
    let expected = "?error=access_denied&error_description=The%20request%20was%20denied&state=a%20b%26c&iss=https%3A%2F%2Fid.example";
    assert_eq!(answer, Ok(format!("{CB}{expected}")));
}

#[test]
fn the_state_comes_back_when_it_was_sent_once() {
    let cases = [
        ("state=x", Some("state=x")),
        ("", None),
        ("state=", None),
        ("state=a&state=b", None),
        ("state=a&state=a", None),
    ];
    for (request, expected) in cases {
        let answer = success(&[CB], request);
        assert_eq!(answer.split(['?', '&']).find(|piece| piece.starts_with("state")), expected, "{request}");
    }
}

#[test]
fn an_existing_query_stays() {
    let tail = "code=jtn_ac_x&iss=https%3A%2F%2Fid.example";
    assert_eq!(
        success(&["https://printer.example/cb?a=1&b=%20+&c"], ""),
        format!("https://printer.example/cb?a=1&b=%20+&c&{tail}")
    );
    assert_eq!(success(&["https://printer.example/cb?"], ""), format!("https://printer.example/cb?{tail}"));
}

#[test]
fn each_response_parameter_stands_exactly_once() {
    let preloaded = "https://printer.example/cb?code=evil&a=1&%73tate=evil&iss=evil&error=x";
    let answer = success(&[preloaded], "state=mine");
    assert_eq!(answer, "https://printer.example/cb?a=1&code=jtn_ac_x&state=mine&iss=https%3A%2F%2Fid.example");
}

proptest! {
    #[test]
    fn any_state_comes_back_exactly(state in "[^\0]{1,2000}") {
        let params = Params::from_pairs([("state", state.as_str())]);
        let answer = Callback::resolve(&client(&[CB]), &params, ISSUER).map(|callback| callback.success("x"));
        let answer = answer.unwrap_or_default();
        prop_assert!(answer.is_ascii() && !answer.contains('+'));
        let (_, back) = answer.split_once('?').unwrap_or_default();
        prop_assert_eq!(query(back).last("state").map(str::to_owned), Some(state));
    }
}
