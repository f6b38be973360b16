#![no_main]
//! Redirect addresses: what is registered, and what is asked for.

use libfuzzer_sys::fuzz_target;
use oauth::redirect_uri::{check, destination, matches, origin};

fuzz_target!(|pair: (&str, &str)| {
    let (registered, asked) = pair;
    let _ = destination(registered);
    if check(registered).is_ok() {
        assert!(matches(registered, registered) && origin(registered).is_some());
        // Only the port of a loopback address may differ.
        if matches(registered, asked) && registered != asked {
            assert!(["http://127.0.0.1", "http://[::1]"].iter().any(|own| registered.starts_with(own) && asked.starts_with(own)));
        }
    }
});
