#![no_main]
//! The `Authorization` header, of clients and of callers.

use libfuzzer_sys::fuzz_target;
use oauth::bearer::bearer_token;
use oauth::{Credentials, Params};

fuzz_target!(|text: &str| {
    let _ = bearer_token(Some(text));
    if let Ok(credentials) = Credentials::parse(Some(text), &Params::default()) {
        assert!(credentials.secret().is_none_or(|secret| !secret.is_empty()));
    }
});
