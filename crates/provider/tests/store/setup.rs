#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use oauth::Access;
use provider::Error;
use provider::users::{NewUser, Rejected, Rights};

use crate::harness::{PASSWORD, Test, on_each_database};

async fn link(t: &Test) -> String {
    let link = t.provider.setup_link().await.unwrap();
    link.strip_prefix("http://127.0.0.1:8080/setup?token=").unwrap().to_owned()
}

async fn complete(t: &Test, token: &str) -> bool {
    match t.provider.complete_setup(token, "ada", PASSWORD).await {
        Ok(user) => user.administrator && user.access == Access::Full,
        Err(Rejected::Error(Error::NotFound)) => false,
        Err(other) => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_link_makes_one_administrator_and_is_gone() {
    on_each_database(async |t| {
        assert!(t.provider.needs_setup().await.unwrap());
        let token = link(&t).await;
        assert!(t.provider.setup_is_open(&token).await.unwrap());
        assert!(complete(&t, &token).await);
        assert!(!t.provider.setup_is_open(&token).await.unwrap());
        assert!(!complete(&t, &token).await);
        assert!(!t.provider.needs_setup().await.unwrap());
        assert!(matches!(t.provider.setup_link().await, Err(Error::Conflict(_))));
    })
    .await;
}

#[tokio::test]
async fn only_the_last_link_is_good_and_no_other_text() {
    on_each_database(async |t| {
        let first = link(&t).await;
        let second = link(&t).await;
        assert!(!complete(&t, &first).await);
        assert!(!complete(&t, "").await);
        assert!(!complete(&t, "nonsense\0").await);
        assert!(complete(&t, &second).await);
    })
    .await;
}

#[tokio::test]
async fn a_link_lives_for_a_day() {
    on_each_database(async |t| {
        let token = link(&t).await;
        t.clock.advance(86_400);
        assert!(!complete(&t, &token).await);
        t.clock.advance(-1);
        assert!(complete(&t, &token).await);
    })
    .await;
}

#[tokio::test]
async fn an_administrator_who_was_made_meanwhile_ends_the_link() {
    on_each_database(async |t| {
        let token = link(&t).await;
        t.user("grace").await;
        assert!(t.provider.setup_is_open(&token).await.unwrap());
        let root = NewUser { administrator: true, ..NewUser::full("root", PASSWORD) };
        t.provider.add_user(root).await.unwrap();
        assert!(!t.provider.setup_is_open(&token).await.unwrap());
        assert!(!complete(&t, &token).await);
    })
    .await;
}

#[tokio::test]
async fn a_link_does_not_come_to_life_again_with_the_end_of_the_administrators() {
    on_each_database(async |t| {
        let rank = |administrator| Rights { access: None, allowed: None, administrator: Some(administrator) };
        let root = NewUser { administrator: true, ..NewUser::full("root", PASSWORD) };
        let made = link(&t).await;
        t.provider.add_user(root).await.unwrap();
        t.provider.set_user("root", rank(false)).await.unwrap();
        assert!(!t.provider.setup_is_open(&made).await.unwrap() && !complete(&t, &made).await);
        let promoted = link(&t).await;
        assert!(t.provider.setup_is_open(&promoted).await.unwrap());
        t.provider.set_user("root", rank(true)).await.unwrap();
        t.provider.disable_user("root").await.unwrap();
        assert!(!complete(&t, &promoted).await);
        let enabled = link(&t).await;
        t.provider.enable_user("root").await.unwrap();
        t.provider.set_user("root", rank(false)).await.unwrap();
        assert!(!complete(&t, &enabled).await && !t.provider.setup_was_used(&enabled).await.unwrap());
        let used = link(&t).await;
        assert!(complete(&t, &used).await && t.provider.setup_was_used(&used).await.unwrap());
        t.provider.set_user("ada", rank(false)).await.unwrap();
        assert!(!complete(&t, &used).await);
    })
    .await;
}

#[tokio::test]
async fn a_faulty_form_leaves_the_link_good() {
    on_each_database(async |t| {
        t.user("grace").await;
        let token = link(&t).await;
        let field = async |name: &str, password: &str| match t.provider.complete_setup(&token, name, password).await {
            Err(Rejected::Form(errors)) => errors.first().unwrap().field.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!(field("a b", PASSWORD).await, "username");
        assert_eq!(field("ada", "short").await, "password");
        assert_eq!(field("grace", PASSWORD).await, "username");
        assert!(complete(&t, &token).await);
    })
    .await;
}

#[tokio::test]
async fn of_two_who_use_a_link_at_once_one_becomes_administrator() {
    on_each_database(async |t| {
        let token = link(&t).await;
        let mut tasks = tokio::task::JoinSet::new();
        for name in ["ada", "eve", "mallory", "oscar"] {
            let (provider, token) = (t.provider.clone(), token.clone());
            tasks.spawn(async move { provider.complete_setup(&token, name, PASSWORD).await.is_ok() });
        }
        let done = tasks.join_all().await;
        assert_eq!(done.into_iter().filter(|done| *done).count(), 1);
        assert_eq!(t.provider.list_users().await.unwrap().len(), 1);
    })
    .await;
}
