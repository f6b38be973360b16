//! The key file and folders: made with modes 0600 and 0700, and refused when other users can read
//! them.

use std::io::Write;
use std::path::{Path, PathBuf};

use provider::{Entropy, SecretKey};

use super::StartError;

/// The setting that names the key file.
pub const KEY: &str = "JETON_SECRET_KEY_FILE";

/// Makes the key file with mode 0600, and its folder with mode 0700, unless they exist.
pub fn make_key(path: &Path, entropy: &dyn Entropy) -> Result<(), StartError> {
    if path.exists() {
        return Ok(());
    }
    make_folder(KEY, path)?;
    let text = format!("{}\n", SecretKey::generate(entropy).to_hex());
    let made = open_private(path).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    made.map_err(|error| {
        StartError::new(KEY, format!("{} cannot be made ({error}). Name a writable folder", path.display()))
    })
}

/// Makes a new file that its owner alone can read and write.
pub fn open_private(path: &Path) -> std::io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// The path with a suffix, such as `-wal`: SQLite's files beside a database.
pub fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// The path without symbolic links: SQLite keeps its other files beside the file itself.
pub fn real(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// Makes the folder of a file with mode 0700; one that exists stays as it is.
pub fn make_folder(setting: &str, file: &Path) -> Result<(), StartError> {
    let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) else { return Ok(()) };
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| {
        StartError::new(
            setting,
            format!("the folder {} cannot be made ({error}). Name a writable one", folder.display()),
        )
    })
}

/// Reads the key; refuses a file that everybody can read, unless it is mounted read-only.
pub fn read_key(path: &Path) -> Result<SecretKey, StartError> {
    if mounted_open(path).is_none() {
        check_mode(KEY, path)?;
    }
    let contents = std::fs::read(path).map_err(|error| {
        StartError::new(
            KEY,
            format!("{} cannot be read ({error}). Let the user that runs jeton read it", path.display()),
        )
    })?;
    SecretKey::from_file(&contents).ok_or_else(|| {
        let fix = "Restore it, or make a new one with: (umask 077; openssl rand -hex 32 > FILE)";
        StartError::new(
            KEY,
            format!("{} holds no key: 64 hexadecimal digits, or 32 random bytes or more. {fix}", path.display()),
        )
    })
}

/// The warning for a key file that others can read and that is used nevertheless: Docker and
/// Kubernetes mount secrets read-only and owned by root, into a container without other users.
pub fn mounted_open(path: &Path) -> Option<String> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, PermissionsExt};
        let found = std::fs::metadata(path).ok()?;
        let (mode, process) = (found.permissions().mode(), rustix::process::geteuid().as_raw());
        let read_only = rustix::fs::statvfs(path).ok()?.f_flag.contains(rustix::fs::StatVfsMountFlags::RDONLY);
        if may_be_open(mode, found.uid(), process, read_only) {
            return Some(format!(
                "{} can be read by every user here (mode {:04o}); it is used because it is mounted read-only",
                path.display(),
                mode & 0o7777
            ));
        }
    }
    None
}

/// Whether a world-readable file may be used: on a read-only mount, not world-writable, owned by
/// root or this process.
#[cfg(unix)]
const fn may_be_open(mode: u32, owner: u32, process: u32, read_only: bool) -> bool {
    mode & 0o004 != 0 && mode & 0o002 == 0 && read_only && (owner == 0 || owner == process)
}

/// Refuses a file that everybody can read or write.
pub fn check_mode(setting: &str, path: &Path) -> Result<(), StartError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(path).map_or(0, |found| found.permissions().mode());
        if mode & 0o006 != 0 {
            let message =
                format!("{0} is open to everybody (mode {1:04o}). Run: chmod 600 {0}", path.display(), mode & 0o7777);
            return Err(StartError::new(setting, message));
        }
    }
    Ok(())
}

#[cfg(all(test, unix))]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use provider::entropy::Seeded;

    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("jeton-files-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        folder
    }

    fn mode(path: &Path) -> u32 {
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn the_key_is_made_once_and_for_its_owner_alone() {
        let folder = folder("made");
        let key = folder.join("secret.key");
        make_key(&key, &Seeded::new(1)).unwrap();
        assert_eq!((mode(&folder), mode(&key)), (0o700, 0o600));
        let first = read_key(&key).unwrap().to_hex();
        make_key(&key, &Seeded::new(2)).unwrap();
        assert_eq!(read_key(&key).unwrap().to_hex(), first);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_key_that_everybody_can_read_is_refused_until_it_is_closed() {
        let folder = folder("open");
        let key = folder.join("secret.key");
        make_key(&key, &Seeded::new(1)).unwrap();
        for open in [0o644, 0o604, 0o602] {
            std::fs::set_permissions(&key, std::fs::Permissions::from_mode(open)).unwrap();
            let line = read_key(&key).err().unwrap().to_string();
            assert!(line.starts_with("JETON_SECRET_KEY_FILE: ") && line.contains("chmod 600"), "{line}");
        }
        for closed in [0o600, 0o400, 0o640] {
            std::fs::set_permissions(&key, std::fs::Permissions::from_mode(closed)).unwrap();
            assert!(read_key(&key).is_ok());
        }
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_key_that_others_can_read_is_used_from_a_read_only_mount_of_roots_or_of_our_own() {
        assert!(may_be_open(0o444, 0, 1000, true) && may_be_open(0o644, 1000, 1000, true));
        for (mode, owner, read_only) in [(0o444, 0, false), (0o444, 7, true), (0o646, 0, true), (0o600, 0, true)] {
            assert!(!may_be_open(mode, owner, 1000, read_only), "{mode:o} {owner} {read_only}");
        }
    }

    #[test]
    fn a_file_that_is_no_key_is_refused() {
        let folder = folder("nonsense");
        let key = folder.join("secret.key");
        make_key(&key, &Seeded::new(1)).unwrap();
        assert!(read_key(&key).is_ok());
        for text in ["", "secret", &"a".repeat(63)] {
            std::fs::write(&key, text).unwrap();
            assert!(read_key(&key).err().unwrap().message.contains("64 hexadecimal digits"));
        }
        std::fs::remove_dir_all(folder).unwrap();
    }
}
