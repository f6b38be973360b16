//! Random requests (fuzzing) against every address: never a status of 500.

use provider::Entropy;
use provider::entropy::Seeded;

use crate::harness::{Browser, Call, Form, Test, Tokens};

/// So many requests to each address.
const ROUNDS: usize = 40;

const PATHS: [&str; 33] = [
    "/oauth2/authorize",
    "/oauth/authorize/",
    "/oauth2/token",
    "/oauth2/tokeninfo",
    "/oauth2/introspect",
    "/oauth2/revoke",
    "/.well-known/oauth-authorization-server",
    "/health/ready",
    "/assets/x",
    "/login",
    "/logout",
    "/consent",
    "/setup",
    "/",
    "/account",
    "/account/password",
    "/account/theme",
    "/account/tokens",
    "/account/tokens/new",
    "/account/tokens/x/revoke",
    "/account/sessions",
    "/account/sessions/others",
    "/account/sessions/x/end",
    "/account/applications",
    "/account/applications/x/remove",
    "/developer",
    "/developer/applications",
    "/developer/applications/new",
    "/developer/applications/web",
    "/developer/applications/web/delete",
    "/developer/applications/web/problems/x/add",
    "/errors/invalid_grant",
    "/errors/x",
];

const NAMES: &str = "client_id client_secret redirect_uri response_type response_mode scope state nonce prompt max_age code \
    code_challenge code_challenge_method code_verifier grant_type refresh_token access_token token token_type_hint username \
    password return_to switch request decision optional_scope name scopes intent form_id version type pkce \
    old_secret_until confirm_name theme q page jeton_asked ui_locales login_hint current_password new_password";

const VALUES: [&str; 32] = [
    "",
    "web",
    "spa",
    "nobody",
    "code",
    "token",
    "S256",
    "plain",
    "read",
    "write nonsense",
    "login",
    "none consent",
    "0",
    "-1",
    "9223372036854775807",
    "99999999999999999999",
    "authorization_code",
    "refresh_token",
    "client_credentials",
    "https://web.example/callback",
    "//evil.example",
    "javascript:alert(1)",
    "allow",
    "create",
    "add",
    "remove:0",
    "remove:18446744073709551616",
    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    "\u{0}",
    "é\u{202e}💥",
    "a.b.c",
    "' or 1=1 --",
];

/// A stream of choices that is the same in every run.
struct Dice(Seeded);

impl Dice {
    fn roll(&self, sides: usize) -> usize {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        usize::try_from(u64::from_be_bytes(bytes) % sides as u64).unwrap()
    }

    fn bytes(&self, most: usize) -> Vec<u8> {
        let mut bytes = vec![0; self.roll(most)];
        self.0.fill(&mut bytes);
        bytes
    }

    fn pairs(&self, known: &[String]) -> Vec<(String, String)> {
        let names: Vec<&str> = NAMES.split_whitespace().collect();
        let pair = |_| {
            let value = match self.roll(4) {
                0 => String::from_utf8_lossy(&self.bytes(60)).into_owned(),
                1 => known[self.roll(known.len())].clone(),
                _ => VALUES[self.roll(VALUES.len())].to_owned(),
            };
            (names[self.roll(names.len())].to_owned(), value)
        };
        (0..self.roll(14)).map(pair).collect()
    }

    fn call(&self, path: &str, known: &[String], csrf: &str) -> Call {
        let pairs = self.pairs(known);
        let mut pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        pairs.push(("csrf", csrf));
        let query = oauth::Params::from_pairs(pairs.iter().copied()).encode();
        let call = match self.roll(5) {
            0 => Call::get(&format!("{path}?{query}")),
            1 => Call::new("POST", path).body("application/x-www-form-urlencoded", self.bytes(300)),
            2 => Call::new(["PUT", "HEAD", "OPTIONS", "DELETE", "POST"][self.roll(5)], path)
                .body("text/plain", self.bytes(50)),
            _ => Call::post(path, &pairs),
        };
        match self.roll(4) {
            0 => call.basic(VALUES[self.roll(4)], "web-secret-31415926"),
            1 => call.bearer(&known[self.roll(known.len())].replace(|c: char| !c.is_ascii_graphic(), "x")),
            2 => call.header("authorization", self.bytes(40).into_iter().map(|byte| byte | 0x80).collect::<Vec<_>>()),
            _ => call,
        }
    }
}

async fn make_noise(browser: &Browser, seed: u64, known: &[String]) {
    let dice = Dice(Seeded::new(seed));
    let csrf = browser.form("/login?switch=1", "/login").await.value("csrf").unwrap().to_owned();
    for path in PATHS {
        for round in 0..ROUNDS {
            // A slip can end the session or lock the account; the noise goes on either way.
            let call = dice.call(path, known, &csrf);
            let reply = browser.send(call.clone()).await;
            assert!(reply.status < 500, "{path} {seed}/{round}: {} {call:?}", reply.status);
            let kind = reply.header("content-type");
            let ours = reply.body.is_empty() || kind == "application/json" || kind.starts_with("text/html");
            assert!(ours, "{path} {seed}/{round}: {kind} {call:?}");
        }
    }
}

#[tokio::test]
async fn noise_from_a_stranger_is_never_the_servers_fault() {
    let test = Test::new().await;
    let tokens = test.tokens().await;
    make_noise(&test.browser(), 1, &[tokens.access, tokens.refresh]).await;
    assert_eq!(test.browser().get("/login").await.status, 200);
}

#[tokio::test]
async fn noise_from_somebody_who_is_signed_in_is_never_the_servers_fault() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let form: Form = browser.consent_form(&crate::harness::AuthRequest::of(&crate::harness::WEB)).await;
    let tokens: Tokens = test.tokens().await;
    let sealed = form.value("request").unwrap().to_owned();
    make_noise(&browser, 2, &[tokens.access, tokens.refresh, sealed]).await;
    assert_eq!(test.browser().get("/login").await.status, 200);
}
