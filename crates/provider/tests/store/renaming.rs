//! The name of a permanent token: its owner's to change, while the token lives.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use oauth::form::NewToken;
use provider::Error;
use provider::users::Rejected;

use crate::flow::{ADDRESS, Flow};
use crate::harness::on_each_database;

#[tokio::test]
async fn only_the_owner_renames_a_live_token_by_the_rules_of_a_new_one() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        let grace = t.user("grace").await;
        let form = NewToken { name: "backup".to_owned(), scope: String::new(), scopes: vec!["read".to_owned()] };
        let made = t.provider.create_token(flow.user.id, &form, "form").await.unwrap_or_else(|why| panic!("{why:?}"));
        let value = made.secret.expose();
        let named = async || t.provider.token_view(flow.user.id, &made.id).await.unwrap().name;

        assert_eq!(
            t.provider.rename_token(flow.user.id, &made.id, " größer, 日本語 ").await.unwrap(),
            "größer, 日本語"
        );
        assert_eq!(named().await, "größer, 日本語");
        assert!(t.provider.tokeninfo(value, ADDRESS).await.is_ok());

        let long = "x".repeat(101);
        for wrong in ["", " ", "\u{2060}", &long] {
            let refused = t.provider.rename_token(flow.user.id, &made.id, wrong).await;
            assert!(matches!(&refused, Err(Rejected::Form(errors)) if errors.len() == 1), "{wrong:?} {refused:?}");
        }
        let theirs = t.provider.rename_token(grace.id, &made.id, "mine").await;
        assert!(matches!(theirs, Err(Rejected::Error(Error::NotFound))), "{theirs:?}");

        t.provider.revoke_token(flow.user.id, &made.id).await.unwrap();
        let late = t.provider.rename_token(flow.user.id, &made.id, "late").await;
        assert!(matches!(late, Err(Rejected::Error(Error::NotFound))), "{late:?}");
        assert_eq!(named().await, "größer, 日本語");
    })
    .await;
}
