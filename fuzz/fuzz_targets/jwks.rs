#![no_main]
//! Sets of keys that clients publish.

use libfuzzer_sys::fuzz_target;
use oauth::jose::JwkSet;

fuzz_target!(|bytes: &[u8]| {
    let Ok(set) = JwkSet::parse(bytes) else { return };
    assert!(set.keys().len() <= 32 && set.keys().iter().all(|key| key.thumbprint().len() == 43));
    assert_eq!(JwkSet::parse(set.to_json().to_string().as_bytes()), Ok(set));
});
