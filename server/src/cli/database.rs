//! `jeton init` and `jeton migrate`.

use provider::Location;
use serde_json::json;

use super::{Failure, Output};
use crate::config::Config;
use crate::startup::{self, Mode};

/// Said where a key was made for a database that had another one.
const NEW_KEY: &str = ". A NEW key was made for a database that was in use: open forms and the ID tokens of before are void, and the \
    old key no longer fits. If that was not meant, restore a backup and the old key";

/// Makes key and database where they are missing, and brings the schema up to date.
pub async fn init(config: &Config, output: Output) -> Result<(), Failure> {
    let is_in_use = match Location::of(config.database_url.as_str()) {
        Some(Location::Sqlite(path)) => path.metadata().is_ok_and(|found| found.len() > 0),
        Some(Location::Postgres) | None => false,
    };
    let new_key = is_in_use && !config.secret_key_file.exists();
    startup::close(&startup::open(config, Mode::Init).await?).await;
    let (database, key) = (config.database_url.shown(), config.secret_key_file.display().to_string());
    let mut sentence = format!("The database {database} and the key {key} are ready");
    if new_key {
        sentence.push_str(NEW_KEY);
    }
    output.done(&json!({"database": database, "secret_key_file": key, "new_key": new_key}), &sentence);
    Ok(())
}

/// Brings the schema up to date.
pub async fn migrate(config: &Config, output: Output) -> Result<(), Failure> {
    startup::close(&startup::open(config, Mode::Migrate).await?).await;
    let database = config.database_url.shown();
    output.done(&json!({"database": database}), &format!("The database {database} is up to date"));
    Ok(())
}
