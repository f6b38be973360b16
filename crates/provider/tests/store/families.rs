//! What ends with what: codes, refresh chains, grants, users, clients.
#![expect(clippy::unwrap_used, reason = "tests")]

use oauth::{Access, ErrorCode, Scope};
use provider::users::Rights;

use crate::flow::{ADDRESS, Flow};
use crate::harness::{Test, on_each_database};

#[tokio::test]
async fn a_code_cannot_be_spent_twice_and_the_second_try_revokes_what_the_first_bought() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        let code = flow.code().await;
        let tokens = flow.exchange(&code).await.unwrap();
        assert!(flow.is_active(&tokens.access_token).await);
        t.clock.advance(30);
        assert_eq!(flow.exchange(&code).await.err(), Some(ErrorCode::InvalidGrant));
        assert!(!flow.is_active(&tokens.access_token).await);
        assert_eq!(flow.refresh(&tokens.refresh_token.unwrap()).await.err(), Some(ErrorCode::InvalidGrant));
    })
    .await;
}

#[tokio::test]
async fn a_code_lives_until_its_last_second_exclusive() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        let (young, old) = (flow.code().await, flow.code().await);
        t.clock.advance(59);
        assert!(flow.exchange(&young).await.is_ok());
        t.clock.advance(1);
        assert_eq!(flow.exchange(&old).await.err(), Some(ErrorCode::InvalidGrant));
    })
    .await;
}

#[tokio::test]
async fn a_retry_gets_the_same_answer_within_thirty_seconds_and_then_it_is_a_theft() {
    // A clock that was set back by more than clocks differ refuses the retry, and takes nobody for a thief.
    let (same, none, theft) = ((true, true), (false, true), (false, false));
    for (seconds, (is_retry, lives)) in
        [(-60, same), (-61, none), (29, same), (30, same), (31, theft), (20 * 86_400, theft)]
    {
        on_each_database(async |t| {
            let flow = Flow::new(&t).await;
            let first = flow.exchange(&flow.code().await).await.unwrap().refresh_token.unwrap();
            let second = flow.refresh(&first).await.unwrap();
            t.clock.advance(seconds);
            let retried = flow.refresh(&first).await.map(|again| (again.refresh_token, again.access_token));
            let same = (second.refresh_token.clone(), second.access_token.clone());
            assert_eq!(retried, if is_retry { Ok(same) } else { Err(ErrorCode::InvalidGrant) }, "{seconds}");
            assert_eq!(t.number("select count(*) from grants where revoked_at is null").await, i64::from(lives));
            assert_eq!(t.number("select count(*) from access_tokens").await, 2, "{seconds}");
            assert_eq!(flow.refresh(&second.refresh_token.unwrap()).await.is_ok(), lives, "{seconds}");
        })
        .await;
    }
}

#[tokio::test]
async fn a_predecessor_of_a_used_successor_is_a_theft_at_any_moment() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        let first = flow.exchange(&flow.code().await).await.unwrap().refresh_token.unwrap();
        let second = flow.refresh(&first).await.unwrap().refresh_token.unwrap();
        assert_eq!(flow.refresh(&first).await.unwrap().refresh_token.unwrap(), second);
        let third = flow.refresh(&second).await.unwrap();
        assert!(flow.is_active(&third.access_token).await);
        assert_eq!(flow.refresh(&first).await.err(), Some(ErrorCode::InvalidGrant));
        assert!(!flow.is_active(&third.access_token).await);
        assert_eq!(flow.refresh(&third.refresh_token.unwrap()).await.err(), Some(ErrorCode::InvalidGrant));
    })
    .await;
}

#[tokio::test]
async fn a_refresh_chain_ends_however_often_it_is_refreshed() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        let mut token = flow.exchange(&flow.code().await).await.unwrap().refresh_token.unwrap();
        for _ in 0..2 {
            t.clock.advance(1_200_000);
            token = flow.refresh(&token).await.unwrap().refresh_token.unwrap();
        }
        t.clock.advance(192_000);
        assert_eq!(flow.refresh(&token).await.err(), Some(ErrorCode::InvalidGrant));
    })
    .await;
}

