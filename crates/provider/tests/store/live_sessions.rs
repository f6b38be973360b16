//! Whatever a signed-in person writes is written while their session lives, and not after its end was answered.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use oauth::ClientKind;
use oauth::form::{ClientForm, NewToken, PersonName, SignOutForm};
use provider::authorize::Decision;
use provider::authorize::DecisionOutcome;
use provider::authorize::Step;
use provider::permanent_tokens::NotCreated;
use provider::sessions::{NewSession, Replaced};
use provider::signed_in::SignedIn;
use provider::users::{Ends, PasswordChange, Rejected};
use provider::{Error, Provider};
use tokio::task::JoinSet;

use crate::flow::Flow;
use crate::harness::{PASSWORD, Test, on_each_database};

const TASKS: usize = 64;

fn new_session(flow: &Flow<'_>, key: &str) -> NewSession {
    NewSession {
        key_hash: key.to_owned(),
        user_id: flow.user.id,
        data: "{}".to_owned(),
        address: String::new(),
        user_agent: String::new(),
        signed_in_at: flow.t.provider.now(),
        password_changed_at: flow.user.password_changed_at,
        replaces: None,
    }
}

/// Somebody who is signed in, and the server in their hands.
async fn signed_in(flow: &Flow<'_>, key: &str) -> (SignedIn, Provider) {
    flow.t.provider.begin_session(new_session(flow, key)).await.unwrap();
    let visitor = SignedIn { session: key.to_owned(), ..flow.visitor() };
    let provider = flow.t.provider.within(&visitor);
    (visitor, provider)
}

fn token_form() -> NewToken {
    NewToken { name: "backup".to_owned(), scope: String::new(), scopes: vec!["read".to_owned()] }
}

fn application() -> ClientForm {
    ClientForm {
        name: "Printer".to_owned(),
        redirect_uris: vec!["https://printer.example/cb".to_owned()],
        kind: ClientKind::Confidential,
        require_pkce: true,
        description: String::new(),
        optional_scopes: Vec::new(),
    }
}

/// What each write of a signed-in person comes to: its name, and whether it was refused because of the session.
async fn every_write(flow: &Flow<'_>, provider: &Provider, own: &str) -> Vec<(&'static str, bool)> {
    let id = flow.user.id;
    let out = |error: &Error| matches!(error, Error::SignedOut);
    let rejected = |done: Result<(), Rejected>| matches!(done, Err(Rejected::Error(Error::SignedOut)));
    let grant = flow.t.provider.connections(id).await.unwrap().remove(0).id;
    let name = PersonName { given_name: "Ada".to_owned(), family_name: String::new() };
    let made = provider.create_token(id, &token_form(), "a form").await;
    let new = "another horse battery";
    vec![
        ("token", matches!(made, Err(NotCreated::Error(Error::SignedOut)))),
        ("revoke token", provider.revoke_token(id, "none").await.is_err_and(|error| out(&error))),
        ("rename token", rejected(provider.rename_token(id, "none", "n").await.map(drop))),
        ("end session", provider.end_session(id, "none").await.is_err_and(|error| out(&error))),
        ("end others", provider.end_other_sessions(id, "here").await.is_err_and(|error| out(&error))),
        ("register", provider.register(id, &application(), "a form").await.is_err_and(|error| out(&error))),
        ("save", provider.save_application(id, own, &application(), 1).await.is_err_and(|error| out(&error))),
        ("rotate", provider.rotate_application_secret(id, own, 0, "f").await.is_err_and(|error| out(&error))),
        (
            "sign-out",
            provider.save_logout_settings(id, own, &SignOutForm::default(), 2).await.is_err_and(|error| out(&error)),
        ),
        ("clear", provider.clear_problems(id, own).await.is_err_and(|error| out(&error))),
        ("name", rejected(provider.change_name(id, &name).await)),
        ("delete", provider.delete_application(id, own, "").await.is_err_and(|error| out(&error))),
        ("remove", provider.remove_connection(id, &grant).await.is_err_and(|error| out(&error))),
        (
            "password",
            rejected(
                provider.change_password(id, PasswordChange { current: PASSWORD, new }, "here", Ends::default()).await,
            ),
        ),
        ("leave", rejected(provider.delete_account(id, new).await)),
    ]
}

#[tokio::test]
async fn whoever_was_signed_out_after_the_look_writes_nothing() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        flow.code().await;
        let (own, _) = t.provider.register(flow.user.id, &application(), "own").await.unwrap();
        let (_, here) = signed_in(&flow, "here").await;
        let (_, gone) = signed_in(&flow, "gone").await;
        t.provider.delete_session("gone").await.unwrap();
        for (write, refused) in every_write(&flow, &gone, &own.id).await {
            assert!(refused, "{write}");
        }
        assert_eq!(t.number("select count(*) from permanent_tokens").await, 0);
        assert_eq!(t.number("select count(*) from clients where owner_id is not null").await, 1);
        assert_eq!(t.number("select count(*) from grants where revoked_at is null").await, 1);
        for (write, refused) in every_write(&flow, &here, &own.id).await {
            assert!(!refused, "{write}");
        }
        assert_eq!(t.number("select count(*) from users").await, 0, "the last of these writes was carried out");
    })
    .await;
}

