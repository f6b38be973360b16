//! The background job that delivers logout tokens.

use std::sync::Arc;
use std::time::Duration;

use provider::fetch::{Fetch, FetchError, Fetched, Word};
use provider::{Dependencies, Provider};
use server::serve::back_channel_logout;
use tokio::sync::mpsc;

use crate::harness::{BACK_CHANNEL_URI, LOGOUT_CLIENT, Test, TestClient};

const STUCK: &str = "https://stuck.example/back-channel";

/// One address never answers; what is sent to the others comes out of a channel.
struct Partly(mpsc::UnboundedSender<String>);

impl Fetch for Partly {
    fn get<'a>(&'a self, url: &'a str, _: Word) -> Fetched<'a, Vec<u8>> {
        Box::pin(async move { Err(FetchError::Refused(url.to_owned())) })
    }

    fn post<'a>(&'a self, url: &'a str, _: &'a [(&'a str, &'a str)], _: Word) -> Fetched<'a, u16> {
        Box::pin(async move {
            self.0.send(url.to_owned()).unwrap();
            if url == STUCK { std::future::pending().await } else { Ok(200) }
        })
    }
}

/// The same server with other outgoing fetches.
fn with_fetch(test: &Test, fetch: Arc<dyn Fetch>) -> Provider {
    let provider = &test.provider;
    let dependencies = Dependencies { clock: test.clock.clone(), entropy: Arc::new(provider::entropy::Os), fetch };
    Provider::open(provider.store().clone(), provider.key().clone(), provider.settings().clone(), dependencies)
}

#[tokio::test]
async fn a_client_that_does_not_answer_holds_up_neither_signing_out_nor_other_clients() {
    let test = Test::with_logout_client().await;
    let stuck =
        TestClient { id: "a-stuck", secret: Some("stuck-secret-1"), redirect_uri: "https://stuck.example/callback" };
    test.add_logout_client(&stuck, Some(STUCK)).await;
    let (sender, mut sent) = mpsc::unbounded_channel();
    let provider = with_fetch(&test, Arc::new(Partly(sender)));
    let worker = tokio::spawn(back_channel_logout::deliver(provider.clone()));
    let ada = test.id_of("ada").await;
    for _ in 0..2 {
        let browser = test.signed_in("ada").await;
        browser.id_token(&stuck).await;
        browser.id_token(&LOGOUT_CLIENT).await;
        let session = test.provider.session_views(ada, "").await.unwrap().remove(0).id;
        provider.end_session(ada, &session).await.unwrap();
        // Sooner than it looks by itself: it was woken.
        let next = async { while sent.recv().await.unwrap() != BACK_CHANNEL_URI {} };
        tokio::time::timeout(Duration::from_secs(4), next).await.unwrap();
    }
    worker.abort();
}
