//! The old words, each with the standard one (docs/architecture.md), and the names that may be called
//! so all the same.

/// A name that may be an old word, since it means something else there.
pub struct Exception {
    /// The file, or the folder that the file is in, from the repository's root.
    pub path: &'static str,
    /// The name.
    pub word: &'static str,
    /// What it means there.
    pub reason: &'static str,
}

impl Exception {
    /// Whether this name may stand in this file.
    pub fn allows(&self, path: &str, name: &str) -> bool {
        path.starts_with(self.path) && name == self.word
    }
}

/// Files and folders that have not been renamed yet: to be emptied.
#[rustfmt::skip]
pub const OPEN_PARTS: [&str; 0] = [];

/// Names that mean something else than the vocabulary's.
#[rustfmt::skip]
pub const EXCEPTIONS: [Exception; 5] = [
    Exception { path: "crates/oauth/src/dpop/tests.rs", word: "expected", reason: "the values that a proof must have" },
    Exception { path: "crates/oauth/src/problem/finding.rs", word: "expected", reason: "the value that would have been right" },
    Exception { path: "crates/provider/src/store/cache.rs", word: "Entry", reason: "an entry of the cache" },
    Exception { path: "crates/provider/src/store/records/user.rs", word: "proof", reason: "the proof of the password" },
    Exception { path: "server/tests/http/harness/dpop.rs", word: "proof", reason: "a DPoP proof" },
];

/// Old words and the standard ones.
#[rustfmt::skip]
pub const OLD_WORDS: [(&str, &str); 80] = [
    ("Touch", "Invalidation"),
    ("Before", "CacheEpoch"),
    ("Mark", "CacheEpoch"),
    ("Changes", "CacheEpochs"),
    ("memory", "cache"),
    ("Memory", "Cache"),
    ("Shelf", "Cache"),
    ("shelf", "cache"),
    ("remember", "cache"),
    ("remembered", "cached"),
    ("remembers", "caches"),
    ("forget", "evict"),
    ("forgets", "evicts"),
    ("watch", "invalidation_listener"),
    ("hear", "on_notification"),
    ("BEAT", "HEARTBEAT"),
    ("SAY", "NOTIFY"),
    ("Said", "Statements"),
    ("said", "statements"),
    ("Script", "Statements"),
    ("script", "statements"),
    ("Line", "Statement"),
    ("door", "listener"),
    ("Door", "ConnectionListener"),
    ("LAST_CALL", "DRAIN_QUIET_PERIOD"),
    ("BREATHER", "ACCEPT_BACKOFF"),
    ("pulse", "connection_timeouts"),
    ("Pulse", "ConnectionState"),
    ("LOOK_EVERY", "CHECK_INTERVAL"),
    ("crowd", "connections"),
    ("Crowd", "Connections"),
    ("watched", "tracked_stream"),
    ("Watched", "TrackedStream"),
    ("front", "fast_path"),
    ("Front", "FastPath"),
    ("told", "a noun: message, response, errors"),
    ("dressed", "with_response_headers"),
    ("dress", "security_headers"),
    ("around", "request_layer"),
    ("leave", "delete_account"),
    ("Leaving", "ShuttingDown"),
    ("leaving", "shutting_down"),
    ("asked", "resolve_request"),
    ("Asked", "ResolvedRequest"),
    ("counting", "resolve_signed_request"),
    ("opened", "resolve_signed_request"),
    ("expected", "id_token_hint"),
    ("is", "is_expected_subject"),
    ("KeptPage", "CachedPage"),
    ("kept", "preserved_fields or cached_metadata"),
    ("Kept", "CachedMetadata"),
    ("Errand", "SignInContext"),
    ("errand", "sign_in_context"),
    ("asker", "sign_in_context"),
    ("Entry", "SignInOutcome"),
    ("enter", "sign_in"),
    ("look", "verify_attempt or check"),
    ("Way", "ResponseTarget"),
    ("Visit", "DecisionOutcome"),
    ("Made", "CodeInsert"),
    ("World", "Dependencies"),
    ("world", "dependencies"),
    ("Budget", "NoteRateLimit"),
    ("budget", "note_rate_limit"),
    ("Keeper", "SigningKeyCache"),
    ("keeper", "signing_key_cache"),
    ("Ring", "KeySet"),
    ("ring", "key_set"),
    ("Told", "SessionClient"),
    ("Foreign", "CsrfError"),
    ("proof", "dpop"),
    ("Proving", "DpopRequest"),
    ("Wanted", "RequestedBinding"),
    ("seal", "sid or max_age"),
    ("once_awake", "on_hydrate"),
    ("say", "announce"),
    ("tell", "translate"),
    ("mend", "fix"),
    ("MEND", "FIX"),
    ("logouts", "back_channel_logout"),
];
