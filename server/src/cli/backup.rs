//! `jeton backup` and `jeton restore`: a SQLite database as one file.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use clap::Args;
use provider::{Backup, Location, NotRestorable, Obstacle, Obstructed};
use serde_json::json;

use super::draft::Draft;
use super::{Failure, Output};
use crate::config::Config;
use crate::startup::sqlite_file::{self, FileState};
use crate::startup::{self, files, remedy};

/// Arguments of `jeton backup`.
#[derive(Args)]
pub struct Make {
    /// The file that is made, with mode 0600; it must not exist
    #[arg(value_name = "TO")]
    to: PathBuf,
}

/// Arguments of `jeton restore`.
#[derive(Args)]
pub struct Restore {
    /// A file that jeton backup made
    #[arg(value_name = "FROM")]
    from: PathBuf,
    /// Also when the database in its place holds what the backup does not
    #[arg(long)]
    force: bool,
}

/// Writes a backup; servers may run meanwhile.
pub async fn make(Make { to }: Make, config: &Config, output: Output) -> Result<(), Failure> {
    let database = file(config, "Back it up with: pg_dump --format=custom --file=FILE DATABASE")?;
    let file_state = sqlite_file::file_state(&database);
    if matches!(file_state, FileState::Missing | FileState::Empty) {
        return Err(Failure::new(format!("JETON_DATABASE_URL: there is no database at {}", database.display())));
    }
    sqlite_file::check_intact(config, &database, file_state).await?;
    let key = files::read_key(&config.secret_key_file)?;
    if to.exists() {
        return Err(Failure::new(format!("{} exists already. Name another file", to.display())));
    }
    files::make_folder("TO", &to)?;
    let draft = Draft::of("TO", &to)?;
    let obstructed = |found: Obstructed| Failure::from(startup::obstructed(config, "cannot be backed up", &found));
    Backup::make(&database, draft.path()).await.map_err(obstructed)?;
    match Backup::examine(draft.path(), &key).await.map_err(obstructed)? {
        Ok(()) => {}
        Err(NotRestorable::Damaged(fault)) => {
            let line = format!("JETON_DATABASE_URL: {} is damaged ({fault}). No backup was made", database.display());
            return Err(Failure::new(line));
        }
        Err(NotRestorable::NoTables) => return Err(startup::database_error(config, &startup::no_tables(config)).into()),
        Err(NotRestorable::OtherKey) => {
            return Err(startup::StartError::new(files::KEY, startup::other_key(config)).into());
        }
        Err(NotRestorable::Newer) => {
            let found = Obstructed::new(Obstacle::Newer, "its schema is newer");
            return Err(startup::obstructed(config, "cannot be backed up", &found).into());
        }
    }
    draft.finish(&to)?;
    let bytes = std::fs::metadata(&to).map_or(0, |found| found.len());
    let value = json!({"database": config.database_url.shown(), "backup": to.display().to_string(), "bytes": bytes});
    let sentence = format!(
        "{} holds everything of {} as of now ({bytes} bytes). The secret key is not in it: keep {} elsewhere",
        to.display(),
        config.database_url.shown(),
        config.secret_key_file.display()
    );
    output.done(&value, &sentence);
    Ok(())
}

