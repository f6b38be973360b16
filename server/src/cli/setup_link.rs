//! `jeton setup-link`.

use provider::Provider;
use serde_json::json;

use super::{Failure, Output};

/// Prints the link; an older one is dead from now on.
pub async fn run(provider: &Provider, output: Output) -> Result<(), Failure> {
    let url = provider.setup_link().await?;
    output.done(&json!({"url": url, "expires_in": provider::setup::LINK_TTL}), &url);
    Ok(())
}
