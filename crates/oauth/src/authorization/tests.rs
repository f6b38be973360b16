//! The authorization request: RFC 6749 §4.1.1.

use super::*;
use crate::fixture::{CHALLENGE, client, query};
use proptest::prelude::*;

fn parse(request: &str) -> Result<AuthorizationRequest, Error> {
    AuthorizationRequest::parse(&client(&["https://printer.example/cb"]), &query(request), PkceRule::Required)
}

/// The `error` that this request gets, after a good beginning.
fn refusal(rest: &str) -> &'static str {
    parse(&format!("response_type=code&{rest}")).map_or_else(|error| error.code.as_str(), |_| "accepted")
}

#[test]
fn a_whole_request_is_read() {
    let request = format!(
        "response_type=code&response_mode=query&client_id=printer&scope=write+read&state=x&code_challenge={CHALLENGE}\
         &code_challenge_method=S256&prompt=login+consent&max_age=0&login_hint=ada&nonce=n&ui_locales=de-CH+en&extra=foobar&extra=2"
    );
    let parsed = parse(&request).unwrap();
    assert_eq!(parsed.scope, Some(Scope::of(["read", "write"])));
    assert_eq!(parsed.challenge, Some(CodeChallenge::from_stored(CHALLENGE.into())));
    assert_eq!(parsed.prompts, [Prompt::Login, Prompt::Consent]);
    assert!(parsed.wants(Prompt::Login) && !parsed.wants(Prompt::None));
    assert_eq!(
        (parsed.max_age, parsed.login_hint.as_deref(), parsed.nonce.as_deref()),
        (Some(0), Some("ada"), Some("n"))
    );
    assert_eq!(parsed.ui_locales, ["de-CH", "en"]);
}

#[test]
fn empty_parameters_count_as_absent() {
    let plain = parse("response_type=code").unwrap();
    let names = [
        "response_mode",
        "scope",
        "redirect_uri",
        "state",
        "code_challenge_method",
        "prompt",
        "max_age",
        "login_hint",
        "nonce",
        "ui_locales",
        "id_token_hint",
        "acr_values",
        "claims",
        "display",
        "resource",
        "request",
        "request_uri",
    ];
    for name in names {
        assert_eq!(parse(&format!("response_type=code&{name}=")).as_ref(), Ok(&plain), "{name}");
    }
    assert_eq!(parse("response_type=code&scope=+").as_ref(), Ok(&plain));
}

#[test]
fn an_empty_parameter_that_protects_the_code_is_refused() {
    for name in ["code_challenge", "dpop_jkt"] {
        for rest in [format!("{name}="), name.to_owned()] {
            let error = parse(&format!("response_type=code&{rest}")).unwrap_err();
            assert_eq!((error.code.as_str(), error.reason.as_deref()), ("invalid_request", Some(name)), "{rest}");
        }
    }
}

#[test]
fn a_repeated_parameter_is_refused_before_anything_else() {
    for name in KNOWN.split(' ') {
        let error = parse(&format!("response_type=token&{name}=a&{name}=a")).unwrap_err();
        assert_eq!((error.code.as_str(), error.reason.as_deref()), ("invalid_request", Some(name)));
    }
}

#[test]
fn only_a_code_by_query_or_form_is_answered() {
    assert_eq!((refusal("response_mode=query"), refusal("response_mode=form_post")), ("accepted", "accepted"));
    for mode in ["fragment", "query.jwt", "web_message", "nonsense"] {
        assert_eq!(refusal(&format!("response_mode={mode}")), "invalid_request", "{mode}");
    }
    for (kind, code) in [
        ("", "invalid_request"),
        ("token", "unsupported_response_type"),
        ("id_token+token", "unsupported_response_type"),
        ("code+code", "unsupported_response_type"),
        ("Code", "unsupported_response_type"),
    ] {
        let error = parse(&format!("response_type={kind}")).unwrap_err();
        assert_eq!(error.code.as_str(), code, "{kind}");
    }
}

#[test]
fn request_objects_are_refused_by_name() {
    assert_eq!(refusal("request=eyJhbGciOiJub25lIn0.e30."), "request_not_supported");
    assert_eq!(refusal("request_uri=http%3A%2F%2F169.254.169.254%2F"), "request_uri_not_supported");
    assert_eq!(parse("request=x").unwrap_err().code, ErrorCode::RequestNotSupported);
}

#[test]
fn a_client_without_the_grant_is_refused() {
    let other = Client { grant_types: vec![GrantType::ClientCredentials], ..client(&[]) };
    let refused = AuthorizationRequest::parse(&other, &query("response_type=code"), PkceRule::Required);
    assert_eq!(refused.unwrap_err().code, ErrorCode::UnauthorizedClient);
}

