//! Every kind of access that a person has, and what a change, a reset, a disabling and an enabling
//! make of it (RT-09).

use oauth::form::NewToken;
use provider::PasswordGrant;
use provider::users::Ends;

use crate::harness::{AuthRequest, Browser, Call, FIRST_PARTY, Form, PASSWORD, Test, TestClient, Tokens, WEB};

const NEW: &str = "another horse battery staple";

/// All that `ada` has, of each kind one.
struct Access {
    test: Test,
    /// The browser in which she acts.
    own: Browser,
    /// One that is signed in elsewhere.
    other: Browser,
    /// A connected application.
    app: Tokens,
    /// A token of the password grant for a first-party client, and the one that it got by
    /// refreshing.
    bought: Tokens,
    refreshed: Tokens,
    /// A token of the password grant without a client.
    lone: String,
    permanent: String,
}

/// What is good: own session, other session, application's access and refresh token, bought access
/// and refresh token, what the bought one got by refreshing, lone token, permanent token.
type Row = [bool; 9];

async fn by_password(test: &Test, client: Option<&TestClient>) -> crate::harness::Reply {
    let pairs = [("grant_type", "password"), ("username", "ada"), ("password", PASSWORD), ("scope", "read")];
    match client {
        Some(client) => test.token(client, &pairs).await,
        None => test.send(Call::post("/oauth2/token", &pairs)).await,
    }
}

async fn permanent(test: &Test, name: &str) -> String {
    let id = test.id_of("ada").await;
    let form = NewToken { name: name.to_owned(), scope: String::new(), scopes: vec!["read".to_owned()] };
    test.provider.create_token(id, &form, name).await.unwrap().secret.expose().to_owned()
}

impl Access {
    async fn new() -> Self {
        let test = Test::with_password_grant(PasswordGrant::Open).await;
        let (own, other) = (test.signed_in("ada").await, test.signed_in("ada").await);
        let app = Tokens::of(&test.exchange(&own.code(&AuthRequest::of(&WEB)).await).await);
        let first = Tokens::of(&by_password(&test, Some(&FIRST_PARTY)).await);
        let bought = Tokens::of(&by_password(&test, Some(&FIRST_PARTY)).await);
        let refreshed = Tokens::of(&test.send(Test::refresh_call(&FIRST_PARTY, &first.refresh)).await);
        let lone = by_password(&test, None).await.member("access_token");
        let permanent = permanent(&test, "script").await;
        Self { test, own, other, app, bought, refreshed, lone, permanent }
    }

    async fn refreshes(&self, client: &TestClient, token: &str) -> bool {
        self.test.send(Test::refresh_call(client, token)).await.status == 200
    }

    async fn row(&self) -> Row {
        let test = &self.test;
        [
            self.own.is_signed_in().await,
            self.other.is_signed_in().await,
            test.is_active(&self.app.access).await,
            self.refreshes(&WEB, &self.app.refresh).await,
            test.is_active(&self.bought.access).await,
            self.refreshes(&FIRST_PARTY, &self.bought.refresh).await,
            test.is_active(&self.refreshed.access).await,
            test.is_active(&self.lone).await,
            test.is_active(&self.permanent).await,
        ]
    }

    /// Changes the password on the page, with these boxes ticked.
    async fn change(&self, ticked: &[&str]) {
        let mut form = self.own.form("/account/password", "/account/password").await;
        form = form.with("current_password", PASSWORD).with("new_password", NEW);
        for name in ticked {
            form = form.also(name, "1");
        }
        let done = self.own.submit(&form).await;
        assert_eq!((done.status, done.location()), (303, "/account"));
        let page = self.own.get("/account").await.text();
        let text = "Password changed. Your other sessions were signed out";
        assert!(page.contains(text), "{page}");
        assert_ne!(page.contains("what you chose has ended"), ticked.is_empty(), "{page}");
    }
}

#[tokio::test]
async fn a_change_of_password_ends_what_the_password_bought_and_offers_the_rest() {
    let table: [(&[&str], Row); 4] = [
        (&[], [true, false, true, true, false, false, false, false, true]),
        (&["end_tokens"], [true, false, true, true, false, false, false, false, false]),
        (&["end_applications"], [true, false, false, false, false, false, false, false, true]),
        (&["end_tokens", "end_applications"], [true, false, false, false, false, false, false, false, false]),
    ];
    for (ticked, expected) in table {
        let access = Access::new().await;
        access.change(ticked).await;
        assert_eq!(access.row().await, expected, "{ticked:?}");
        assert_eq!(access.own.sign_in("ada", NEW).await.status, 303);
    }
}

