//! The crate openidconnect, unmodified: discovery, the code flow, the ID token with its signature, userinfo, refresh, and beside each
//! what must not work. `./test` starts Jeton and sets the environment.
#![allow(clippy::unwrap_used)]

use std::env::var;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use example_openidconnect::{App, Errand};
use openidconnect::core::{CoreIdTokenClaims, CoreJwsSigningAlgorithm, CoreTokenResponse};
use openidconnect::url::Url;
use openidconnect::{
    AccessTokenHash, AuthorizationCode, Nonce, OAuth2TokenResponse, PkceCodeVerifier, SubjectIdentifier, TokenResponse,
};

fn app() -> App {
    let (id, secret) = (var("CLIENT_ID").unwrap(), var("CLIENT_SECRET").unwrap());
    App::discover(&var("ISSUER").unwrap(), &id, &secret, &var("REDIRECT_URI").unwrap()).unwrap()
}

/// The browser's part; the address that it was sent to. Its cookies stay in the file `jar`.
fn browser(words: &[&str], jar: &Path) -> Url {
    let mut node = Command::new("node");
    node.arg(var("ALLOW").unwrap()).args(words).env("JAR", jar);
    let mut child = node.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(var("PASSWORD").unwrap().as_bytes()).unwrap();
    let done = child.wait_with_output().unwrap();
    assert!(done.status.success());
    Url::parse(String::from_utf8(done.stdout).unwrap().trim()).unwrap()
}

/// Signs in, allows; the parameters that the browser comes back with.
fn allow(url: &str, jar: &Path) -> Vec<(String, String)> {
    browser(&[url, &var("PERSON").unwrap()], jar).query_pairs().into_owned().collect()
}

fn answer(errand: &Errand) -> String {
    let pairs = allow(&errand.url, Path::new(""));
    let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap();
    assert_eq!((value("state"), value("iss")), (errand.state.secret().clone(), var("ISSUER").unwrap()));
    value("code")
}

/// The tokens of one sign-in, and the nonce of its ID token.
fn sign_in(app: &App) -> (CoreTokenResponse, Nonce) {
    let errand = app.errand();
    let code = answer(&errand);
    (app.exchange(&code, errand.verifier).unwrap(), errand.nonce)
}

fn claims<'a>(app: &App, tokens: &'a CoreTokenResponse, nonce: &Nonce) -> &'a CoreIdTokenClaims {
    tokens.id_token().unwrap().claims(&app.client.id_token_verifier(), nonce).unwrap()
}

#[test]
fn a_sign_in_brings_an_id_token_that_is_signed_for_this_client_and_this_request() {
    let app = app();
    let (tokens, nonce) = sign_in(&app);
    let (token, verifier) = (tokens.id_token().unwrap(), app.client.id_token_verifier());
    let claims = claims(&app, &tokens, &nonce);
    assert_eq!(claims.issuer().as_str(), var("ISSUER").unwrap());
    assert_eq!(*token.signing_alg().unwrap(), CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256);
    let hash = AccessTokenHash::from_token(
        tokens.access_token(),
        token.signing_alg().unwrap(),
        token.signing_key(&verifier).unwrap(),
    );
    assert_eq!(claims.access_token_hash(), Some(&hash.unwrap()));
    assert!(token.claims(&verifier, &Nonce::new("another".to_owned())).is_err());
}

#[test]
fn userinfo_tells_who_it_is_and_is_not_taken_for_another() {
    let app = app();
    let (tokens, nonce) = sign_in(&app);
    let subject = claims(&app, &tokens, &nonce).subject();
    let info = app.user_info(tokens.access_token(), subject).unwrap();
    assert_eq!(info.email().map(|email| email.as_str()), Some("ada@example.org"));
    assert_eq!(info.name().and_then(|name| name.get(None)).map(|name| name.as_str()), Some("Ada Lovelace"));
    assert!(app.user_info(tokens.access_token(), &SubjectIdentifier::new("0".to_owned())).is_err());
}

#[test]
fn a_refresh_brings_an_id_token_of_the_same_sign_in() {
    let app = app();
    let (first, nonce) = sign_in(&app);
    let second = app.refresh(first.refresh_token().unwrap()).unwrap();
    let verifier = app.client.id_token_verifier();
    let later = second.id_token().unwrap().claims(&verifier, |_: Option<&Nonce>| Ok(())).unwrap();
    let before = claims(&app, &first, &nonce);
    assert_eq!((before.subject(), before.auth_time()), (later.subject(), later.auth_time()));
    assert!(app.user_info(second.access_token(), later.subject()).is_ok());
}

#[test]
fn a_code_needs_its_verifier_and_is_good_once() {
    let app = app();
    let errand = app.errand();
    let code = AuthorizationCode::new(answer(&errand));
    let spare = PkceCodeVerifier::new(errand.verifier.secret().clone());
    assert!(app.exchange(code.secret(), errand.verifier).is_ok());
    assert!(app.exchange(code.secret(), spare).unwrap_err().to_string().contains("error"));
    let other = app.errand();
    assert!(app.exchange(&answer(&other), app.errand().verifier).is_err());
}

#[test]
fn signing_out_ends_the_session_and_leads_back() {
    let (app, left) = (app(), var("POST_LOGOUT_REDIRECT_URI").unwrap());
    let jar = std::env::temp_dir().join(format!("jeton-openidconnect-{}.json", std::process::id()));
    let errand = app.errand();
    let pairs = allow(&errand.url, &jar);
    let code = &pairs.iter().find(|(name, _)| name == "code").unwrap().1;
    let tokens = app.exchange(code, errand.verifier).unwrap();
    let silent = || allow(&app.errand().url.replace("prompt=consent", "prompt=none"), &jar);
    assert!(silent().iter().any(|(name, _)| name == "code"));
    let (url, state) = app.leave(tokens.id_token().unwrap(), &left).unwrap();
    assert_eq!(browser(&["--leave", &url], &jar).as_str(), format!("{left}?state={}", state.secret()));
    assert!(silent().contains(&("error".to_owned(), "login_required".to_owned())));
    std::fs::remove_file(&jar).unwrap();
}
