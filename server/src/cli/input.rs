//! Secrets from standard input, since arguments are visible in the process list and in the shell's
//! history.

use std::io::BufRead;

use provider::clients::check_secret;

use super::Failure;

/// The first line of standard input without its end.
pub fn secret(what: &str) -> Result<String, Failure> {
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    read.map_err(|error| Failure::new(format!("The {what} could not be read from standard input ({error})")))?;
    let secret = line.strip_suffix('\n').unwrap_or(&line);
    let secret = secret.strip_suffix('\r').unwrap_or(secret);
    if secret.is_empty() {
        return Err(Failure::new(format!("Write the {what} to standard input, on one line")));
    }
    Ok(secret.to_owned())
}

/// A new client secret, which an operator chose: long enough that nobody guesses it.
pub fn client_secret() -> Result<String, Failure> {
    let secret = secret("client secret")?;
    check_secret(&secret)?;
    Ok(secret)
}