#[test]
fn who_must_use_pkce_is_told_how() {
    let strict = Client { require_pkce: true, ..client(&[]) };
    let public = Client { kind: ClientKind::Public, ..strict.clone() };
    for (required, waived) in [(public, false), (strict, true)] {
        let parse = |rest: &str| {
            AuthorizationRequest::parse(&required, &query(&format!("response_type=code{rest}")), PkceRule::Required)
        };
        let error = parse("&scope=openid&nonce=n").unwrap_err();
        assert_eq!(error.code, ErrorCode::InvalidRequest);
        assert!(error.description.contains("S256") && !error.description.contains("Swagger"));
        assert_eq!(error.description.contains("--pkce nonce-or-pkce"), waived);
        let proven = parse(&format!("&code_challenge={CHALLENGE}&code_challenge_method=S256"));
        assert!(proven.unwrap().challenge.is_some());
    }
    assert_eq!(parse("response_type=code").unwrap().challenge, None);
}

#[test]
fn nonce_with_openid_stands_in_for_pkce_where_the_operator_lets_it() {
    let lax = Client { require_pkce: true, pkce: Some(PkceRule::NonceOrPkce), ..client(&[]) };
    let usual = Client { pkce: None, ..lax.clone() };
    let strict = Client { pkce: Some(PkceRule::Required), ..lax.clone() };
    let public = Client { kind: ClientKind::Public, ..lax.clone() };
    let passes = |client: &Client, usual, rest: &str| {
        AuthorizationRequest::parse(client, &query(&format!("response_type=code{rest}")), usual).is_ok()
    };
    let protected = "&scope=openid+read&nonce=n";
    assert!(passes(&lax, PkceRule::Required, protected) && passes(&usual, PkceRule::NonceOrPkce, protected));
    assert!(!passes(&usual, PkceRule::Required, protected) && !passes(&strict, PkceRule::NonceOrPkce, protected));
    assert!(!passes(&public, PkceRule::NonceOrPkce, protected));
    for rest in ["", "&scope=openid", "&nonce=n", "&scope=read&nonce=n", "&scope=openid&nonce="] {
        assert!(!passes(&lax, PkceRule::NonceOrPkce, rest), "{rest}");
    }
}

#[test]
fn a_weak_challenge_is_refused() {
    for rest in
        [format!("code_challenge={CHALLENGE}"), format!("code_challenge={CHALLENGE}&code_challenge_method=plain")]
    {
        assert_eq!(refusal(&rest), "invalid_request");
    }
    assert_eq!(refusal("code_challenge=short&code_challenge_method=S256"), "invalid_request");
}

#[test]
fn a_malformed_scope_is_refused() {
    for scope in ["a%22b", "a%5Cb", "a%09b", "%C3%A9", &"x".repeat(201), &"x+".repeat(101)[..]] {
        let code = refusal(&format!("scope={scope}"));
        assert_eq!(code, if scope.starts_with("x+") { "accepted" } else { "invalid_scope" }, "{scope:.40}");
    }
}

#[test]
fn prompts_are_known_words_and_none_stands_alone() {
    assert_eq!(parse("response_type=code&prompt=none").unwrap().prompts, [Prompt::None]);
    assert_eq!(parse("response_type=code&prompt=select_account").unwrap().prompts, [Prompt::SelectAccount]);
    for prompt in ["none+login", "consent+none", "Login", "login,consent", "create"] {
        assert_eq!(refusal(&format!("prompt={prompt}")), "invalid_request", "{prompt}");
    }
}

#[test]
fn max_age_is_a_whole_number() {
    for (age, seconds) in [("0", 0), ("3600", 3600), ("9223372036854775807", i64::MAX)] {
        assert_eq!(parse(&format!("response_type=code&max_age={age}")).unwrap().max_age, Some(seconds));
    }
    for age in ["-1", "%2B1", "1.5", "9223372036854775808", "abc", "1+", "1e3", "%D9%A1"] {
        assert_eq!(refusal(&format!("max_age={age}")), "invalid_request", "{age}");
    }
}

#[test]
fn what_is_kept_has_bounds() {
    assert_eq!(refusal(&format!("nonce={}", "x".repeat(2048))), "accepted");
    for name in ["nonce", "login_hint", "ui_locales"] {
        assert_eq!(refusal(&format!("{name}={}", "x".repeat(65_536))), "invalid_request", "{name}");
    }
}

#[test]
fn claims_and_resources_are_read_or_refused() {
    let request =
        parse("response_type=code&claims=%7B%22id_token%22:%7B%22name%22:null%7D%7D&resource=urn:a:1&resource=urn:a:2");
    let request = request.unwrap();
    assert!(request.authentication.claims.id_token().contains_key("name"));
    assert_eq!(request.binding.resources.iter().collect::<Vec<_>>(), ["urn:a:1", "urn:a:2"]);
    assert_eq!(refusal("claims=%7B"), "invalid_request");
    assert_eq!(refusal("resource=api"), "invalid_target");
}

proptest! {
    #[test]
    fn any_values_are_read_or_refused(name in prop::sample::select(KNOWN.split(' ').collect::<Vec<_>>()), value in "[^\0]*") {
        let params = query("response_type=code").with(name, &value);
        if let Err(error) = AuthorizationRequest::parse(&client(&[]), &params, PkceRule::Required) {
            let allowed = |byte: u8| matches!(byte, 0x20..=0x7E) && !b"\"\\".contains(&byte);
            prop_assert!(error.description.bytes().all(allowed));
        }
    }
}
