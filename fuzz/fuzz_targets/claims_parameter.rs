#![no_main]
//! The `claims` parameter, and claims as the command line has them.

use libfuzzer_sys::fuzz_target;
use oauth::Scope;
use oauth::oidc::claims::parse_assignment;
use oauth::oidc::user_claims::Account;
use oauth::oidc::{ClaimsRequest, UserClaims, userinfo};

fuzz_target!(|text: &str| {
    let _ = parse_assignment(text);
    let Ok(request) = ClaimsRequest::parse(text) else { return };
    assert_eq!(ClaimsRequest::parse(&request.to_json()).as_ref(), Ok(&request));
    let user = UserClaims::new(Account { username: "ada", ..Account::default() }, &Default::default());
    let answer = userinfo::claims("42", &user, &Scope::of(["openid", "profile"]), &request);
    assert_eq!(answer.get("sub").and_then(|sub| sub.as_str()), Some("42"));
    assert!(!answer.contains_key("iss") && !answer.contains_key("aud"));
});
