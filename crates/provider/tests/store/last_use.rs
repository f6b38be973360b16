//! The last use of permanent tokens and the counts of grants, written behind: whoever looks sees what was done before.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use oauth::form::NewToken;

use crate::flow::{ADDRESS, Flow};
use crate::harness::on_each_database;

#[tokio::test]
async fn a_list_that_is_read_while_uses_are_being_written_waits_for_them() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        for number in 0..10 {
            let form = NewToken { name: format!("n{number}"), scopes: vec!["read".to_owned()], ..NewToken::default() };
            let form_id = format!("form {number}");
            let made =
                t.provider.create_token(flow.user.id, &form, &form_id).await.unwrap_or_else(|why| panic!("{why:?}"));
            let unused = t.provider.token_list(flow.user.id, &form.name, 1).await.unwrap();
            assert_eq!(unused.tokens[0].last_used, None);
            t.provider.tokeninfo(made.secret.expose(), ADDRESS).await.unwrap();
            let ((), list) =
                tokio::join!(t.provider.write_token_usage(), t.provider.token_list(flow.user.id, &form.name, 1));
            assert!(list.unwrap().tokens[0].last_used.is_some(), "number {number}");
        }
    })
    .await;
}
