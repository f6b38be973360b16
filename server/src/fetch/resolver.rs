//! Looking names up, with the addresses judged before anything connects to them. The connection
//! goes to the very addresses that were judged: there is no second look-up that could differ (DNS
//! rebinding). IP addresses in a URL are not looked up: `Destination` judges those.

use std::net::SocketAddr;
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::sync::Semaphore;

use super::address::is_public;

/// Where a name may lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// To public addresses alone.
    Public,
    /// Anywhere: the operator listed host and port.
    Anywhere,
}

/// The name stands for an address that is not public.
#[derive(Debug, thiserror::Error)]
#[error("its name stands for an address that is not public")]
pub struct NotPublic;

/// The system's resolver, within bounds.
pub struct Resolver {
    reach: Reach,
    lookups: Arc<Semaphore>,
}

impl Resolver {
    /// As many look-ups at the same time as there are permits.
    pub const fn new(reach: Reach, lookups: Arc<Semaphore>) -> Self {
        Self { reach, lookups }
    }
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (reach, lookups) = (self.reach, self.lookups.clone());
        Box::pin(async move {
            let found = look_up(name.as_str().to_owned(), lookups).await?;
            if reach == Reach::Public && !found.iter().all(|address| is_public(address.ip())) {
                return Err(NotPublic.into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// The addresses behind a name; the port is the caller's to add.
async fn look_up(name: String, lookups: Arc<Semaphore>) -> std::io::Result<Vec<SocketAddr>> {
    // The system's resolver cannot be called back: whoever stops waiting leaves a thread behind, so those are counted too.
    let place = lookups.acquire_owned().await.map_err(std::io::Error::other)?;
    let lookup = tokio::spawn(async move {
        let found = tokio::net::lookup_host((name, 0)).await.map(Vec::from_iter);
        drop(place);
        found
    });
    let found = lookup.await??;
    if found.is_empty() { Err(std::io::Error::other("its name stands for no address")) } else { Ok(found) }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    async fn resolve(reach: Reach, name: &str) -> Result<Vec<SocketAddr>, String> {
        let resolver = Resolver::new(reach, Arc::new(Semaphore::new(1)));
        let found = resolver.resolve(name.parse().unwrap()).await;
        found.map(Vec::from_iter).map_err(|error| error.is::<NotPublic>().to_string())
    }

    #[tokio::test]
    async fn a_name_for_a_private_address_is_refused_unless_it_may_lead_anywhere() {
        assert_eq!(resolve(Reach::Public, "localhost").await, Err("true".to_owned()));
        assert!(resolve(Reach::Anywhere, "localhost").await.unwrap().iter().all(|found| found.ip().is_loopback()));
    }
}