/// Replaces the database by a backup; no server may have it open.
pub async fn restore(Restore { from, force }: Restore, config: &Config, output: Output) -> Result<(), Failure> {
    let target = file(config, "Restore it with: pg_restore --clean --if-exists --dbname=DATABASE FILE")?;
    if !from.is_file() {
        return Err(Failure::new(format!("FROM: {} is no file", from.display())));
    }
    if std::fs::canonicalize(&from).ok() == std::fs::canonicalize(&target).ok() {
        return Err(Failure::new(format!("FROM: {} is the database itself", from.display())));
    }
    if !config.secret_key_file.exists() {
        let line =
            format!("{} does not exist. Put the key of this backup there first", config.secret_key_file.display());
        return Err(startup::StartError::new(files::KEY, line).into());
    }
    let key = files::read_key(&config.secret_key_file)?;
    drop(ExclusiveLock::acquire(&target)?);
    files::make_folder("JETON_DATABASE_URL", &target)?;
    let draft = Draft::of("JETON_DATABASE_URL", &target)?;
    copy_and_check(&from, draft.path(), &key).await?;
    let stamp = if force { None } else { Some(check_nothing_is_lost(config, &target, draft.path()).await?) };
    let _lock = ExclusiveLock::acquire(&target)?;
    if stamp.is_some_and(|stamp| stamp != Stamp::of(&target)) {
        return Err(startup::database_error(config, "was written to meanwhile. Run the command again").into());
    }
    draft.replace(&target)?;
    let value = json!({"database": config.database_url.shown(), "backup": from.display().to_string()});
    let sentence = format!(
        "{} is what it was when {} was made. What was revoked or spent since then lives again: revoke what must stay dead",
        config.database_url.shown(),
        from.display()
    );
    output.done(&value, &sentence);
    Ok(())
}

/// The path of the SQLite database.
fn file(config: &Config, otherwise: &str) -> Result<PathBuf, Failure> {
    match Location::of(config.database_url.as_str()) {
        Some(Location::Sqlite(path)) => Ok(files::real(&path)),
        _ => Err(Failure::new(format!(
            "JETON_DATABASE_URL: {} is on PostgreSQL, whose own tools do this. {otherwise}",
            config.database_url.shown()
        ))),
    }
}

/// Copies the backup, so that nothing is written to it, and checks the copy.
async fn copy_and_check(from: &Path, draft: &Path, key: &provider::SecretKey) -> Result<(), Failure> {
    let refused = |what: &str| Failure::new(format!("FROM: {} {what}", from.display()));
    let location = Location::Sqlite(from.to_owned());
    let unreadable = |found: Obstructed| match found.obstacle {
        Obstacle::NoDatabaseFile => refused("is no backup: it is no SQLite database"),
        Obstacle::Malformed => refused(&format!("is damaged ({}). Take another backup", found.why)),
        _ => refused(&format!("cannot be read: {}", remedy::of(Some(&location), &found))),
    };
    if matches!(sqlite_file::file_state(from), FileState::OtherFormat | FileState::Empty) {
        return Err(refused("is no backup: it is no SQLite database"));
    }
    if let FileState::Truncated { wanted, found } = sqlite_file::file_state(from) {
        return Err(refused(&format!("was cut short: {found} bytes of {wanted} are left. Take another backup")));
    }
    Backup::copy(&files::real(from), draft).await.map_err(unreadable)?;
    match Backup::examine(draft, key).await.map_err(unreadable)? {
        Ok(()) => Ok(()),
        Err(NotRestorable::Damaged(fault)) => Err(refused(&format!("is damaged ({fault}). Take another backup"))),
        Err(NotRestorable::NoTables) => Err(refused("is no backup: it holds no tables of Jeton")),
        Err(NotRestorable::Newer) => Err(refused("was made by a newer version of jeton. Restore it with that version")),
        Err(NotRestorable::OtherKey) => {
            Err(refused("belongs to another secret key. Name the key of this backup in JETON_SECRET_KEY_FILE"))
        }
    }
}

