//! Proofs of possession: one nonce for all servers of a key, and each proof counts once among them.
#![expect(clippy::unwrap_used, reason = "tests")]

use oauth::SecretHash;
use oauth::dpop::DpopProof;
use oauth::jose::ReplayKey;
use tokio::task::JoinSet;

use crate::harness::{NOON, on_each_database};

#[tokio::test]
async fn servers_of_one_key_have_one_nonce_and_others_have_another() {
    on_each_database(async |t| {
        let (twin, stranger) = (t.twin().await, t.another().await);
        let nonce = t.provider.dpop_nonce();
        assert_eq!(twin.provider.dpop_nonce(), nonce);
        assert_ne!(stranger.provider.dpop_nonce(), nonce);
        t.clock.advance(300);
        assert_ne!(t.provider.dpop_nonce(), nonce);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_64_uses_of_one_proof_on_two_servers_one_counts() {
    on_each_database(async |t| {
        let twin = t.twin().await;
        let once = ReplayKey { key: SecretHash::of("one proof"), until: NOON.plus(61) };
        let mut tasks = JoinSet::new();
        for number in 0..64 {
            let provider = if number % 2 == 0 { t.provider.clone() } else { twin.provider.clone() };
            let proof = DpopProof { thumbprint: "t".into(), replay_key: once.clone() };
            tasks.spawn(async move { provider.spend_proof(&proof).await.is_ok() });
        }
        assert_eq!(tasks.join_all().await.into_iter().filter(|counted| *counted).count(), 1);
        t.clock.advance(86_400 + 62);
        t.provider.sweep().await.unwrap();
        assert_eq!(t.number("select count(*) from spent_tokens").await, 0);
    })
    .await;
}
