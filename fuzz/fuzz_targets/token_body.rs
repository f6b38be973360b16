#![no_main]
//! The body of a token request.

use libfuzzer_sys::fuzz_target;
use oauth::client_assertion::ClientAssertion;
use oauth::oidc::end_session::EndSession;
use oauth::{Credentials, Params, Resources, TokenRequest, par};

fuzz_target!(|bytes: &[u8]| {
    let Ok(params) = Params::parse(bytes) else { return };
    assert_eq!(Params::parse(params.encode().as_bytes()), Ok(params.clone()));
    let _ = (TokenRequest::parse(&params), Credentials::parse(None, &params), Resources::parse(&params));
    let _ = (ClientAssertion::parse(&params, false), EndSession::parse(&params));
    if let Ok(pushed) = par::accept(params, "printer") {
        assert_eq!(pushed.get("client_id"), Ok(Some("printer")));
        assert!(pushed.all("client_secret").next().is_none());
    }
});