/// Signs in, and then does something that must end the token at once.
async fn ends(what: &str, t: Test, end: impl AsyncFn(&Flow<'_>)) {
    let flow = Flow::new(&t).await;
    let tokens = flow.exchange(&flow.code().await).await.unwrap();
    assert!(flow.is_active(&tokens.access_token).await, "{what}");
    end(&flow).await;
    assert!(!flow.is_active(&tokens.access_token).await, "{what}");
    assert!(flow.refresh(&tokens.refresh_token.unwrap()).await.is_err(), "{what}");
}

#[tokio::test]
async fn a_token_ends_with_everything_that_it_hangs_on() {
    on_each_database(async |t| {
        ends("consent withdrawn", t, async |flow| {
            let grants = flow.t.provider.connections(flow.user.id).await.unwrap();
            flow.t.provider.remove_connection(flow.user.id, &grants[0].id).await.unwrap();
        })
        .await;
    })
    .await;
    on_each_database(async |t| {
        ends("user disabled", t, async |flow| {
            flow.t.provider.disable_user("ada").await.unwrap();
        })
        .await;
    })
    .await;
    on_each_database(async |t| {
        ends("client disabled", t, async |flow| flow.t.provider.disable_client(&flow.client.id).await.unwrap()).await;
    })
    .await;
    on_each_database(async |t| {
        ends("client removed", t, async |flow| flow.t.provider.remove_client(&flow.client.id).await.unwrap()).await;
    })
    .await;
    on_each_database(async |t| {
        ends("password reset", t, async |flow| {
            flow.t.provider.set_password("ada", "another long passphrase").await.unwrap();
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn narrowing_an_account_narrows_its_live_tokens() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        let token = flow.exchange(&flow.code().await).await.unwrap().access_token;
        let info = t.provider.tokeninfo(&token, ADDRESS).await.unwrap();
        assert_eq!((info.id, info.scope), (Some(flow.user.id), vec!["read".to_owned()]));
        let rights = Rights { access: Some(Access::Partial), allowed: Some(Scope::default()), administrator: None };
        t.provider.set_user(&flow.user.username, rights).await.unwrap();
        assert_eq!(t.provider.tokeninfo(&token, ADDRESS).await.unwrap().scope, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn the_sweep_takes_what_expired_long_ago_and_nothing_else() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        let tokens = flow.exchange(&flow.code().await).await.unwrap();
        t.clock.advance(3_000);
        assert_eq!(t.provider.sweep().await.unwrap(), 0);
        assert!(flow.is_active(&tokens.access_token).await);
        t.clock.advance(2 * 86_400);
        assert!(t.provider.sweep().await.unwrap() >= 2);
        assert_eq!(t.number("select count(*) from access_tokens").await, 0);
        assert!(flow.refresh(&tokens.refresh_token.unwrap()).await.is_ok());
    })
    .await;
}

/// As many as no single step takes, by far.
const EXPIRED: &str = "with recursive n (i) as (select 1 union all select i + 1 from n where i < 20000) \
    insert into access_tokens (token_hash, family_id, scope, issued_at, expires_at) select 'x' || i, 'f' || i, 'read', 1, 2 from n";

#[tokio::test]
async fn a_sweep_of_many_rows_lets_other_writes_in_between() {
    on_each_database(async |t| {
        t.run(EXPIRED).await;
        let meanwhile = async {
            t.provider.add_scope("read", "See your photos", "").await.unwrap();
            t.number("select count(*) from access_tokens").await
        };
        let (swept, left) = tokio::join!(t.provider.sweep(), meanwhile);
        assert!(swept.unwrap() >= 20_000);
        assert!(left > 0, "the sweep was over before the write");
        assert_eq!(t.number("select count(*) from access_tokens").await, 0);
    })
    .await;
}

#[tokio::test]
async fn readiness_issues_and_revokes_a_real_token() {
    on_each_database(async |t| {
        assert!(t.provider.ready().await.is_ok());
        assert_eq!(t.number("select count(*) from access_tokens").await, 0, "it leaves nothing behind");
        t.clock.advance(1);
        t.run("drop table refresh_tokens").await;
        assert!(t.provider.ready().await.is_err(), "revoking needs that table");
    })
    .await;
}

#[tokio::test]
async fn whoever_was_disabled_a_moment_ago_gets_nothing_by_what_is_still_remembered() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        let (code, spare) = (flow.code().await, flow.code().await);
        let first = flow.exchange(&code).await.unwrap().refresh_token.unwrap();
        let second = flow.refresh(&first).await.unwrap().refresh_token.unwrap();
        // Behind the server's back: it hears of it only a little later.
        t.run("update users set disabled_at = 1").await;
        assert_eq!(flow.refresh(&second).await.err(), Some(ErrorCode::InvalidGrant));
        assert_eq!(flow.exchange(&spare).await.err(), Some(ErrorCode::InvalidGrant));
    })
    .await;
}
