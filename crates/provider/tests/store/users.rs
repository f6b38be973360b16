#![expect(clippy::unwrap_used, reason = "tests")]

use std::net::{IpAddr, Ipv4Addr};

use oauth::{Access, Scope};
use provider::sessions::NewSession;
use provider::users::{Ends, NewUser, PasswordChange, Rejected, Rights};
use provider::{Error, User};

use crate::flow::Flow;
use crate::harness::{NOON, PASSWORD, Test, on_each_database};

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

async fn session(t: &Test, user: &User, key: &str) {
    let session = NewSession {
        key_hash: key.to_owned(),
        user_id: user.id,
        data: "{}".to_owned(),
        address: "127.0.0.1".to_owned(),
        user_agent: String::new(),
        signed_in_at: NOON,
        password_changed_at: user.password_changed_at,
        replaces: None,
    };
    t.provider.begin_session(session).await.unwrap();
}

async fn has_session(t: &Test, key: &str) -> bool {
    t.provider.find_session(key).await.unwrap().is_some()
}

#[tokio::test]
async fn users_get_small_numbers_in_the_order_in_which_they_are_made() {
    on_each_database(async |t| {
        assert_eq!(t.user("ada").await.id, 1);
        assert_eq!(t.user("grace").await.id, 2);
        let names: Vec<String> = t.provider.list_users().await.unwrap().into_iter().map(|user| user.username).collect();
        assert_eq!(names, ["ada", "grace"]);
    })
    .await;
}

#[tokio::test]
async fn users_made_at_once_by_two_servers_get_a_number_each() {
    on_each_database(async |t| {
        let other = t.another().await;
        let mut tasks = tokio::task::JoinSet::new();
        for number in 0..8 {
            let provider = if number % 2 == 0 { t.provider.clone() } else { other.provider.clone() };
            let new = NewUser::full(&format!("user{number}"), PASSWORD);
            tasks.spawn(async move { provider.add_user(new).await.map(|user| user.id) });
        }
        let mut ids: Vec<i64> = tasks.join_all().await.into_iter().map(Result::unwrap).collect();
        ids.sort_unstable();
        assert_eq!(ids, [1, 2, 3, 4, 5, 6, 7, 8]);
    })
    .await;
}

#[tokio::test]
async fn everything_that_is_known_of_a_user_is_kept() {
    on_each_database(async |t| {
        let mut claims = serde_json::Map::new();
        claims.insert("nickname".to_owned(), "the countess".into());
        let new = NewUser {
            access: Access::Partial,
            allowed: Scope::of(["read"]),
            administrator: true,
            email: Some("ada@example.org".to_owned()),
            given_name: Some("Ada".to_owned()),
            family_name: Some("Lovelace".to_owned()),
            claims,
            ..NewUser::full("  ADA ", PASSWORD)
        };
        let made = t.provider.add_user(new).await.unwrap();
        let user = t.provider.show_user("Ada").await.unwrap();
        assert_eq!(made, user);
        assert_eq!((user.username.as_str(), user.access, user.administrator), ("ada", Access::Partial, true));
        assert_eq!(
            (user.full_name().as_deref(), user.email.as_deref()),
            (Some("Ada Lovelace"), Some("ada@example.org"))
        );
        assert_eq!((user.claims.as_str(), user.created_at), ("{\"nickname\":\"the countess\"}", NOON));
    })
    .await;
}

