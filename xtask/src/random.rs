//! Random secrets for servers that run only here.

use crate::process::Outcome;
use std::{fs, io::Read};

/// 256 random bits, in hexadecimal digits.
pub fn secret() -> Outcome<String> {
    let mut bytes = [0; 32];
    let read = fs::File::open("/dev/urandom").and_then(|mut file| file.read_exact(&mut bytes));
    read.map_err(|error| format!("cannot read /dev/urandom: {error}"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
