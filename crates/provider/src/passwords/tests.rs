#![expect(clippy::unwrap_used, reason = "tests")]

use std::sync::mpsc;

use argon2::password_hash::phc::PasswordHash;

use super::*;

const LONG: Duration = Duration::from_secs(600);

fn hasher() -> Arc<Hasher> {
    Arc::new(Hasher::new(1, LONG))
}

/// The account and the address with this number.
fn who(number: usize) -> QueueKey {
    QueueKey { account: format!("account{number}"), address: format!("address{number}") }
}

async fn verify(hasher: &Hasher, password: &str, stored: Option<&str>) -> bool {
    let permit = hasher.permit(&who(0)).await.unwrap();
    hasher.verify(permit, password, stored.map(str::to_owned)).await.unwrap()
}

/// Acquires every permit.
async fn all_permits(hasher: &Hasher) -> Vec<Permit> {
    let mut permits = Vec::new();
    for _ in 0..1 + SPARE_PERMITS {
        permits.push(hasher.permit(&who(0)).await.unwrap());
    }
    permits
}

/// Occupies the only thread until the sender is dropped; returns once it is occupied.
fn hold(hasher: &Hasher) -> mpsc::Sender<()> {
    let (release, held) = mpsc::channel::<()>();
    let (begun, begins) = mpsc::channel();
    let job = move |_: &mut ArgonMemory| {
        begun.send(()).unwrap();
        let _ = held.recv();
    };
    hasher.pool.run(Box::new(job)).unwrap();
    begins.recv().unwrap();
    release
}

async fn until_waiting(hasher: &Hasher, count: usize) {
    while hasher.semaphore.waiting() != count {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn only_the_right_password_is_accepted() {
    let hasher = hasher();
    let stored = hasher.hash(&who(0), "correct horse battery staple", [7; 16]).await.unwrap();
    assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
    assert!(verify(&hasher, "correct horse battery staple", Some(&stored)).await);
    assert!(!verify(&hasher, "correct horse battery stapl", Some(&stored)).await);
    assert!(!verify(&hasher, "", Some(&stored)).await);
}

#[tokio::test]
async fn a_hash_is_what_argon2_says_whatever_the_memory_held_before() {
    use argon2::{Argon2, PasswordHasher};
    let hasher = hasher();
    for password in ["correct horse battery staple", "another horse", "correct horse battery staple"] {
        let expected = Argon2::default().hash_password_with_salt(password.as_bytes(), &[7; 16]).unwrap();
        assert_eq!(hasher.hash(&who(0), password, [7; 16]).await.unwrap(), expected.to_string());
    }
}

#[tokio::test]
async fn a_hash_of_another_cost_is_verified_with_that_cost() {
    use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version};
    let hasher = hasher();
    for (memory, passes) in [(64, 1), (19_456, 2), (20_000, 1)] {
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(memory, passes, 1, None).unwrap());
        let stored = argon.hash_password_with_salt(b"from elsewhere", &[9; 16]).unwrap().to_string();
        assert!(verify(&hasher, "from elsewhere", Some(&stored)).await, "{stored}");
        assert!(!verify(&hasher, "from nowhere", Some(&stored)).await, "{stored}");
    }
}

#[tokio::test]
async fn a_hash_that_nobody_can_read_is_a_fault_of_ours_and_the_next_password_is_looked_at() {
    let hasher = hasher();
    for stored in ["", "secret", "$argon2id$v=19$m=19456,t=2,p=1", "$bcrypt$v=1$m=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAA"] {
        let permit = hasher.permit(&who(0)).await.unwrap();
        let answer = hasher.verify(permit, "anything", Some(stored.to_owned())).await;
        assert!(matches!(answer, Err(Error::Internal(_))), "{stored:?}");
    }
    assert!(!verify(&hasher, "anything", None).await);
}

#[tokio::test]
async fn a_user_who_does_not_exist_has_no_right_password_but_costs_the_same() {
    let hasher = hasher();
    assert!(!verify(&hasher, "correct horse battery staple", None).await);
    let nobody = PasswordHash::new(argon::DUMMY_HASH).unwrap();
    let real = hasher.hash(&who(0), "correct horse battery staple", [7; 16]).await.unwrap();
    let real = PasswordHash::new(&real).unwrap();
    assert_eq!(nobody.algorithm, real.algorithm);
    assert_eq!(nobody.params, real.params);
    assert_eq!(nobody.hash.unwrap().len(), real.hash.unwrap().len());
}

