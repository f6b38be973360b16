#![no_main]
//! The query of an authorization request: from bytes to the address that the answer goes to.

use libfuzzer_sys::fuzz_target;
use oauth::jose::JwkSet;
use oauth::oidc::IdTokenHint;
use oauth::request_object::{Allowed, Source};
use oauth::{AuthorizationRequest, Callback, Error, Params, dpop};

fuzz_target!(|bytes: &[u8]| {
    let Ok(params) = Params::parse(bytes) else { return };
    let client = fuzz::client();
    let everything = Allowed { objects: true, pushed: true, pushed_only: false, signed_only: false, request_uris: &[] };
    let _ = (Source::of(&params, &everything), dpop::dpop_jkt(&params));
    if let Ok(callback) = Callback::resolve(&client, &params, "https://id.example") {
        assert!(callback.success("code").starts_with("https://printer.example/cb?"));
        assert_eq!(callback.error_form(&Error::access_denied()).action, "https://printer.example/cb");
    }
    if let Ok(request) = AuthorizationRequest::parse(&client, &params, oauth::PkceRule::Required) {
        let hint = request.authentication.id_token_hint.as_deref().unwrap_or_default();
        assert!(IdTokenHint::read(hint, "https://id.example", &JwkSet::default(), &|_| true).is_err());
    }
});
