//! A server on a copy of its database (`jeton db copy`): from the tests' database to SQLite and
//! back.

use oauth::form::NewToken;

use crate::harness::{AuthRequest, Browser, Call, Database, Test, Tokens, WEB};

/// What people and clients hold.
struct Held {
    browser: Browser,
    first: Tokens,
    second: Tokens,
    id_token: String,
    permanent: String,
    revoked: String,
}

impl Held {
    async fn new(test: &Test) -> Self {
        let browser = test.signed_in("ada").await;
        let first = Tokens::of(&test.exchange(&browser.code(&AuthRequest::of(&WEB)).await).await);
        let second = Tokens::of(&test.refresh(&first.refresh).await);
        let id_token = browser.id_token(&WEB).await;
        let form = NewToken { name: "build".to_owned(), scope: String::new(), scopes: vec!["read".to_owned()] };
        let permanent = test.provider.create_token(test.id_of("ada").await, &form, "form").await.unwrap();
        let code = browser.code_with_or_without_consent(&AuthRequest::of(&WEB)).await;
        let revoked = Tokens::of(&test.exchange(&code).await).access;
        assert_eq!(test.send(Call::post("/oauth2/revoke", &[("access_token", &revoked)])).await.status, 200);
        let permanent = permanent.secret.expose().to_owned();
        Self { browser, first, second, id_token, permanent, revoked }
    }

    /// All of it is worth at this server what it was worth.
    async fn check(&self, test: &Test) {
        for token in [&self.first.access, &self.second.access, &self.permanent] {
            assert_eq!(test.tokeninfo(token).await.status, 200);
            assert!(test.is_active(token).await);
        }
        assert!(!test.is_active(&self.revoked).await);
        test.verified(&self.id_token).await.unwrap();
        let browser = self.browser.at(test);
        assert!(browser.is_signed_in().await && !test.browser().is_signed_in().await);
        let code = browser.authorize(&AuthRequest::of(&WEB)).await.param("code").unwrap();
        assert!(test.is_active(&Tokens::of(&test.exchange(&code).await).access).await);
        // A client whose answer was lost in the move gets the successor that it was promised.
        assert_eq!(Tokens::of(&test.refresh(&self.first.refresh).await).refresh, self.second.refresh);
    }
}

#[tokio::test]
async fn tokens_sessions_consents_and_keys_are_good_on_a_copy_and_on_its_copy() {
    let test = Test::new().await;
    let held = Held::new(&test).await;
    held.check(&test).await;
    let there = test.copied_to(Database::file()).await;
    held.check(&there).await;
    let back = there.copied_to(Database::fresh().await).await;
    held.check(&back).await;
    let third = Tokens::of(&back.refresh(&held.second.refresh).await);
    assert!(back.is_active(&third.access).await);
}

#[tokio::test]
async fn what_ends_after_the_move_ends_there_and_a_theft_is_still_seen() {
    let test = Test::new().await;
    let held = Held::new(&test).await;
    let moved = test.copied_to(Database::file()).await;
    assert_eq!(moved.send(Call::post("/oauth2/revoke", &[("access_token", &held.permanent)])).await.status, 200);
    assert!(!moved.is_active(&held.permanent).await);
    let third = Tokens::of(&moved.refresh(&held.second.refresh).await);
    assert!(moved.is_active(&third.access).await);
    assert_eq!(moved.refresh(&held.first.refresh).await.status, 400);
    assert!(!moved.is_active(&third.access).await);
    // The source is unchanged, and no server may be started on it again.
    assert!(test.is_active(&held.permanent).await);
}