#[tokio::test]
async fn a_password_set_decomposed_and_typed_composed_is_the_same() {
    let hasher = hasher();
    let stored = hasher.hash(&who(0), "Zu\u{308}rich am Morgen", [7; 16]).await.unwrap();
    assert!(verify(&hasher, "Z\u{fc}rich am Morgen", Some(&stored)).await);
    assert!(!verify(&hasher, "Zurich am Morgen", Some(&stored)).await);
}

#[tokio::test]
async fn more_sign_ins_than_the_line_holds_are_told_at_once_that_we_are_busy() {
    let hasher = hasher();
    let held = all_permits(&hasher).await;
    let mut waiters = tokio::task::JoinSet::new();
    for number in 1..=WAITING_PER_THREAD {
        let hasher = Arc::clone(&hasher);
        waiters.spawn(async move { hasher.permit(&who(number)).await.map(drop) });
    }
    until_waiting(&hasher, WAITING_PER_THREAD).await;
    assert!(matches!(hasher.permit(&who(0)).await, Err(Error::Busy)));
    drop(held);
    assert!(waiters.join_all().await.iter().all(Result::is_ok));
    assert!(hasher.permit(&who(0)).await.is_ok());
}

#[tokio::test]
async fn nobody_waits_longer_than_the_longest_wait() {
    let hasher = Hasher::new(1, Duration::ZERO);
    let held = all_permits(&hasher).await;
    assert!(matches!(hasher.permit(&who(0)).await, Err(Error::Busy)));
    drop(held);
    assert!(hasher.permit(&who(0)).await.is_ok());
}

#[tokio::test]
async fn who_came_first_is_served_first() {
    let hasher = hasher();
    let held = all_permits(&hasher).await;
    let (served, order) = mpsc::channel();
    let mut waiters = tokio::task::JoinSet::new();
    for number in 0..10 {
        let (hasher, served) = (Arc::clone(&hasher), served.clone());
        let at = Arc::clone(&hasher);
        waiters.spawn(async move {
            let permit = hasher.permit(&who(0)).await.unwrap();
            let job = move |_: &mut ArgonMemory| served.send(number).map_err(|_| Error::Busy);
            hasher.on_pool(permit, job).await.unwrap();
        });
        until_waiting(&at, number + 1).await;
    }
    drop((held, served));
    waiters.join_all().await;
    assert_eq!(order.iter().collect::<Vec<_>>(), (0..10).collect::<Vec<_>>());
}

/// One thread, and one key that floods: each of eleven others is hashed after the passwords in
/// progress and at most one turn of the flood, although the flood is refilled all the time.
#[tokio::test]
async fn everybody_is_served_beside_an_account_that_floods() {
    let hasher = hasher();
    let release = hold(&hasher);
    let (served, order) = mpsc::channel();
    let mut tasks = tokio::task::JoinSet::new();
    let mut come = |number: usize| {
        let (hasher, served) = (Arc::clone(&hasher), served.clone());
        tasks.spawn(async move {
            let Ok(permit) = hasher.permit(&who(number)).await else { return };
            let job = move |_: &mut ArgonMemory| served.send(number).map_err(|_| Error::Busy);
            hasher.on_pool(permit, job).await.unwrap();
        });
    };
    // The flood has all permits and all places in the queue.
    for _ in 0..3 * WAITING_PER_THREAD {
        come(0);
    }
    until_waiting(&hasher, WAITING_PER_THREAD).await;
    for number in 1..=11 {
        come(number);
    }
    while hasher.semaphore.waiting_for("account0") != WAITING_PER_THREAD - 11 {
        tokio::task::yield_now().await;
    }
    drop(release);
    tasks.join_all().await;
    drop(served);
    let order: Vec<usize> = order.iter().collect();
    let first: Vec<usize> = order.iter().copied().take(1 + SPARE_PERMITS + 1 + 11).filter(|who| *who != 0).collect();
    assert_eq!(first, (1..=11).collect::<Vec<_>>(), "{order:?}");
    assert_eq!(order.len(), 1 + SPARE_PERMITS + WAITING_PER_THREAD, "who made room was told at once");
}

