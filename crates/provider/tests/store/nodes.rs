//! Several servers on one database: what one of them ends, the others refuse, although each remembers what it has read.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::time::Duration;

use oauth::{Access, Scope};
use provider::authorize::Step;
use provider::sessions::NewSession;
use provider::users::Rights;
use provider::{Clock, Provider};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::flow::{ADDRESS, Flow};
use crate::harness::{Test, on_each_database};

#[tokio::test]
async fn what_one_server_revokes_another_refuses_within_a_second() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        let other = listening(&t).await;
        let tokens = [flow.bought().await, flow.bought().await];
        cached(&other, &tokens[0]).await;
        cached(&other, &tokens[1]).await;
        assert!(t.provider.revoke_value(&tokens[0]).await.unwrap());
        assert!(within_a_second(async || !is_live(&other, &tokens[0]).await).await);
        assert!(is_live(&other, &tokens[1]).await);
    })
    .await;
}

#[tokio::test]
async fn what_one_server_narrows_another_narrows_within_a_second() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        let other = listening(&t).await;
        let token = flow.bought().await;
        cached(&other, &token).await;
        let rights = Rights { access: Some(Access::Partial), allowed: Some(Scope::default()), administrator: None };
        t.provider.set_user(&flow.user.username, rights).await.unwrap();
        let narrowed = async || other.provider.tokeninfo(&token, ADDRESS).await.unwrap().scope.is_empty();
        assert!(within_a_second(narrowed).await);
    })
    .await;
}

#[tokio::test]
async fn a_server_that_is_told_nothing_obeys_within_a_second_too() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        let token = flow.bought().await;
        // On SQLite it sees that the file has changed; on PostgreSQL it knows that it does not listen, and asks each time.
        let deaf = t.twin().await;
        assert!(is_live(&deaf, &token).await);
        t.run("update access_tokens set revoked_at = 1").await;
        assert!(within_a_second(async || !is_live(&deaf, &token).await).await);
    })
    .await;
}

#[tokio::test]
async fn a_session_that_ends_is_over_at_once_here_and_within_a_second_elsewhere() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        let other = listening(&t).await;
        for (key, server) in [("here", &t), ("elsewhere", &other)] {
            t.provider.begin_session(session(&flow, key)).await.unwrap();
            t.provider.begin_session(session(&flow, &format!("{key} too"))).await.unwrap();
            let is_there = async |key: &str| server.provider.find_session(key).await.unwrap().is_some();
            // A second time, so that it is cached.
            assert!(is_there(key).await && is_there(key).await);
            t.provider.delete_session(key).await.unwrap();
            if key == "here" {
                assert!(!is_there(key).await);
            }
            assert!(within_a_second(async || !is_there(key).await).await);
            assert!(is_there(&format!("{key} too")).await);
        }
        t.provider.disable_user(&flow.user.username).await.unwrap();
        assert!(t.provider.find_session("here too").await.unwrap().is_none());
        assert!(within_a_second(async || other.provider.find_session("here too").await.unwrap().is_none()).await);
    })
    .await;
}

#[tokio::test]
async fn a_session_that_is_used_does_not_become_idle_for_who_remembers_it() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        t.provider.begin_session(session(&flow, "used")).await.unwrap();
        t.provider.begin_session(session(&flow, "unused")).await.unwrap();
        let idle = t.provider.settings().session_idle_ttl;
        for _ in 0..3 {
            t.clock.advance(idle * 2 / 3);
            assert!(t.provider.find_session("used").await.unwrap().is_some());
            // Noted behind the request's back.
            let now = t.clock.now();
            assert!(
                within_a_second(async || t.provider.find_session("used").await.unwrap().unwrap().last_seen_at == now)
                    .await
            );
        }
        assert!(t.provider.find_session("unused").await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn what_a_person_allows_and_takes_back_is_known_at_once_here_and_within_a_second_elsewhere() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        let other = listening(&t).await;
        flow.code().await;
        let is_allowed = async |server: &Test| {
            let step = server.provider.authorize(&flow.request(), Some(&flow.visitor())).await.unwrap();
            matches!(step, Step::Respond(_))
        };
        for server in [&t, &other] {
            assert!(is_allowed(server).await && is_allowed(server).await);
        }
        let connections = t.provider.connections(flow.user.id).await.unwrap();
        t.provider.remove_connection(flow.user.id, &connections[0].id).await.unwrap();
        assert!(!is_allowed(&t).await);
        assert!(within_a_second(async || !is_allowed(&other).await).await);
        flow.code().await;
        assert!(is_allowed(&t).await, "what was allowed again counts at once");
        assert!(within_a_second(async || is_allowed(&other).await).await);
    })
    .await;
}

