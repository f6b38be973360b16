//! What every handler has at hand.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use provider::Provider;

use crate::brand::Brand;
use crate::browser::KeptPage;

/// Whether this server is about to end. Every clone is about the same server.
#[derive(Clone, Debug, Default)]
pub struct Leaving(Arc<AtomicBool>);

impl Leaving {
    /// From now on it is.
    pub fn begin(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it is.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// The provider, and what the HTTP edge adds to it. Cheap to clone.
#[derive(Clone)]
pub struct Site {
    /// The authorization server.
    pub provider: Provider,
    edge: Arc<Edge>,
    leaving: Leaving,
    sign_in_page: KeptPage,
}

/// Settings of the HTTP edge.
#[derive(Clone, Debug, Default)]
pub struct Edge {
    /// Peers whose word on the client's address is believed, as address and prefix length.
    pub trusted_proxies: Vec<(IpAddr, u8)>,
    /// The language of those who have not chosen one and whose browser names none that is spoken here.
    pub language: app::Language,
    /// The operator's own look.
    pub brand: Brand,
}

impl Site {
    /// The provider behind this edge.
    #[must_use]
    pub fn new(provider: Provider, edge: Edge) -> Self {
        Self { provider, edge: Arc::new(edge), leaving: Leaving::default(), sign_in_page: KeptPage::default() }
    }

    /// Whether this server is about to end.
    #[must_use]
    pub fn leaving(&self) -> &Leaving {
        &self.leaving
    }

    /// The sign-in page of whoever comes by themselves.
    #[must_use]
    pub(crate) const fn sign_in_page(&self) -> &KeptPage {
        &self.sign_in_page
    }

    /// Whether browsers reach us by https only: cookies are then Secure and carry the `__Host-` prefix.
    #[must_use]
    pub fn secure(&self) -> bool {
        self.provider.settings().issuer.starts_with("https://")
    }

    /// The peers that are believed.
    #[must_use]
    pub fn trusted_proxies(&self) -> &[(IpAddr, u8)] {
        &self.edge.trusted_proxies
    }

    /// The language where nothing else decides.
    #[must_use]
    pub fn language(&self) -> app::Language {
        self.edge.language
    }

    /// The operator's own look.
    #[must_use]
    pub fn brand(&self) -> &Brand {
        &self.edge.brand
    }

    /// The name of a cookie, with the prefix that binds it to this host where that is possible.
    #[must_use]
    pub fn cookie_name(&self, name: &str) -> String {
        if self.secure() { format!("__Host-{name}") } else { name.to_owned() }
    }
}
