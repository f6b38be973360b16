#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::net::IpAddr;

use oauth::ErrorCode;
use provider::Error;

use crate::harness::{PASSWORD, Test, on_each_database};

fn address(text: &str) -> IpAddr {
    text.parse().unwrap()
}

/// `right`, `wrong`, or for how long nothing is looked at.
async fn sign_in(t: &Test, name: &str, password: &str, from: &str) -> String {
    match t.provider.check_password(name, password, address(from)).await {
        Ok(_) => "right".to_owned(),
        Err(Error::OAuth(error)) if error.code == ErrorCode::InvalidGrant => "wrong".to_owned(),
        Err(Error::Throttled { retry_after }) => retry_after.to_string(),
        Err(other) => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn only_the_right_name_and_password_sign_in() {
    on_each_database(async |t| {
        t.user("ada").await;
        for (name, password, expected) in [
            ("ada", PASSWORD, "right"),
            (" ADA ", PASSWORD, "right"),
            ("ada", "wrong", "wrong"),
            ("ada", "", "wrong"),
            ("grace", PASSWORD, "wrong"),
            ("", PASSWORD, "wrong"),
            ("a\0da", PASSWORD, "wrong"),
            ("ada' or '1'='1", PASSWORD, "wrong"),
        ] {
            assert_eq!(sign_in(&t, name, password, "192.0.2.1").await, expected, "{name:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_answer_does_not_tell_unknown_wrong_and_disabled_apart() {
    on_each_database(async |t| {
        t.user("ada").await;
        t.user("grace").await;
        t.provider.disable_user("grace").await.unwrap();
        let told = async |name: &str, password: &str| match t
            .provider
            .check_password(name, password, address("192.0.2.1"))
            .await
        {
            Err(Error::OAuth(error)) => (error.code, error.description),
            other => panic!("{other:?}"),
        };
        let wrong = told("ada", "wrong").await;
        assert_eq!(told("nobody", "wrong").await, wrong);
        assert_eq!(told("grace", PASSWORD).await, wrong);
        assert_eq!(told("ada", &"x".repeat(2000)).await, wrong);
        assert_eq!(sign_in(&t, "ada", PASSWORD, "192.0.2.1").await, "right");
    })
    .await;
}

#[tokio::test]
async fn after_ten_failures_an_account_is_left_alone_until_its_window_ends() {
    on_each_database(async |t| {
        t.user("ada").await;
        t.user("grace").await;
        for failure in 0..10 {
            let from = format!("192.0.2.{failure}");
            assert_eq!(sign_in(&t, "ada", "wrong", &from).await, "wrong");
            t.clock.advance(1);
        }
        assert_eq!(sign_in(&t, "ada", PASSWORD, "192.0.2.99").await, "290");
        assert_eq!(sign_in(&t, "grace", PASSWORD, "192.0.2.99").await, "right");
        t.clock.advance(289);
        assert_eq!(sign_in(&t, "ada", PASSWORD, "192.0.2.99").await, "1");
        t.clock.advance(1);
        assert_eq!(sign_in(&t, "ada", PASSWORD, "192.0.2.99").await, "right");
    })
    .await;
}

#[tokio::test]
async fn an_account_that_does_not_exist_is_throttled_just_the_same() {
    on_each_database(async |t| {
        for name in ["nobody", "not a name at all"] {
            for _ in 0..10 {
                assert_eq!(sign_in(&t, name, "wrong", "192.0.2.1").await, "wrong");
            }
            assert_eq!(sign_in(&t, name, "wrong", "192.0.2.1").await, "300");
        }
    })
    .await;
}

#[tokio::test]
async fn a_right_password_begins_the_count_anew() {
    on_each_database(async |t| {
        t.user("ada").await;
        for _ in 0..3 {
            for _ in 0..9 {
                assert_eq!(sign_in(&t, "ada", "wrong", "192.0.2.1").await, "wrong");
            }
            assert_eq!(sign_in(&t, "ada", PASSWORD, "192.0.2.1").await, "right");
        }
        assert_eq!(t.number("select failures from sign_in_failures where key = 'addr:192.0.2.1'").await, 27);
    })
    .await;
}

#[tokio::test]
async fn a_disabled_accounts_right_password_counts_as_a_failure() {
    on_each_database(async |t| {
        t.user("ada").await;
        t.provider.disable_user("ada").await.unwrap();
        for _ in 0..10 {
            assert_eq!(sign_in(&t, "ada", PASSWORD, "192.0.2.1").await, "wrong");
        }
        assert_eq!(sign_in(&t, "ada", PASSWORD, "192.0.2.1").await, "300");
    })
    .await;
}

#[tokio::test]
async fn after_a_hundred_failures_an_address_is_not_listened_to_until_its_window_ends() {
    on_each_database(async |t| {
        t.user("ada").await;
        t.run("insert into sign_in_failures (key, failures, ends_at) values ('addr:192.0.2.1', 99, 1800000100)").await;
        t.run(
            "insert into sign_in_failures (key, failures, ends_at) values ('addr:2001:db8:0:1::/64', 100, 1800000100)",
        )
        .await;
        assert_eq!(sign_in(&t, "ada", "wrong", "192.0.2.1").await, "wrong");
        assert_eq!(sign_in(&t, "ada", PASSWORD, "192.0.2.1").await, "100");
        assert_eq!(sign_in(&t, "ada", PASSWORD, "2001:db8:0:1:aaaa::1").await, "100");
        assert_eq!(sign_in(&t, "ada", PASSWORD, "2001:db8:0:2::1").await, "right");
        assert_eq!(sign_in(&t, "ada", PASSWORD, "192.0.2.2").await, "right");
        t.clock.advance(100);
        assert_eq!(sign_in(&t, "ada", PASSWORD, "192.0.2.1").await, "right");
    })
    .await;
}

#[tokio::test]
async fn guesses_at_the_same_instant_do_not_pass_the_limit() {
    on_each_database(async |t| {
        t.user("ada").await;
        let other = t.another().await;
        let mut tasks = tokio::task::JoinSet::new();
        for guess in 0..60 {
            let provider = if guess % 2 == 0 { t.provider.clone() } else { other.provider.clone() };
            let from = format!("192.0.2.{guess}");
            tasks.spawn(async move { provider.check_password("ada", "wrong", address(&from)).await.map(drop) });
        }
        let answers = tasks.join_all().await;
        let evaluated = answers.iter().filter(|answer| matches!(answer, Err(Error::OAuth(_)))).count();
        let throttled = answers.iter().filter(|answer| matches!(answer, Err(Error::Throttled { .. }))).count();
        assert_eq!((evaluated, throttled), (10, 50));
    })
    .await;
}

#[tokio::test]
async fn right_passwords_at_the_same_instant_all_sign_in() {
    on_each_database(async |t| {
        t.user("ada").await;
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..30 {
            let provider = t.provider.clone();
            tasks.spawn(async move { provider.check_password("ada", PASSWORD, address("192.0.2.1")).await.map(drop) });
        }
        assert!(tasks.join_all().await.iter().all(Result::is_ok));
        assert_eq!(t.number("select coalesce(max(failures), 0) from sign_in_failures").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_was_set_back_locks_nobody_out_for_long() {
    on_each_database(async |t| {
        t.user("ada").await;
        for _ in 0..11 {
            let _ = sign_in(&t, "ada", "wrong", "192.0.2.1").await;
        }
        t.clock.advance(-86_400);
        assert_eq!(sign_in(&t, "ada", PASSWORD, "192.0.2.1").await, "right");
    })
    .await;
}

#[tokio::test]
async fn neither_name_nor_password_stands_in_the_counters() {
    on_each_database(async |t| {
        let _ = sign_in(&t, "typed-my-password-here", "wrong", "192.0.2.1").await;
        assert_eq!(t.number("select count(*) from sign_in_failures").await, 3, "account, in a row, address");
        assert_eq!(t.number("select count(*) from sign_in_failures where key like '%password%'").await, 0);
    })
    .await;
}