/// Without `--force` the database is replaced only if the backup has all its rows, or if it has
/// none. The result holds for the files with the returned stamp, which is taken before the
/// comparison: a stamp taken after it would include a write that waited for its end.
async fn check_nothing_is_lost(config: &Config, target: &Path, draft: &Path) -> Result<Stamp, Failure> {
    let force = "Add --force to replace it all the same";
    let refused = |what: &str| Failure::from(startup::database_error(config, &format!("{what}. {force}")));
    let (stamp, file_state) = (Stamp::of(target), sqlite_file::file_state(target));
    match file_state {
        FileState::Missing | FileState::Empty => return Ok(stamp),
        FileState::OtherFormat => return Err(refused("is no SQLite database, and not Jeton's")),
        // A server that was killed during a checkpoint leaves a truncated file; the rest is in the
        // log.
        FileState::Truncated { .. } if sqlite_file::check_intact(config, target, file_state).await.is_err() => {
            return Ok(stamp);
        }
        FileState::Truncated { .. } | FileState::Complete => {}
    }
    let settled = Backup::settle(target).await;
    let stamp = Stamp::of(target);
    let lacks = match settled {
        Ok(()) => Backup::lacks(target, draft).await,
        Err(found) => Err(found),
    };
    match lacks {
        Ok(None) | Err(Obstructed { obstacle: Obstacle::Malformed, .. }) => Ok(stamp),
        Ok(Some(what)) => Err(refused(&format!("holds what the backup does not (in {what})"))),
        Err(found) => Err(refused(&format!("cannot be compared with the backup ({})", found.why))),
    }
}

/// Length and modification time of the database and of its log, if that is not empty: a write
/// changes one of them.
#[derive(Debug, PartialEq, Eq)]
struct Stamp([Option<(u64, Option<SystemTime>)>; 2]);

impl Stamp {
    /// Does not open the files: closing one would drop this process's POSIX locks on it.
    fn of(target: &Path) -> Self {
        let stat = |path: &Path| std::fs::metadata(path).ok().map(|found| (found.len(), found.modified().ok()));
        let log = stat(&files::beside(target, "-wal")).filter(|(length, _)| *length > 0);
        Self([stat(target), log])
    }
}

/// An exclusive lock on the whole file: it is granted only while no other process has a SQLite
/// connection, each of which holds a shared lock on a part, and keeps new ones out.
struct ExclusiveLock(#[expect(dead_code, reason = "closing it lets the lock go")] Option<std::fs::File>);

impl ExclusiveLock {
    #[cfg(unix)]
    fn acquire(target: &Path) -> Result<Self, Failure> {
        use rustix::fs::{FlockOperation, fcntl_lock};
        let Ok(file) = std::fs::OpenOptions::new().read(true).write(true).open(target) else {
            return if target.exists() { Err(not_opened(target)) } else { Ok(Self(None)) };
        };
        match fcntl_lock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok(Self(Some(file))),
            Err(_) => Err(Failure::new(format!(
                "JETON_DATABASE_URL: {} is open in another process. Stop every server and command on it first",
                target.display()
            ))),
        }
    }

    /// On Windows an open file cannot be replaced.
    #[cfg(not(unix))]
    fn acquire(_: &Path) -> Result<Self, Failure> {
        Ok(Self(None))
    }
}

#[cfg(unix)]
fn not_opened(target: &Path) -> Failure {
    Failure::new(format!(
        "JETON_DATABASE_URL: {} cannot be opened. Let the user that runs jeton write to it",
        target.display()
    ))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_write_to_the_file_or_to_its_log_is_seen_and_an_empty_log_is_none() {
        let path = std::env::temp_dir().join(format!("jeton-stamp-{}", std::process::id()));
        let log = files::beside(&path, "-wal");
        let missing = Stamp::of(&path);
        std::fs::write(&path, "four").unwrap();
        let stamp = Stamp::of(&path);
        assert_ne!(stamp, missing);
        std::fs::write(&log, "").unwrap();
        assert_eq!(stamp, Stamp::of(&path));
        std::fs::write(&log, "a page").unwrap();
        assert_ne!(stamp, Stamp::of(&path));
        std::fs::remove_file(&log).unwrap();
        assert_eq!(stamp, Stamp::of(&path));
        let file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
        let written = file.metadata().unwrap().modified().unwrap();
        file.set_modified(written + Duration::from_secs(1)).unwrap();
        assert_ne!(stamp, Stamp::of(&path));
        std::fs::remove_file(&path).unwrap();
        assert_eq!(missing, Stamp::of(&path));
    }
}