#[tokio::test]
async fn a_session_that_is_idle_or_old_or_of_somebody_disabled_is_no_authority() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        let write = async |provider: &Provider| provider.end_other_sessions(flow.user.id, "x").await.is_ok();
        let (visitor, here) = signed_in(&flow, "x").await;
        assert!(write(&here).await);
        assert!(!write(&t.provider.within(&SignedIn { user_id: flow.user.id + 1, ..visitor.clone() })).await);
        t.clock.advance(t.provider.settings().session_idle_ttl - 1);
        assert!(write(&t.provider.within(&visitor)).await);
        t.clock.advance(1);
        assert!(!write(&t.provider.within(&visitor)).await);
        let (visitor, _) = signed_in(&flow, "y").await;
        assert!(write(&t.provider.within(&visitor)).await);
        // Behind the use cases' back, which would end the session.
        t.run("update users set disabled_at = 1").await;
        assert!(!write(&t.provider.within(&visitor)).await);
    })
    .await;
}

/// Runs this 64 times at once, ends the session among them, and gives how many rows there were when that was answered, and in the end.
async fn with_a_logout_among<F>(t: &Test, rows: &'static str, make: impl Fn(usize) -> F) -> (i64, i64)
where
    F: Future<Output = ()> + Send + 'static,
{
    let mut tasks = JoinSet::new();
    for number in 0..TASKS {
        tasks.spawn(make(number));
    }
    t.provider.delete_session("here").await.unwrap();
    let then = t.number(rows).await;
    tasks.join_all().await;
    (then, t.number(rows).await)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_logout_that_was_answered_is_followed_by_no_code() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        flow.code().await;
        for _ in 0..8 {
            let (visitor, provider) = signed_in(&flow, "here").await;
            let request = flow.request();
            let (then, finally) = with_a_logout_among(&t, "select count(*) from authorization_codes", |_| {
                let (provider, visitor, request) = (provider.clone(), visitor.clone(), request.clone());
                async move {
                    match provider.authorize(&request, Some(&visitor)).await {
                        Ok(Step::Respond(_)) | Err(Error::SignedOut) => {}
                        other => panic!("{other:?}"),
                    }
                }
            })
            .await;
            assert_eq!(then, finally);
        }
        let (visitor, provider) = signed_in(&flow, "another").await;
        assert!(matches!(provider.authorize(&flow.request(), Some(&visitor)).await, Ok(Step::Respond(_))));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_logout_that_was_answered_is_followed_by_no_permanent_token() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        for round in 0..8 {
            let (_, provider) = signed_in(&flow, "here").await;
            let user = flow.user.id;
            let (then, finally) = with_a_logout_among(&t, "select count(*) from permanent_tokens", |number| {
                let provider = provider.clone();
                async move {
                    let form = format!("{round} {number}");
                    match provider.create_token(user, &token_form(), &form).await {
                        Ok(_) | Err(NotCreated::Error(Error::SignedOut)) => {}
                        Err(other) => panic!("{other:?}"),
                    }
                }
            })
            .await;
            assert_eq!(then, finally);
        }
    })
    .await;
}

#[tokio::test]
async fn an_answer_of_somebody_who_was_signed_out_meanwhile_is_asked_again() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        for allow in [true, false] {
            let (visitor, provider) = signed_in(&flow, "here").await;
            let sealed = flow.sealed(&visitor).await;
            let decision = Decision { sealed, allow, optional: Vec::new() };
            t.provider.delete_session("here").await.unwrap();
            match provider.decide(&decision, &visitor).await.unwrap() {
                DecisionOutcome::Restart(path) if allow => assert!(path.starts_with("/oauth2/authorize?"), "{path}"),
                // Denying writes nothing here.
                DecisionOutcome::Respond(_) if !allow => {}
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(t.number("select count(*) from grants").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_session_is_handed_over_in_one_write_or_not_at_all() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        let is_there = async |key: &str| t.provider.find_session(key).await.unwrap().is_some();
        let replacing = |old: &str, new: &str, must_live| NewSession {
            replaces: Some(Replaced { key_hash: old.to_owned(), must_live }),
            ..new_session(&flow, new)
        };
        signed_in(&flow, "one").await;
        let name = t.provider.find_session("one").await.unwrap().unwrap().name;
        let stale =
            NewSession { password_changed_at: oauth::Timestamp::from_seconds(1), ..replacing("one", "two", false) };
        assert!(t.provider.begin_session(stale).await.is_err());
        assert!(is_there("one").await && !is_there("two").await, "what failed has ended nothing");
        t.provider.begin_session(replacing("one", "two", true)).await.unwrap();
        assert!(!is_there("one").await && is_there("two").await);
        assert_eq!(t.provider.find_session("two").await.unwrap().unwrap().name, name, "it goes on under its name");
        // One that has ended is no ground for another, unless a password is.
        assert!(matches!(t.provider.begin_session(replacing("one", "three", true)).await, Err(Error::SignedOut)));
        assert!(!is_there("three").await);
        t.provider.begin_session(replacing("one", "three", false)).await.unwrap();
        let anew = t.provider.find_session("three").await.unwrap().unwrap().name;
        assert!(anew.is_some() && anew != name);
    })
    .await;
}
