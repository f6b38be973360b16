//! `jeton doctor`: looks at everything that can be wrong before and after the start, changes nothing, and says what to do.

use std::net::IpAddr;
use std::path::Path;

use provider::Location;
use serde_json::{Value, json};

use super::{Failure, Output};
use crate::brand::Brand;
use crate::config::{Config, ConfigError};
use crate::startup::{self, files};

/// What was looked at, and what is wrong with it.
type Finding = Result<String, ConfigError>;

/// Prints each finding; fails when something is wrong.
pub async fn run(file: Option<&Path>, output: Output) -> Result<(), Failure> {
    let findings = match Config::load(file) {
        Ok(config) => look(&config).await,
        Err(error) => vec![Err(error)],
    };
    output.list(&["state", "finding"], findings.iter().map(show).collect());
    match findings.iter().filter(|finding| finding.is_err()).count() {
        0 => Ok(()),
        1 => Err(Failure::new("One thing is wrong; standard output says what and how to mend it")),
        wrong => Err(Failure::new(format!("{wrong} things are wrong; standard output says what and how to mend them"))),
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

async fn look(config: &Config) -> Vec<Finding> {
    let mut findings = vec![Ok("the settings can be read".to_owned()), addresses(config)];
    findings.push(key(config));
    findings.extend(folder(config));
    findings.extend(Brand::load(&config.brand).err().map(Err));
    findings.extend(database(config).await);
    findings
}

/// Plain http goes no further than this machine, so somebody must listen on it; https is somebody else's work before us.
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
    files::read_key(path).map(|_| format!("the key {} can be read, and not by everybody", path.display()))
}

/// A folder that everybody can write to lets everybody replace the database.
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
    let shown = config.database_url.shown();
    if let Some(Location::Sqlite(path)) = Location::of(config.database_url.as_str())
        && !path.exists()
    {
        let message = format!("{shown} does not exist. Make it with: jeton init");
        return vec![Err(ConfigError::new("JETON_DATABASE_URL", message))];
    }
    let store = match startup::connect(config).await {
        Ok(store) => store,
        Err(error) => return vec![Err(error)],
    };
    let schema = match store.pending_migrations().await {
        Ok(0) => Ok("its schema is up to date".to_owned()),
        Ok(_) => Err(format!("{shown} is older than this version of jeton. Run: jeton migrate")),
        Err(error) => Err(format!("{shown} cannot be used ({}). Restore a backup", startup::reason(&error))),
    };
    vec![
        Ok(format!("the database {shown} answers")),
        schema.map_err(|message| ConfigError::new("JETON_DATABASE_URL", message)),
    ]
}
