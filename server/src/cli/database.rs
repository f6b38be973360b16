//! `jeton init` and `jeton migrate`.

use serde_json::json;

use super::{Failure, Output};
use crate::config::Config;
use crate::startup::{self, Mode};

/// Makes key and database where they are missing, and brings the schema up to date.
pub async fn init(config: &Config, output: Output) -> Result<(), Failure> {
    startup::close(&startup::open(config, Mode::Init).await?).await;
    let (database, key) = (config.database_url.shown(), config.secret_key_file.display().to_string());
    let sentence = format!("The database {database} and the key {key} are ready");
    output.done(&json!({"database": database, "secret_key_file": key}), &sentence);
    Ok(())
}

/// Brings the schema up to date.
pub async fn migrate(config: &Config, output: Output) -> Result<(), Failure> {
    startup::close(&startup::open(config, Mode::Migrate).await?).await;
    let database = config.database_url.shown();
    output.done(&json!({"database": database}), &format!("The database {database} is up to date"));
    Ok(())
}