#[tokio::test]
async fn an_operators_reset_ends_everything_but_permanent_tokens_and_those_where_it_is_told_to() {
    for ends in [false, true] {
        let access = Access::new().await;
        access.test.provider.reset_password("ada", NEW, ends).await.unwrap();
        assert_eq!(access.row().await, [false, false, false, false, false, false, false, false, !ends]);
    }
}

#[tokio::test]
async fn disabling_puts_everything_out_of_use_and_enabling_brings_back_what_was_not_ended() {
    let access = Access::new().await;
    let (test, id) = (&access.test, access.test.id_of("ada").await);
    let revoked = permanent(test, "revoked").await;
    let listed = test.provider.token_list(id, "revoked", 1).await.unwrap().tokens;
    test.provider.revoke_token(id, &listed[0].id).await.unwrap();
    test.provider.disable_user("ada").await.unwrap();
    for token in [&access.app.access, &access.bought.access, &access.lone, &access.permanent, &revoked] {
        assert!(!test.is_active(token).await);
    }
    assert!(!access.refreshes(&WEB, &access.app.refresh).await);
    test.provider.enable_user("ada").await.unwrap();
    assert_eq!(access.row().await, [false, false, true, true, true, true, true, true, true]);
    assert!(!test.is_active(&revoked).await, "a revocation is never undone");
}

#[tokio::test]
async fn what_a_change_ended_does_not_come_back_with_an_enabling() {
    let access = Access::new().await;
    access.change(&["end_tokens", "end_applications"]).await;
    access.test.provider.disable_user("ada").await.unwrap();
    access.test.provider.enable_user("ada").await.unwrap();
    assert_eq!(access.row().await, [false; 9]);
}

#[tokio::test]
async fn a_code_that_another_session_got_a_moment_ago_buys_nothing_after_a_change() {
    let access = Access::new().await;
    let codes = [
        access.other.code_with_or_without_consent(&AuthRequest::of(&WEB)).await,
        access.other.code_with_or_without_consent(&AuthRequest::of(&WEB)).await,
    ];
    assert_eq!(access.test.exchange(&codes[0]).await.status, 200, "the control");
    access.change(&[]).await;
    assert_eq!(access.test.exchange(&codes[1]).await.refusal(), (400, "invalid_grant".to_owned()));
}

#[tokio::test]
async fn tokens_from_before_it_was_noted_what_bought_them_end_too_where_a_chain_tells() {
    let access = Access::new().await;
    access.test.database.run("update access_tokens set by_password = null").await;
    access.test.provider.invalidate_caches();
    access.change(&[]).await;
    assert_eq!(access.row().await, [true, false, true, true, false, false, false, false, true]);
}

#[tokio::test]
async fn the_form_offers_what_there_is_and_keeps_the_choice_when_something_is_wrong() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let page = browser.get("/account/password").await.text();
    assert!(!page.contains("end_tokens") && !page.contains("end_applications"), "nothing to offer");
    permanent(&test, "script").await;
    let page = browser.get("/account/password").await.text();
    assert!(
        page.contains("name=\"end_tokens\"")
            && page.contains("1 permanent token")
            && !page.contains("end_applications")
    );
    browser.code(&AuthRequest::of(&WEB)).await;
    let page = browser.get("/account/password").await.text();
    assert!(page.contains("name=\"end_applications\"") && page.contains("1 connected application"));
    let form = Form::find(&page, "/account/password").unwrap().with("current_password", "wrong");
    let reply = browser.submit(&form.with("new_password", NEW).also("end_tokens", "1")).await;
    assert_eq!(reply.status, 422);
    let ticked = |name: &str| {
        let text = reply.text();
        let at = text.find(&format!("name=\"{name}\"")).unwrap();
        let tag = &text[text[..at].rfind('<').unwrap()..at + text[at..].find('>').unwrap()];
        tag.contains(" checked")
    };
    assert!(ticked("end_tokens") && !ticked("end_applications"));
    let german = browser.get("/account/password?ui_locales=de").await;
    assert_eq!(german.status, 200);
    let _ = Ends::default();
}
