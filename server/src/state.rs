//! The state of all handlers: the provider, settings of the HTTP edge, and process-wide flags.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use provider::Provider;

use crate::brand::Brand;
use crate::browser::CachedPage;
use crate::proxy_header::ProxyHeader;

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

/// A flag for a warning that is logged once. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct OnceFlag(Arc<AtomicBool>);

impl OnceFlag {
    /// True on the first call, and false on every later one.
    pub fn is_first(&self) -> bool {
        !self.0.swap(true, Ordering::Relaxed)
    }
}

/// Warnings that are logged once in the life of the process.
#[derive(Clone, Debug, Default)]
pub struct LoggedOnce {
    /// A trusted proxy sends only the header that `JETON_PROXY_HEADER` does not name.
    pub proxy_header: OnceFlag,
    /// A form came from another origin than `JETON_PUBLIC_URL`.
    pub other_origin: OnceFlag,
}

/// The provider, and what the HTTP edge adds to it. Cheap to clone.
#[derive(Clone)]
pub struct Site {
    /// The authorization server.
    pub provider: Provider,
    edge: Arc<Edge>,
    shutting_down: ShuttingDown,
    logged_once: LoggedOnce,
    sign_in_page: CachedPage,
    /// The issuer's port, where it is not the default one of its scheme.
    port: Option<u16>,
}

/// Settings of the HTTP edge.
#[derive(Clone, Debug, Default)]
pub struct Edge {
    /// Trusted proxies, as address and prefix length: their header names the client's address.
    pub trusted_proxies: Vec<(IpAddr, u8)>,
    /// The header that is read of trusted proxies.
    pub proxy_header: ProxyHeader,
    /// The language of browsers without a cookie for one and without a supported `Accept-Language`.
    pub language: app::Language,
    /// The operator's branding: logo, colours, links.
    pub brand: Brand,
}

impl Site {
    /// The provider behind this edge.
    #[must_use]
    pub fn new(provider: Provider, edge: Edge) -> Self {
        let port = non_default_port(&provider.settings().issuer);
        let (shutting_down, logged_once, sign_in_page) =
            (ShuttingDown::default(), LoggedOnce::default(), CachedPage::default());
        Self { provider, edge: Arc::new(edge), shutting_down, logged_once, sign_in_page, port }
    }

    /// Whether this server shuts down.
    #[must_use]
    pub fn shutting_down(&self) -> &ShuttingDown {
        &self.shutting_down
    }

    /// The cached sign-in page of visitors that no client has sent.
    #[must_use]
    pub(crate) const fn sign_in_page(&self) -> &CachedPage {
        &self.sign_in_page
    }

    /// Whether browsers reach us by https only: cookies are then Secure and carry the `__Host-`
    /// prefix.
    #[must_use]
    pub fn secure(&self) -> bool {
        self.provider.settings().issuer.starts_with("https://")
    }

    /// The settings of the HTTP edge.
    #[must_use]
    pub(crate) fn edge(&self) -> &Edge {
        &self.edge
    }

    /// The warnings that were logged already.
    #[must_use]
    pub(crate) const fn logged_once(&self) -> &LoggedOnce {
        &self.logged_once
    }

    /// The default language.
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

    /// The name of a cookie with a preference, such as the theme. Cookies are shared by all ports
    /// of a host (RFC 6265 §8.5), so two servers on one host would overwrite each other's: a port
    /// that is not the default one is a part of the name.
    #[must_use]
    pub fn preference_name(&self, name: &str) -> String {
        self.port.map_or_else(|| name.to_owned(), |port| format!("{name}_{port}"))
    }
}

/// The port of an origin, unless it is the default one of its scheme.
fn non_default_port(origin: &str) -> Option<u16> {
    let (scheme, authority) = origin.split_once("://")?;
    let (_, port) = authority.rsplit_once(':')?;
    // In an IPv6 address without a port, the last colon is followed by text that ends with a
    // bracket and does not parse.
    let default = if scheme == "https" { 443 } else { 80 };
    port.parse().ok().filter(|port| *port != default)
}

#[cfg(test)]
mod tests {
    use super::non_default_port;

    #[test]
    fn only_a_port_that_is_not_the_default_one_is_returned() {
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
            assert_eq!(non_default_port(origin), port, "{origin}");
        }
    }
}
