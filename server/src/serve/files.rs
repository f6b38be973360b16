//! Open files: a connection is one, and shells and service managers allow few of them unless they are asked.

/// Files that are not connections of ours: the database, the log, what is fetched.
const OTHERS: u64 = 128;

/// How many connections there can be of so many that are wanted, after this process has taken all the files that it may have.
#[must_use]
pub fn room_for(wanted: u32) -> u32 {
    let room = most_files().saturating_sub(OTHERS);
    let possible = u32::try_from(room).unwrap_or(u32::MAX).clamp(1, wanted.max(1));
    if possible < wanted {
        tracing::warn!(wanted, possible, "fewer connections than JETON_MAX_CONNECTIONS: raise the limit of open files");
    }
    possible
}

#[cfg(unix)]
fn most_files() -> u64 {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    // What is refused stays as it was, and is read again.
    let _ = setrlimit(Resource::Nofile, limit);
    getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX)
}

#[cfg(not(unix))]
const fn most_files() -> u64 {
    u64::MAX
}

#[cfg(test)]
mod tests {
    use super::room_for;

    #[test]
    fn what_there_is_room_for_is_never_more_than_wanted_and_never_nothing() {
        assert_eq!(room_for(1), 1);
        assert!((1..=u32::MAX).contains(&room_for(u32::MAX)));
    }
}
