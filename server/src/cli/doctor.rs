//! `jeton doctor`: checks settings, key, database and addresses, changes nothing, and prints a fix
//! for each error.

use std::net::IpAddr;
use std::path::Path;

use provider::{KeyFit, Location, Store};
use serde_json::{Value, json};

use super::{Failure, Output};
use crate::brand::Brand;
use crate::config::{Config, ConfigError, Tls};
use crate::startup::sqlite_file::{self, FileState};
use crate::startup::{self, files};

/// The result of a check.
type Finding = Result<String, ConfigError>;

/// Prints each finding; fails when something is wrong.
pub async fn run(file: Option<&Path>, output: Output) -> Result<(), Failure> {
    let findings = match Config::load(file) {
        Ok(config) => check_all(&config).await,
        Err(error) => vec![Err(error)],
    };
    output.list(&["state", "finding"], findings.iter().map(show).collect());
    match findings.iter().filter(|finding| finding.is_err()).count() {
        0 => Ok(()),
        1 => Err(Failure::new("One thing is wrong; standard output says what and how to fix it")),
        wrong => Err(Failure::new(format!("{wrong} things are wrong; standard output says what and how to fix them"))),
    }
}

fn show(finding: &Finding) -> (Value, Vec<String>) {
    match finding {
        Ok(good) => (json!({"ok": true, "finding": good}), vec!["ok".to_owned(), good.clone()]),
        Err(error) => {
            let value = json!({"ok": false, "setting": error.setting, "finding": error.message});
            (value, vec!["wrong".to_owned(), error.to_string()])
        }
    }
}

async fn check_all(config: &Config) -> Vec<Finding> {
    let mut findings = vec![Ok("the settings can be read".to_owned()), addresses(config)];
    findings.extend(config.unknown.iter().map(|line| Ok(format!("not a setting: {line}"))));
    findings.push(key(config));
    findings.extend(folder(config));
    findings.extend(Brand::load(&config.brand).err().map(Err));
    findings.extend(database(config).await);
    findings
}

/// With an http URL a loopback address must be listened on; with https a proxy terminates TLS.
fn addresses(config: &Config) -> Finding {
    let url = &config.public_url;
    let loopback = |address: IpAddr| address.is_loopback() || address.is_unspecified();
    if url.starts_with("http://") && !config.listen.iter().any(|listen| loopback(listen.ip())) {
        let message = format!(
            "{url} is reached from this machine alone, and no address of JETON_LISTEN is. Set the https address"
        );
        return Err(ConfigError::new("JETON_PUBLIC_URL", message));
    }
    let port = url::Url::parse(url).ok().and_then(|url| url.port_or_known_default());
    if url.starts_with("http://") && !config.listen.iter().any(|listen| Some(listen.port()) == port) {
        let message =
            format!("{url} names a port on which nobody listens. Give JETON_LISTEN and JETON_PUBLIC_URL the same port");
        return Err(ConfigError::new("JETON_PUBLIC_URL", message));
    }
    let exposed = config.listen.iter().find(|listen| !loopback(listen.ip()) || listen.ip().is_unspecified());
    match exposed {
        Some(listen) if url.starts_with("https://") && config.trusted_proxies.is_empty() => Ok(format!(
            "{url} is served by whoever ends TLS before {listen}; without JETON_TRUSTED_PROXIES all sign-ins count for its address"
        )),
        _ => Ok(format!("{url} fits the addresses that Jeton listens on")),
    }
}

fn key(config: &Config) -> Finding {
    let path = &config.secret_key_file;
    if !path.exists() {
        return Err(ConfigError::new(
            files::KEY,
            format!("{} does not exist. Make it with: jeton init", path.display()),
        ));
    }
    files::read_key(path).map(|_| {
        let closed = || format!("the key {} can be read, and not by everybody", path.display());
        files::mounted_open(path).unwrap_or_else(closed)
    })
}

/// The database's folder must not be writable by everybody, who could replace the database.
fn folder(config: &Config) -> Option<Finding> {
    let Some(Location::Sqlite(path)) = Location::of(config.database_url.as_str()) else { return None };
    if !path.exists() {
        return None;
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(folder).map_or(0, |found| found.permissions().mode());
        if mode & 0o002 != 0 {
            let message = format!("everybody can write to the folder {0}. Run: chmod 700 {0}", folder.display());
            return Some(Err(ConfigError::new("JETON_DATABASE_URL", message)));
        }
    }
    let closed = files::check_mode("JETON_DATABASE_URL", &path);
    Some(closed.map(|()| format!("the files in {} are closed to others", folder.display())))
}

async fn database(config: &Config) -> Vec<Finding> {
    let key = config.secret_key_file.exists();
    if let Some(Location::Sqlite(path)) = Location::of(config.database_url.as_str()) {
        let file_state = sqlite_file::file_state(&path);
        match file_state {
            FileState::Missing | FileState::Empty if key => {
                let message = sqlite_file::missing(file_state, &config.secret_key_file);
                return vec![Err(startup::database_error(config, &message))];
            }
            FileState::Missing => {
                return vec![Err(startup::database_error(config, "does not exist. Make it with: jeton init"))];
            }
            file_state => {
                if let Err(error) = sqlite_file::check_intact(config, &path, file_state).await {
                    return vec![Err(error)];
                }
            }
        }
    }
    let store = match startup::connect(config).await {
        Ok(store) => store,
        Err(error) => return vec![Err(error)],
    };
    let mut findings = vec![Ok(format!("the database {} answers", config.database_url.shown()))];
    findings.extend(tls(config));
    findings.push(schema(config, &store).await);
    if matches!(findings.last(), Some(Ok(_))) {
        findings.extend(fit(config, &store).await);
    }
    store.close().await;
    findings
}

async fn schema(config: &Config, store: &Store) -> Finding {
    match store.pending_migrations().await {
        Ok(0) => Ok("its schema is up to date".to_owned()),
        Ok(all) if all == Store::known_migrations() => {
            Err(startup::database_error(config, &startup::no_tables(config)))
        }
        Ok(_) => Err(startup::database_error(config, "is older than this version of jeton. Run: jeton migrate")),
        Err(found) => Err(startup::obstructed(config, "cannot be used", &found)),
    }
}

/// Whether the key is the one of this database. `None` for a key that cannot be read, which [`key`]
/// reports.
async fn fit(config: &Config, store: &Store) -> Option<Finding> {
    let key = files::read_key(&config.secret_key_file).ok()?;
    Some(match store.key_fit(&key).await {
        Ok(KeyFit::Fits) => Ok("the key is the one of this database".to_owned()),
        Ok(KeyFit::Unnamed) => {
            Ok("the database has no name yet; the next start gives it one under this key".to_owned())
        }
        Ok(KeyFit::Differs) => Err(ConfigError::new(files::KEY, startup::other_key(config))),
        Err(error) => Err(startup::database_error(config, &format!("cannot be read ({})", startup::reason(&error)))),
    })
}

/// Whether the connection to PostgreSQL is encrypted, and its certificate verified.
fn tls(config: &Config) -> Option<Finding> {
    let mode = config.database_url.tls(std::env::var("PGSSLMODE").ok().as_deref())?;
    Some(Ok(match mode {
        Tls::Local => "the database is on this machine".to_owned(),
        Tls::Verified => "the way to the database is encrypted, and its certificate is verified".to_owned(),
        Tls::Unverified => {
            "the certificate of the database is not verified: whoever is on the way can read along. Add \
                            ?sslmode=verify-full to JETON_DATABASE_URL, and sslrootcert=FILE for a CA of your own"
                .to_owned()
        }
    }))
}
