//! What every handler has at hand.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use provider::Provider;

use crate::brand::Brand;
use crate::browser::KeptPage;

/// Whether this server shuts down. Clones share the flag.
#[derive(Clone, Debug, Default)]
pub struct ShuttingDown(Arc<AtomicBool>);

impl ShuttingDown {
    /// The shutdown begins.
    pub fn begin(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether the shutdown has begun.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// What is told once, however often it happens. Every clone is about the same thing.
#[derive(Clone, Debug, Default)]
pub struct Once(Arc<AtomicBool>);

impl Once {
    /// Whether nobody asked before.
    pub fn is_first(&self) -> bool {
        !self.0.swap(true, Ordering::Relaxed)
    }
}

/// What the log tells once in the life of a server.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// That a trusted proxy sends only the header that does not count.
    pub proxy_header: Once,
    /// That browsers reach this server at another origin than the one that is set.
    pub other_origin: Once,
}

/// The one header in which the trusted proxy tells of addresses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProxyHeader {
    /// `X-Forwarded-For`
    #[default]
    XForwardedFor,
    /// `Forwarded` (RFC 7239)
    Forwarded,
}

impl ProxyHeader {
    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::XForwardedFor => "x-forwarded-for",
            Self::Forwarded => "forwarded",
        }
    }

    /// The one that never counts then.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::XForwardedFor => Self::Forwarded,
            Self::Forwarded => Self::XForwardedFor,
        }
    }
}

/// The provider, and what the HTTP edge adds to it. Cheap to clone.
#[derive(Clone)]
pub struct Site {
    /// The authorization server.
    pub provider: Provider,
    edge: Arc<Edge>,
    shutting_down: ShuttingDown,
    told: Told,
    sign_in_page: KeptPage,
    /// The issuer's port, where it is not the default one of its scheme.
    port: Option<u16>,
}

/// Settings of the HTTP edge.
#[derive(Clone, Debug, Default)]
pub struct Edge {
    /// Peers whose word on the client's address is believed, as address and prefix length.
    pub trusted_proxies: Vec<(IpAddr, u8)>,
    /// The header in which they tell of it.
    pub proxy_header: ProxyHeader,
    /// The language of those who have not chosen one and whose browser names none that is spoken here.
    pub language: app::Language,
    /// The operator's own look.
    pub brand: Brand,
}

impl Site {
    /// The provider behind this edge.
    #[must_use]
    pub fn new(provider: Provider, edge: Edge) -> Self {
        let port = unusual_port(&provider.settings().issuer);
        let (shutting_down, told, sign_in_page) = (ShuttingDown::default(), Told::default(), KeptPage::default());
        Self { provider, edge: Arc::new(edge), shutting_down, told, sign_in_page, port }
    }

    /// Whether this server shuts down.
    #[must_use]
    pub fn shutting_down(&self) -> &ShuttingDown {
        &self.shutting_down
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

    /// The settings of the HTTP edge.
    #[must_use]
    pub(crate) fn edge(&self) -> &Edge {
        &self.edge
    }

    /// What the log has told.
    #[must_use]
    pub(crate) const fn told(&self) -> &Told {
        &self.told
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
        let name = self.preference_name(name);
        if self.secure() { format!("__Host-{name}") } else { name }
    }

    /// The name of a cookie that holds no more than a taste. Cookies do not tell ports apart (RFC 6265 §8.5), so two servers on
    /// one host would overwrite each other's: the port stands in the name where it is not the default one.
    #[must_use]
    pub fn preference_name(&self, name: &str) -> String {
        self.port.map_or_else(|| name.to_owned(), |port| format!("{name}_{port}"))
    }
}

/// The port of an origin, unless it is the default one of its scheme.
fn unusual_port(origin: &str) -> Option<u16> {
    let (scheme, authority) = origin.split_once("://")?;
    let (_, port) = authority.rsplit_once(':')?;
    // What follows the last colon of an IPv6 address without a port ends with a bracket.
    let usual = if scheme == "https" { 443 } else { 80 };
    port.parse().ok().filter(|port| *port != usual)
}

#[cfg(test)]
mod tests {
    use super::unusual_port;

    #[test]
    fn only_a_port_that_is_not_the_default_one_is_told() {
        let cases = [
            ("https://id.example", None),
            ("https://id.example:443", None),
            ("http://127.0.0.1:80", None),
            ("http://[::1]", None),
            ("https://id.example:80", Some(80)),
            ("http://127.0.0.1:8080", Some(8080)),
            ("http://[::1]:8081", Some(8081)),
        ];
        for (origin, port) in cases {
            assert_eq!(unusual_port(origin), port, "{origin}");
        }
    }
}