fn session(flow: &Flow<'_>, key: &str) -> NewSession {
    NewSession {
        key_hash: key.to_owned(),
        user_id: flow.user.id,
        data: "{}".to_owned(),
        address: ADDRESS.to_string(),
        user_agent: "a browser".to_owned(),
        signed_in_at: flow.t.clock.now(),
        password_changed_at: flow.user.password_changed_at,
        replaces: None,
    }
}

/// A second server, which hears of what the first one writes.
async fn listening(t: &Test) -> Test {
    let other = t.twin().await;
    let (provider, url) = (other.provider.clone(), other.url().to_owned());
    tokio::spawn(async move { provider.listen_for_invalidations(&url).await });
    other
}

/// Asks until the answer comes from memory.
async fn cached(other: &Test, token: &str) {
    assert!(is_live(other, token).await);
    let known = async || is_live(other, token).await && other.provider.is_cached(token);
    assert!(within_a_second(known).await, "never cached");
}

async fn is_live(server: &Test, token: &str) -> bool {
    tokeninfo(&server.provider, token).await
}

async fn tokeninfo(provider: &Provider, token: &str) -> bool {
    provider.tokeninfo(token, ADDRESS).await.is_ok()
}

async fn within_a_second(condition: impl AsyncFn() -> bool) -> bool {
    let held = async {
        while !condition().await {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(1), held).await.is_ok()
}

/// The way to PostgreSQL, which a test can block without ending it.
struct Wire {
    url: String,
    open: watch::Sender<bool>,
}

impl Wire {
    /// A listener on a port of its own that hands everything on to where `url` leads, while it is open.
    async fn to(url: &str) -> Self {
        let (head, rest) = url.rsplit_once('@').unwrap();
        let (server, path) = rest.split_once('/').unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("{head}@{}/{path}", listener.local_addr().unwrap());
        let (open, is_open) = watch::channel(true);
        tokio::spawn(hand_on(listener, server.to_owned(), is_open));
        Self { url, open }
    }
}

async fn hand_on(listener: TcpListener, server: String, open: watch::Receiver<bool>) {
    while let Ok((near, _)) = listener.accept().await {
        let far = TcpStream::connect(&server).await.unwrap();
        let ((from_near, to_near), (from_far, to_far)) = (near.into_split(), far.into_split());
        tokio::spawn(carry(from_near, to_far, open.clone()));
        tokio::spawn(carry(from_far, to_near, open.clone()));
    }
}

async fn carry(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mut open: watch::Receiver<bool>) {
    let mut buffer = vec![0; 4096];
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        if open.wait_for(|open| *open).await.is_err() || to.write_all(&buffer[..length]).await.is_err() {
            break;
        }
    }
}

#[tokio::test]
async fn with_the_channel_blocked_a_server_asks_the_database_after_a_second() {
    on_each_database(async |t| {
        if t.url().starts_with("sqlite") {
            return; // There is no channel: the file itself is looked at.
        }
        let flow = Flow::new(&t).await;
        let (other, wire) = (t.twin().await, Wire::to(t.url()).await);
        let (provider, url) = (other.provider.clone(), wire.url.clone());
        tokio::spawn(async move { provider.listen_for_invalidations(&url).await });
        let token = flow.bought().await;
        cached(&other, &token).await;
        wire.open.send(false).unwrap();
        assert!(t.provider.revoke_value(&token).await.unwrap());
        assert!(within_a_second(async || !is_live(&other, &token).await).await);
        let token = flow.bought().await;
        assert!(is_live(&other, &token).await && !other.provider.is_cached(&token));
        wire.open.send(true).unwrap();
        cached(&other, &token).await;
    })
    .await;
}