#[tokio::test]
async fn a_name_is_taken_however_it_is_written_and_strange_ones_are_refused() {
    on_each_database(async |t| {
        t.user("admin").await;
        let add = async |name: &str, password: &str| t.provider.add_user(NewUser::full(name, password)).await;
        assert!(matches!(add("ADMIN", PASSWORD).await, Err(Error::Conflict(line)) if line.key == "user-exists"));
        for name in ["", "\u{430}dmin", "admin\u{200b}", "a b", "a\0"] {
            assert!(
                matches!(add(name, PASSWORD).await, Err(Error::Form(error)) if error.field == "username"),
                "{name:?}"
            );
        }
        for password in ["short", "password", "somebody"] {
            assert!(matches!(add("somebody", password).await, Err(Error::Form(error)) if error.field == "password"));
        }
        assert!(add("somebody", PASSWORD).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn rights_are_changed_one_by_one() {
    on_each_database(async |t| {
        t.user("ada").await;
        let set = async |rights| t.provider.set_user("ada", rights).await.unwrap();
        let user = set(Rights { access: Some(Access::Partial), ..Rights::default() }).await;
        assert_eq!((user.access, user.administrator, user.allowed.len()), (Access::Partial, false, 0));
        let user =
            set(Rights { allowed: Some(Scope::of(["read"])), administrator: Some(true), ..Rights::default() }).await;
        assert_eq!((user.access, user.administrator), (Access::Partial, true));
        assert_eq!(user.rights().limit(&Scope::of(["read", "write"])), Scope::of(["read"]));
        assert!(matches!(t.provider.set_user("nobody", Rights::default()).await, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn a_password_that_the_operator_sets_ends_all_sessions_and_lets_the_user_in_again() {
    on_each_database(async |t| {
        let user = t.user("ada").await;
        session(&t, &user, "one").await;
        assert!(has_session(&t, "one").await);
        for _ in 0..11 {
            let _ = t.provider.check_password("ada", "wrong", HERE).await;
        }
        assert!(matches!(t.provider.check_password("ada", PASSWORD, HERE).await, Err(Error::Throttled { .. })));
        t.provider.set_password("ada", "another horse battery").await.unwrap();
        assert!(!has_session(&t, "one").await);
        assert!(t.provider.check_password("ada", PASSWORD, HERE).await.is_err());
        assert_eq!(t.provider.check_password("ada", "another horse battery", HERE).await.unwrap().id, user.id);
        assert!(matches!(t.provider.set_password("ada", "ada").await, Err(Error::Form(_))));
        assert!(matches!(t.provider.set_password("nobody", PASSWORD).await, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn a_password_that_the_operator_sets_ends_codes_access_and_refresh_tokens() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        let tokens = flow.exchange(&flow.code().await).await.unwrap();
        let unspent = flow.code().await;
        assert!(flow.is_active(&tokens.access_token).await);
        t.provider.set_password("ada", "another horse battery").await.unwrap();
        assert!(!flow.is_active(&tokens.access_token).await);
        assert!(flow.refresh(&tokens.refresh_token.unwrap()).await.is_err());
        assert!(flow.exchange(&unspent).await.is_err());
        let after = flow.exchange(&flow.code().await).await.unwrap();
        assert!(flow.is_active(&after.access_token).await);
    })
    .await;
}

#[tokio::test]
async fn a_changed_password_ends_the_other_sessions_and_needs_the_current_one() {
    on_each_database(async |t| {
        let user = t.user("ada").await;
        session(&t, &user, "mine").await;
        session(&t, &user, "other").await;
        let change = async |current: &str, new: &str| {
            t.provider.change_password(user.id, PasswordChange { current, new }, "mine", Ends::default()).await
        };
        let field = |done: Result<(), Rejected>| match done {
            Err(Rejected::Form(errors)) => errors.first().unwrap().field.clone(),
            _ => String::new(),
        };
        assert_eq!(field(change("wrong", "another horse battery").await), "current_password");
        assert_eq!(field(change(PASSWORD, "short").await), "new_password");
        assert!(has_session(&t, "other").await);
        change(PASSWORD, "another horse battery").await.unwrap();
        assert!(has_session(&t, "mine").await && !has_session(&t, "other").await);
        assert!(t.provider.check_password("ada", "another horse battery", HERE).await.is_ok());
        assert!(t.provider.check_password("ada", PASSWORD, HERE).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn guessing_the_current_password_is_throttled_like_signing_in() {
    on_each_database(async |t| {
        let user = t.user("ada").await;
        let change = async |current: &str| {
            t.provider
                .change_password(user.id, PasswordChange { current, new: "another horse battery" }, "", Ends::default())
                .await
        };
        for _ in 0..10 {
            assert!(matches!(change("wrong").await, Err(Rejected::Form(_))));
        }
        assert!(matches!(change(PASSWORD).await, Err(Rejected::Error(Error::Throttled { .. }))));
        t.clock.advance(301);
        for _ in 0..10 {
            assert!(t.provider.check_password("ada", "wrong", HERE).await.is_err());
        }
        assert!(matches!(t.provider.check_password("ada", PASSWORD, HERE).await, Err(Error::Throttled { .. })));
        assert!(change(PASSWORD).await.is_ok(), "strangers keep out nobody who is signed in");
    })
    .await;
}

#[tokio::test]
async fn of_two_changes_with_the_same_current_password_one_is_done() {
    on_each_database(async |t| {
        let user = t.user("ada").await;
        let change = |new: &'static str| {
            let provider = t.provider.clone();
            tokio::spawn(async move {
                provider
                    .change_password(user.id, PasswordChange { current: PASSWORD, new }, "", Ends::default())
                    .await
                    .is_ok()
            })
        };
        let (one, two) = (change("one horse battery"), change("two horse battery"));
        let (one, two) = (one.await.unwrap(), two.await.unwrap());
        assert!(one != two);
        let winner = if one { "one horse battery" } else { "two horse battery" };
        assert!(t.provider.check_password("ada", winner, HERE).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_disabled_user_is_out_at_once_and_back_when_enabled() {
    on_each_database(async |t| {
        let user = t.user("ada").await;
        session(&t, &user, "one").await;
        assert!(t.provider.disable_user("ada").await.unwrap().disabled);
        assert!(!has_session(&t, "one").await);
        assert!(matches!(t.provider.check_password("ada", PASSWORD, HERE).await, Err(Error::OAuth(_))));
        assert!(!t.provider.enable_user("ada").await.unwrap().disabled);
        assert!(!has_session(&t, "one").await);
        assert!(t.provider.check_password("ada", PASSWORD, HERE).await.is_ok());
        assert!(matches!(t.provider.disable_user("nobody").await, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn the_account_page_counts_what_is_live() {
    on_each_database(async |t| {
        let user = t.user("ada").await;
        session(&t, &user, "one").await;
        session(&t, &user, "two").await;
        let view = t.provider.account_view(user.id).await.unwrap();
        assert_eq!((view.username.as_str(), view.sessions, view.tokens, view.connections), ("ada", 2, 0, 0));
        t.clock.advance(86_400);
        assert_eq!(t.provider.account_view(user.id).await.unwrap().sessions, 0);
        assert!(matches!(t.provider.account_view(99).await, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn a_sign_in_that_runs_beside_a_reset_does_not_outlive_it() {
    on_each_database(async |t| {
        let before = t.provider.check_password(&t.user("ada").await.username, PASSWORD, HERE).await.unwrap();
        session(&t, &before, "in time").await;
        assert!(has_session(&t, "in time").await);
        t.clock.advance(1);
        t.provider.set_password("ada", "another long passphrase").await.unwrap();
        let late = NewSession {
            key_hash: "late".to_owned(),
            user_id: before.id,
            data: "{}".to_owned(),
            address: String::new(),
            user_agent: String::new(),
            signed_in_at: t.provider.now(),
            password_changed_at: before.password_changed_at,
            replaces: None,
        };
        assert!(t.provider.begin_session(late).await.is_err());
        assert!(!has_session(&t, "late").await && !has_session(&t, "in time").await);
    })
    .await;
}
