//! What the operator decided, as values that the use cases need.

use oauth::PkceRule;

/// Who may use the password grant (RFC 6749 §4.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordGrant {
    /// Nobody.
    Off,
    /// Clients that the operator registered as first party.
    FirstParty,
    /// First-party clients, and requests that name no client.
    Open,
}

/// The operator's choices; all durations are seconds.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The issuer identifier, exactly as clients compare it (RFC 8414 §2).
    pub issuer: String,
    /// The operator's name, as people read it.
    pub name: String,
    /// Who may use the password grant.
    pub password_grant: PasswordGrant,
    /// When confidential clients that have no rule of their own may go without PKCE.
    pub pkce: PkceRule,
    /// Life of an access token.
    pub access_token_ttl: i64,
    /// Life of a refresh token's whole chain, counted from the first.
    pub refresh_token_ttl: i64,
    /// Life of an authorization code.
    pub code_ttl: i64,
    /// Longest life of a browser session.
    pub session_ttl: i64,
    /// Life of a browser session without a request.
    pub session_idle_ttl: i64,
    /// The languages of the pages (BCP 47), for `ui_locales_supported`.
    pub ui_locales: Vec<String>,
    /// Passwords hashed at the same time, each on a thread of its own with 19 MiB.
    pub hash_threads: usize,
    /// A password that has waited for its turn for so long is not looked at: whoever sent it is told to try again.
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
            // One core stays for those who do not sign in, and the memory stays below what a small machine has to spare.
            hash_threads: cores.saturating_sub(1).clamp(1, 8),
            hash_wait: 2,
        }
    }
}
