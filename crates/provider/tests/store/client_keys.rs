//! Addresses of keys that are slow or dead (SS-05): each is asked once however many wait, and nobody else waits with them.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth::jose::{Jwk, Material};
use oauth::registration::AuthMethod;
use oauth::{ClientKind, Params, Registration};
use provider::clients::NewClient;
use provider::dpop::DpopRequest;
use provider::fetch::{FetchError, Fetched, Word};
use provider::{Error, Fetch, Provider};
use serde_json::json;
use tokio::sync::Semaphore;

use crate::harness::{NOON, Test, on_each_database};

const ADDRESS: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// The same keys everywhere, but they come only when the test lets them, and never from an address that is dead.
struct Slow {
    keys: String,
    requests: AtomicUsize,
    arrived: Semaphore,
    open: Semaphore,
}

impl Fetch for Slow {
    fn get<'a>(&'a self, url: &'a str, _: Word) -> Fetched<'a, Vec<u8>> {
        Box::pin(async move {
            self.requests.fetch_add(1, Ordering::SeqCst);
            self.arrived.add_permits(1);
            if url.contains("dead") {
                std::future::pending::<()>().await;
            }
            self.open.acquire().await.unwrap().forget();
            Ok(self.keys.clone().into_bytes())
        })
    }

    fn post<'a>(&'a self, url: &'a str, _: &'a [(&'a str, &'a str)], _: Word) -> Fetched<'a, u16> {
        Box::pin(async move { Err(FetchError::Refused(url.to_owned())) })
    }
}

/// A key that signs, and a server that may fetch it.
struct Bench {
    pair: EcdsaKeyPair,
    slow: Arc<Slow>,
    provider: Provider,
    count: AtomicUsize,
}

impl Bench {
    async fn new(t: &Test) -> Self {
        t.provider.add_scope("read", "", "").await.unwrap();
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        let point = pair.public_key().as_ref();
        let (x, y) = (point[1..33].try_into().unwrap(), point[33..].try_into().unwrap());
        let key = Jwk { kid: None, algorithm: None, material: Material::P256 { x, y } };
        let keys = json!({"keys": [key.to_json()]}).to_string();
        let none = || Semaphore::new(0);
        let slow = Arc::new(Slow { keys, requests: AtomicUsize::new(0), arrived: none(), open: none() });
        let provider = t.reaching(slow.clone()).await;
        Self { pair, slow, provider, count: AtomicUsize::new(0) }
    }

    /// A client with its keys at an address of its own.
    async fn client(&self, id: &str) {
        let registration = Registration {
            token_endpoint_auth_method: Some(AuthMethod::PrivateKeyJwt),
            jwks_uri: Some(format!("https://{id}.example/jwks")),
            ..Registration::default()
        };
        let new = NewClient {
            client_id: Some(id.to_owned()),
            registration,
            ..NewClient::new("Machine", ClientKind::Confidential, Vec::new())
        };
        self.provider.add_client(new).await.unwrap();
    }

    /// A request for a token by this client.
    fn request(&self, id: &str) -> Params {
        let jti = self.count.fetch_add(1, Ordering::SeqCst).to_string();
        let issuer = &self.provider.settings().issuer;
        let claims = json!({"iss": id, "sub": id, "aud": issuer, "jti": jti, "exp": NOON.seconds() + 60});
        let part = |text: String| URL_SAFE_NO_PAD.encode(text);
        let input = format!("{}.{}", part(json!({"alg": "ES256"}).to_string()), part(claims.to_string()));
        let signature = self.pair.sign(&SystemRandom::new(), input.as_bytes()).unwrap();
        let token = format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature));
        Params::from_pairs([
            ("grant_type", "client_credentials"),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", &token),
        ])
    }

    /// The same on its way.
    fn on_its_way(&self, id: &str) -> tokio::task::JoinHandle<bool> {
        let (provider, request) = (self.provider.clone(), self.request(id));
        tokio::spawn(async move { provider.token(None, &request, ADDRESS, &DpopRequest::default()).await.is_ok() })
    }

    async fn arrived(&self, requests: u32) {
        self.slow.arrived.acquire_many(requests).await.unwrap().forget();
    }

    fn requests(&self) -> usize {
        self.slow.requests.load(Ordering::SeqCst)
    }
}

#[tokio::test]
async fn everybody_who_waits_for_an_address_takes_the_one_answer() {
    on_each_database(async |t| {
        let bench = Bench::new(&t).await;
        bench.client("slow").await;
        let waiting: Vec<_> = (0..30).map(|_| bench.on_its_way("slow")).collect();
        bench.arrived(1).await;
        bench.slow.open.add_permits(30);
        for one in waiting {
            assert!(one.await.unwrap());
        }
        // The other server on the database had nothing to do with it.
        assert_eq!((bench.requests(), t.outside.requested_urls().len()), (1, 0));
    })
    .await;
}

#[tokio::test]
async fn who_goes_away_while_keys_are_fetched_keeps_them_from_nobody() {
    on_each_database(async |t| {
        let bench = Bench::new(&t).await;
        bench.client("slow").await;
        let gone = bench.on_its_way("slow");
        bench.arrived(1).await;
        gone.abort();
        assert!(gone.await.is_err());
        bench.slow.open.add_permits(1);
        assert!(bench.on_its_way("slow").await.unwrap());
        assert_eq!(bench.requests(), 1);
    })
    .await;
}

#[tokio::test]
async fn dead_addresses_are_bounded_and_nobody_else_waits_for_them() {
    on_each_database(async |t| {
        let bench = Bench::new(&t).await;
        bench.client("slow").await;
        for number in 0..128 {
            bench.client(&format!("dead{number}")).await;
        }
        let mut dead: Vec<_> = (0..127).map(|number| bench.on_its_way(&format!("dead{number}"))).collect();
        bench.arrived(127).await;
        bench.slow.open.add_permits(1);
        assert!(bench.on_its_way("slow").await.unwrap());
        bench.arrived(1).await;
        dead.push(bench.on_its_way("dead127"));
        bench.arrived(1).await;
        // Every place is taken: a new address has to wait, and known keys are as good as ever.
        bench.client("another").await;
        let busy = bench.provider.token(None, &bench.request("another"), ADDRESS, &DpopRequest::default()).await;
        assert!(matches!(busy, Err(Error::Busy)));
        assert!(bench.on_its_way("slow").await.unwrap());
        assert_eq!(bench.requests(), 129);
        dead.iter().for_each(tokio::task::JoinHandle::abort);
    })
    .await;
}
