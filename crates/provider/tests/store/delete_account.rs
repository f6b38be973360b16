//! The end of an account, on both databases.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use oauth::ClientKind;
use provider::authorize::{AuthorizationResponse, Decision, DecisionOutcome, Step};
use provider::clients::NewClient;
use provider::users::{NewUser, Rejected};
use provider::{Error, User};

use crate::flow::{Flow, parameter};
use crate::harness::{PASSWORD, Test, on_each_database};

async fn administrator(t: &Test, name: &str) -> User {
    t.provider.add_user(NewUser { administrator: true, ..NewUser::full(name, PASSWORD) }).await.unwrap()
}

fn is_refused(done: &Result<(), Rejected>, key: &str) -> bool {
    matches!(done, Err(Rejected::Error(Error::Conflict(message))) if message.key == key)
}

#[tokio::test]
async fn with_an_account_goes_everything_that_hangs_on_it() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        let tokens = flow.exchange(&flow.code().await).await.unwrap();
        assert!(flow.is_active(&tokens.access_token).await);
        let wrong = t.provider.delete_account(flow.user.id, "wrong").await;
        assert!(matches!(wrong, Err(Rejected::Form(errors)) if errors[0].field == "password"));
        assert!(flow.is_active(&tokens.access_token).await);
        t.provider.delete_account(flow.user.id, PASSWORD).await.unwrap();
        assert!(!flow.is_active(&tokens.access_token).await);
        assert!(flow.refresh(&tokens.refresh_token.unwrap()).await.is_err());
        assert_eq!(t.number("select count(*) from users").await, 0);
        for rows in [
            t.number("select count(*) from grants").await,
            t.number("select count(*) from access_tokens").await,
            t.number("select count(*) from refresh_tokens").await,
            t.number("select count(*) from authorization_codes").await,
            t.number("select count(*) from sessions").await,
        ] {
            assert_eq!(rows, 0);
        }
        assert!(matches!(
            t.provider.delete_account(flow.user.id, PASSWORD).await,
            Err(Rejected::Error(Error::NotFound))
        ));
    })
    .await;
}