#[tokio::test]
async fn a_caller_who_left_costs_no_hash_and_no_place() {
    let hasher = hasher();
    let release = hold(&hasher);
    let (done, hashed) = mpsc::channel();
    for name in ["gone", "here"] {
        let (other, done) = (Arc::clone(&hasher), done.clone());
        let caller = tokio::spawn(async move {
            let permit = other.permit(&who(0)).await.unwrap();
            other.on_pool(permit, move |_| done.send(name).map_err(|_| Error::Busy)).await
        });
        while hasher.pool.queued() < 1 + usize::from(name == "here") {
            tokio::task::yield_now().await;
        }
        if name == "gone" {
            caller.abort();
            assert!(caller.await.unwrap_err().is_cancelled());
        }
    }
    drop((release, done));
    assert_eq!(hashed.iter().collect::<Vec<_>>(), ["here"]);
    let held = all_permits(&hasher).await;
    let waiter = tokio::spawn({
        let hasher = Arc::clone(&hasher);
        async move { hasher.permit(&who(0)).await.map(drop) }
    });
    until_waiting(&hasher, 1).await;
    waiter.abort();
    assert!(waiter.await.unwrap_err().is_cancelled());
    until_waiting(&hasher, 0).await;
    drop(held);
    assert!(hasher.permit(&who(0)).await.is_ok());
}

#[tokio::test]
async fn a_job_that_panics_takes_nobody_with_it() {
    let hasher = hasher();
    let permit = hasher.permit(&who(0)).await.unwrap();
    #[expect(clippy::panic, reason = "that is what is tested")]
    let broken = hasher.on_pool::<(), _>(permit, |_| panic!("a test's own panic")).await;
    assert!(matches!(broken, Err(Error::Internal(_))));
    assert!(hasher.hash(&who(0), "correct horse battery staple", [7; 16]).await.is_ok());
    assert_eq!(all_permits(&hasher).await.len(), 1 + SPARE_PERMITS);
}

#[tokio::test]
async fn threads_start_when_they_are_needed_and_end_with_the_hasher() {
    let hasher = Hasher::new(2, LONG);
    assert_eq!(hasher.pool.started(), 0);
    hasher.hash(&who(0), "correct horse battery staple", [7; 16]).await.unwrap();
    assert_eq!(hasher.pool.started(), 1);
    let (first, second) = (hold(&hasher), hold(&hasher));
    assert_eq!(hasher.pool.started(), 2);
    let (end, ended) = mpsc::channel::<()>();
    // Unfinished jobs are dropped with the last thread, and this sender with them.
    hasher.pool.run(Box::new(move |_| drop(end))).unwrap();
    drop(hasher);
    drop((first, second));
    assert!(ended.recv().is_err());
}

/// Linux has niceness per thread: this reads that of the hashing thread.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn the_threads_that_hash_stand_back_behind_those_that_answer() {
    use rustix::process::getpriority_process;
    let hasher = hasher();
    let (own, permit) = (getpriority_process(None).unwrap(), hasher.permit(&who(0)).await.unwrap());
    let theirs = hasher.on_pool(permit, |_| Ok(getpriority_process(None).unwrap())).await.unwrap();
    assert_eq!(theirs, (own + 10).min(19));
    assert_eq!(getpriority_process(None).unwrap(), own);
}

#[test]
fn a_password_of_1024_characters_is_hashed_and_one_more_is_not() {
    assert!(!too_long(&"ü".repeat(MOST_CHARACTERS)));
    assert!(too_long(&"ü".repeat(MOST_CHARACTERS + 1)));
}

#[test]
fn the_attempts_under_way_cannot_be_more_than_an_account_may_fail() {
    let hasher = Hasher::new(usize::MAX, LONG);
    let most = usize::try_from(crate::sign_in::MOST_FOR_ACCOUNT).unwrap();
    assert!((1..=most).contains(&hasher.semaphore.free()));
}
