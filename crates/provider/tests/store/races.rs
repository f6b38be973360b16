//! Single use, decided by the database: 64 tasks at once, on both databases.
#![expect(clippy::unwrap_used, reason = "tests")]

use oauth::form::NewToken;
use provider::dpop::DpopRequest;
use tokio::task::JoinSet;

use crate::flow::{Flow, parameter};
use crate::harness::on_each_database;

const TASKS: usize = 64;

/// Runs the same use case so many times at once; what each got.
async fn at_once<F, R>(make: F) -> Vec<R>
where
    F: Fn() -> std::pin::Pin<Box<dyn Future<Output = R> + Send>>,
    R: Send + 'static,
{
    let mut tasks = JoinSet::new();
    for _ in 0..TASKS {
        tasks.spawn(make());
    }
    tasks.join_all().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_64_exchanges_of_one_code_exactly_one_succeeds_and_the_replays_revoke_it() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        let code = flow.code().await;
        let body = flow.exchange_body(&code);
        let outcomes = at_once(|| {
            let (provider, body) = (t.provider.clone(), body.clone());
            Box::pin(async move { provider.token(None, &body, crate::flow::ADDRESS, &DpopRequest::default()).await })
        })
        .await;
        let issued: Vec<_> = outcomes.iter().filter_map(|outcome| outcome.as_ref().ok()).collect();
        assert_eq!(issued.len(), 1);
        let refused = outcomes
            .iter()
            .filter(|o| matches!(o, Err(provider::Error::OAuth(e)) if e.code == oauth::ErrorCode::InvalidGrant));
        assert_eq!(refused.count(), TASKS - 1);
        assert!(!flow.is_active(&issued[0].access_token).await);
        let fresh = flow.exchange(&flow.code().await).await.unwrap();
        assert!(flow.is_active(&fresh.access_token).await, "a code that is used once buys a token that lives");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_64_refreshes_with_one_token_all_get_the_same_successor() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        let first = flow.exchange(&flow.code().await).await.unwrap().refresh_token.unwrap();
        let body = flow.refresh_body(&first);
        let outcomes = at_once(|| {
            let (provider, body) = (t.provider.clone(), body.clone());
            Box::pin(async move {
                provider
                    .token(None, &body, crate::flow::ADDRESS, &DpopRequest::default())
                    .await
                    .map(|tokens| tokens.refresh_token)
            })
        })
        .await;
        let mut successors: Vec<_> = outcomes.into_iter().map(|outcome| outcome.unwrap().unwrap()).collect();
        successors.dedup();
        assert_eq!(successors.len(), 1, "one live successor, whoever asks");
        assert_eq!(t.number("select count(*) from refresh_tokens where spent_at is null").await, 1);
        assert!(flow.refresh(&successors[0]).await.is_ok());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_revocation_among_64_refreshes_leaves_no_token_alive() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        let tokens = flow.exchange(&flow.code().await).await.unwrap();
        let body = flow.refresh_body(&tokens.refresh_token.unwrap());
        let mut refreshes = JoinSet::new();
        for number in 0..TASKS {
            let (provider, body, token) = (t.provider.clone(), body.clone(), tokens.access_token.clone());
            refreshes.spawn(async move {
                if number == TASKS / 2 {
                    assert!(provider.revoke_value(&token).await.unwrap());
                }
                let _ = provider.token(None, &body, crate::flow::ADDRESS, &DpopRequest::default()).await;
            });
        }
        refreshes.join_all().await;
        assert_eq!(t.number("select count(*) from access_tokens where revoked_at is null").await, 0);
        assert_eq!(t.number("select count(*) from refresh_tokens where revoked_at is null").await, 0);
        let fresh = flow.exchange(&flow.code().await).await.unwrap();
        assert!(flow.is_active(&fresh.access_token).await, "a new sign-in is not touched by it");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_64_answers_with_one_consent_form_all_carry_one_code() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        let visitor = flow.visitor();
        let sealed = flow.sealed(&visitor).await;
        let locations = at_once(|| {
            let (provider, visitor, sealed) = (t.provider.clone(), visitor.clone(), sealed.clone());
            Box::pin(async move { crate::flow::allow(&provider, sealed, &visitor).await })
        })
        .await;
        let mut codes: Vec<_> = locations.iter().map(|location| parameter(location, "code")).collect();
        codes.dedup();
        assert_eq!(codes.len(), 1);
        assert_eq!(t.number("select count(*) from authorization_codes").await, 1);
        assert_eq!(t.number("select count(*) from grants").await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_64_posts_of_one_token_form_one_makes_a_token() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        let form = NewToken { name: "backup".to_owned(), scope: String::new(), scopes: vec!["read".to_owned()] };
        let outcomes = at_once(|| {
            let (provider, form, user) = (t.provider.clone(), form.clone(), flow.user.id);
            Box::pin(async move { provider.create_token(user, &form, "the form").await.is_ok() })
        })
        .await;
        assert_eq!(outcomes.iter().filter(|made| **made).count(), 1);
        assert!(t.provider.create_token(flow.user.id, &form, "another form").await.is_ok());
        assert_eq!(t.number("select count(*) from permanent_tokens").await, 2);
    })
    .await;
}
