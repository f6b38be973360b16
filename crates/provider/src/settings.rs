//! The operator's settings, as values for the use cases.

use oauth::PkceRule;

/// Who may use the password grant (RFC 6749 §4.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordGrant {
    /// Disabled.
    Off,
    /// Clients that the operator registered as first party.
    FirstParty,
    /// First-party clients, and requests without a client.
    Open,
}

/// The operator's settings; all durations are in seconds.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The issuer identifier, exactly as clients compare it (RFC 8414 §2).
    pub issuer: String,
    /// The operator's name, shown to users.
    pub name: String,
    /// Who may use the password grant.
    pub password_grant: PasswordGrant,
    /// When confidential clients without a rule of their own may omit PKCE.
    pub pkce: PkceRule,
    /// Lifetime of an access token.
    pub access_token_ttl: i64,
    /// Lifetime of a family's refresh tokens, counted from the first.
    pub refresh_token_ttl: i64,
    /// Lifetime of an authorization code.
    pub code_ttl: i64,
    /// Maximum lifetime of a browser session.
    pub session_ttl: i64,
    /// Idle timeout of a browser session.
    pub session_idle_ttl: i64,
    /// The languages of the pages (BCP 47), for `ui_locales_supported`.
    pub ui_locales: Vec<String>,
    /// Number of hashing threads, each with 19 MiB of memory.
    pub hash_threads: usize,
    /// Timeout for a hashing permit, after which the sign-in fails with a request to retry.
    pub hash_wait: i64,
}

impl Default for Settings {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZeroUsize::get);
        Self {
            issuer: "http://127.0.0.1:8080".to_owned(),
            name: "Jeton".to_owned(),
            password_grant: PasswordGrant::FirstParty,
            pkce: PkceRule::Required,
            access_token_ttl: 3600,
            refresh_token_ttl: 2_592_000,
            code_ttl: 60,
            session_ttl: 1_209_600,
            session_idle_ttl: 86_400,
            ui_locales: Vec::new(),
            // One core stays free for other requests, and the memory fits a small machine.
            hash_threads: cores.saturating_sub(1).clamp(1, 8),
            hash_wait: 2,
        }
    }
}
