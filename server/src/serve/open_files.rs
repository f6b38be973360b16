//! The limit of open files (`RLIMIT_NOFILE`): each connection is one, and shells and service
//! managers set a low soft limit.

/// File descriptors that are not client connections: the database, the log, outgoing fetches.
const RESERVED: u64 = 128;

/// Raises the soft limit of open files to the hard one; how many of `wanted` connections fit. Warns
/// where they are fewer.
#[must_use]
pub fn connection_limit(wanted: u32) -> u32 {
    let available = raise_limit().saturating_sub(RESERVED);
    let possible = u32::try_from(available).unwrap_or(u32::MAX).clamp(1, wanted.max(1));
    if possible < wanted {
        tracing::warn!(wanted, possible, "fewer connections than JETON_MAX_CONNECTIONS: raise the limit of open files");
    }
    possible
}

#[cfg(unix)]
fn raise_limit() -> u64 {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    // A refused change leaves the limit as it was, and it is read again.
    let _ = setrlimit(Resource::Nofile, limit);
    getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX)
}

#[cfg(not(unix))]
const fn raise_limit() -> u64 {
    u64::MAX
}

#[cfg(test)]
mod tests {
    use super::connection_limit;

    #[test]
    fn what_there_is_room_for_is_never_more_than_wanted_and_never_nothing() {
        assert_eq!(connection_limit(1), 1);
        assert!((1..=u32::MAX).contains(&connection_limit(u32::MAX)));
    }
}