#[tokio::test]
async fn the_number_of_a_deleted_account_is_never_given_to_another() {
    on_each_database(async |t| {
        let (ada, grace) = (t.user("ada").await, t.user("grace").await);
        t.provider.delete_account(grace.id, PASSWORD).await.unwrap();
        let again = t.user("grace").await;
        assert_eq!((ada.id, grace.id, again.id), (1, 2, 3));
        t.provider.delete_account(again.id, PASSWORD).await.unwrap();
        t.provider.delete_account(ada.id, PASSWORD).await.unwrap();
        assert_eq!(t.user("eve").await.id, 4);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_administrators_who_leave_at_once_one_stays() {
    on_each_database(async |t| {
        let other = t.another().await;
        let mut people = Vec::new();
        for name in ["ada", "grace", "eve", "mallory"] {
            people.push(administrator(&t, name).await);
        }
        let mut tasks = tokio::task::JoinSet::new();
        for (index, person) in people.into_iter().enumerate() {
            let provider = if index % 2 == 0 { t.provider.clone() } else { other.provider.clone() };
            tasks.spawn(async move { provider.delete_account(person.id, PASSWORD).await });
        }
        let done = tasks.join_all().await;
        assert_eq!(done.iter().filter(|done| done.is_ok()).count(), 3, "{done:?}");
        assert_eq!(done.iter().filter(|done| is_refused(done, "leave-last-administrator")).count(), 1, "{done:?}");
        assert_eq!(t.number("select count(*) from users where administrator = 1").await, 1);
    })
    .await;
}

/// What a first consent to an application, and the end of its owner's account at the same moment, come to.
async fn at_once(flow: &Flow<'_>, number: i64) -> (bool, bool) {
    let t = flow.t;
    let owner = t.user(&format!("owner{number}")).await;
    let id = format!("own{number}");
    let uris = vec!["https://rp.example/callback".to_owned()];
    let own = NewClient {
        client_id: Some(id.clone()),
        owner: Some(owner.id),
        ..NewClient::new("O", ClientKind::Confidential, uris)
    };
    t.provider.add_client(own).await.unwrap();
    let (_, hash) = t.provider.store().find_credentials(&owner.username).await.unwrap().unwrap();
    let visitor = flow.visitor();
    let request = flow.request().with("client_id", &id);
    let sealed = match t.provider.authorize(&request, Some(&visitor)).await.unwrap() {
        Step::Consent(consent) => consent.view.sealed,
        _ => String::new(),
    };
    let leaves = t.provider.store().delete_user(owner.id, Some(hash), t.provider.now());
    let decision = Decision { sealed, allow: true, optional: Vec::new() };
    let (allowed, left) = tokio::join!(t.provider.decide(&decision, &visitor), leaves);
    let allowed = match allowed {
        Ok(DecisionOutcome::Respond(AuthorizationResponse::Redirect(location))) => {
            parameter(&location, "code").is_some()
        }
        Ok(_) | Err(Error::Page(_)) => false,
        Err(other) => panic!("{other:?}"),
    };
    match left {
        Ok(left) => (allowed, left),
        Err(Error::Conflict(_)) => (allowed, false),
        Err(other) => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_first_consent_and_the_end_of_its_application_never_both_succeed() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        let mut kept = 0;
        for number in 0..12 {
            let (allowed, left) = at_once(&flow, number).await;
            assert!(!(allowed && left), "what was allowed was taken away");
            kept += i64::from(allowed);
        }
        assert_eq!(t.number("select count(*) from grants").await, kept);
    })
    .await;
}

#[tokio::test]
async fn a_disabled_administrator_does_not_count_as_one_who_stays() {
    on_each_database(async |t| {
        let (ada, _) = (administrator(&t, "ada").await, administrator(&t, "grace").await);
        t.provider.disable_user("grace").await.unwrap();
        assert!(is_refused(&t.provider.delete_account(ada.id, PASSWORD).await, "leave-last-administrator"));
        t.provider.enable_user("grace").await.unwrap();
        assert!(t.provider.delete_account(ada.id, PASSWORD).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn an_application_that_others_use_holds_its_owner_back() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        let owner = t.user("owner").await;
        let uris = vec!["https://own.example/callback".to_owned()];
        let own = |id: &str| NewClient {
            client_id: Some(id.to_owned()),
            owner: Some(owner.id),
            ..NewClient::new("Own", ClientKind::Confidential, uris.clone())
        };
        t.provider.add_client(own("unused")).await.unwrap();
        let view = t.provider.account_deletion(owner.id).await.unwrap();
        assert!(view.is_possible() && view.applications.len() == 1);
        flow.exchange(&flow.code().await).await.unwrap();
        t.run("update clients set owner_id = 2 where id <> 'unused'").await;
        let view = t.provider.account_deletion(owner.id).await.unwrap();
        assert!(!view.is_possible() && view.applications.iter().any(|owned| owned.people == 1));
        assert!(is_refused(&t.provider.delete_account(owner.id, PASSWORD).await, "leave-in-use"));
        assert_eq!(t.number("select count(*) from clients where id = 'unused'").await, 1, "nothing was deleted");
        let kept = t.provider.remove_user("owner").await;
        assert!(matches!(kept, Err(Error::Conflict(message)) if message.key == "leave-in-use"), "nor by the operator");
        t.run("update grants set revoked_at = 1").await;
        t.provider.delete_account(owner.id, PASSWORD).await.unwrap();
        assert_eq!(t.number("select count(*) from clients").await, 0);
    })
    .await;
}

#[tokio::test]
async fn the_operator_removes_a_user_by_the_same_rules() {
    on_each_database(async |t| {
        let ada = administrator(&t, "ada").await;
        let last = t.provider.remove_user("ada").await;
        assert!(matches!(last, Err(Error::Conflict(message)) if message.key == "leave-last-administrator"));
        administrator(&t, "grace").await;
        assert!(t.provider.remove_user("ADA").await.unwrap().is_empty());
        assert!(matches!(t.provider.show_user("ada").await, Err(Error::NotFound)));
        assert!(matches!(t.provider.remove_user("ada").await, Err(Error::NotFound)));
        assert!(t.user("ada").await.id > ada.id, "a number never comes to mean another");
    })
    .await;
}
