//! What applications do with what people allowed them: counted by day, for thirty days, as long as it is allowed.
#![expect(clippy::unwrap_used, reason = "tests")]

use oauth::view::{CheckEndpoint, ConnectionView, TokenCheck};
use oauth::{Credentials, Params};
use provider::introspect::Caller;

use crate::flow::{ADDRESS, Flow, client};
use crate::harness::{PASSWORD, Test, on_each_database};

const DAY: i64 = 86_400;
const ROWS: &str = "select count(*) from grant_uses";

/// The person's only connected application.
async fn connection(t: &Test, user: i64) -> ConnectionView {
    let mut connections = t.provider.connections(user).await.unwrap();
    assert_eq!(connections.len(), 1);
    connections.remove(0)
}

/// A service asks about a token.
async fn introspect(t: &Test, id: &str, secret: &str, token: &str) -> bool {
    let who = Params::from_pairs([("client_id", id), ("client_secret", secret)]);
    let credentials = Credentials::parse(None, &who).unwrap();
    t.provider.introspect(Caller::Client(&credentials), token, ADDRESS).await.unwrap().contains("\"active\":true")
}

fn asked_by(door: CheckEndpoint, service: Option<&str>) -> Option<TokenCheck> {
    Some(TokenCheck { endpoint: door, service: service.map(str::to_owned) })
}

#[tokio::test]
async fn every_check_is_counted_with_who_asked_last_and_only_for_its_own_grant() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        let (door, secret) = client(&t, "Door").await;
        let token = flow.bought().await;
        let fresh = connection(&t, flow.user.id).await;
        assert_eq!((fresh.uses, fresh.last_check, fresh.counted_since), (0, None, None));

        t.clock.advance(60);
        let at = t.provider.now();
        for _ in 0..5 {
            assert!(introspect(&t, &door.id, &secret, &token).await);
        }
        let used = connection(&t, flow.user.id).await;
        assert_eq!((used.uses, used.last_used), (5, Some(at)));
        assert_eq!(used.last_check, asked_by(CheckEndpoint::Introspection, Some("Door")));

        // Whoever holds it asks; a token that is not good, and one without a grant, count nowhere.
        assert!(flow.is_active(&token).await);
        assert!(!introspect(&t, &door.id, &secret, "jeton_at_nothing").await);
        let used = connection(&t, flow.user.id).await;
        assert_eq!((used.uses, used.last_check), (6, asked_by(CheckEndpoint::Tokeninfo, None)));
        assert_eq!(t.number(ROWS).await, 1);

        // The service is gone: that it was asked is known, by whom is not.
        assert!(introspect(&t, &door.id, &secret, &token).await);
        t.provider.remove_client(&door.id).await.unwrap();
        assert_eq!(connection(&t, flow.user.id).await.last_check, asked_by(CheckEndpoint::Introspection, None));
    })
    .await;
}

#[tokio::test]
async fn servers_beside_each_other_add_to_one_count() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        let token = flow.bought().await;
        let other = t.twin().await;
        for server in [&t, &other] {
            for _ in 0..3 {
                server.provider.tokeninfo(&token, ADDRESS).await.unwrap();
            }
        }
        tokio::join!(t.provider.flush(), other.provider.flush());
        assert_eq!(connection(&t, flow.user.id).await.uses, 6);
        other.provider.close().await;
    })
    .await;
}

#[tokio::test]
async fn thirty_days_are_shown_and_what_is_older_is_swept() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        for day in 0..40 {
            for _ in 0..=i64::from(day == 0) {
                assert!(flow.is_active(&flow.bought().await).await);
            }
            t.provider.flush().await;
            let shown = connection(&t, flow.user.id).await.uses;
            assert_eq!(shown, (day + 2).min(if day < 30 { 31 } else { 30 }), "day {day}");
            t.clock.advance(DAY);
        }
        assert_eq!(t.number(ROWS).await, 40);
        // It is the 41st day: with it, 30 are shown.
        t.provider.sweep().await.unwrap();
        assert_eq!(t.number(ROWS).await, 29);
    })
    .await;
}

#[tokio::test]
async fn what_was_taken_back_leaves_no_count_and_no_late_write_brings_one() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        let token = flow.bought().await;
        assert!(flow.is_active(&token).await);
        let grant = connection(&t, flow.user.id).await;
        assert_eq!((grant.uses, t.number(ROWS).await), (1, 1));

        // Checked, taken back, and then written.
        assert!(flow.is_active(&token).await);
        t.provider.remove_connection(flow.user.id, &grant.id).await.unwrap();
        assert_eq!(t.number(ROWS).await, 0);
        t.provider.flush().await;
        assert_eq!(t.number(ROWS).await, 0);
        assert!(!flow.is_active(&token).await);
        assert!(t.provider.connections(flow.user.id).await.unwrap().is_empty());

        // Allowed again: a new grant, which begins with nothing.
        flow.bought().await;
        assert_eq!(connection(&t, flow.user.id).await.uses, 0);
    })
    .await;
}

#[tokio::test]
async fn counts_go_with_the_person_and_with_the_application_and_take_no_others_along() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        let token = flow.bought().await;
        let (other, secret) = client(&t, "Scanner").await;
        let second = Flow { t: &t, user: flow.user.clone(), client: other.clone(), secret };
        let kept = second.bought().await;
        for token in [&token, &kept] {
            assert!(flow.is_active(token).await);
        }
        t.provider.flush().await;
        assert_eq!(t.number(ROWS).await, 2);

        // Both wait again; one of them is gone when they are written.
        for token in [&token, &kept] {
            assert!(flow.is_active(token).await);
        }
        t.provider.remove_client(&flow.client.id).await.unwrap();
        let left = connection(&t, flow.user.id).await;
        assert_eq!((left.client_name.as_str(), left.uses, t.number(ROWS).await), ("Scanner", 2, 1));

        t.user("grace").await;
        t.provider.delete_account(flow.user.id, PASSWORD).await.unwrap();
        assert_eq!(t.number(ROWS).await, 0);
    })
    .await;
}

#[tokio::test]
async fn after_an_upgrade_it_is_said_since_when_is_counted() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        let token = flow.bought().await;
        t.provider.flush().await;
        // As an earlier version left it, ten days before the first server of this one.
        t.run("delete from grant_uses_since").await;
        t.clock.advance(10 * DAY);
        let upgraded = t.twin().await;
        let began = t.provider.now();
        upgraded.provider.flush().await;
        assert_eq!(connection(&t, flow.user.id).await.counted_since, Some(began));

        // Another server, and a later one, change nothing; after thirty days everything that is shown was counted.
        t.clock.advance(29 * DAY);
        t.twin().await.provider.flush().await;
        assert_eq!(connection(&t, flow.user.id).await.counted_since, Some(began));
        t.clock.advance(DAY);
        assert_eq!(connection(&t, flow.user.id).await.counted_since, None);
        assert!(!flow.is_active(&token).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_application_that_is_deleted_while_counts_are_written_takes_no_others_along() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        let kept = flow.bought().await;
        for round in 1..=12 {
            let (client, secret) = client(&t, "Scanner").await;
            let doomed = Flow { t: &t, user: flow.user.clone(), client: client.clone(), secret };
            assert!(doomed.is_active(&doomed.bought().await).await);
            assert!(flow.is_active(&kept).await);
            let (removed, ()) = tokio::join!(t.provider.remove_client(&client.id), t.provider.flush());
            removed.unwrap();
            assert_eq!(connection(&t, flow.user.id).await.uses, round);
        }
        assert_eq!(t.number(ROWS).await, 1);
    })
    .await;
}
