//! Offline access: when a refresh token is issued. OpenID Connect Core §11.

use super::{OFFLINE_ACCESS, OPENID};
use crate::{Client, GrantType, Scope};

/// The scope without `offline_access` for clients without the refresh grant. `prompt=consent` is
/// not required (OpenID Connect Core §11, "unless other conditions are in place"): scopes that were
/// not granted before are asked for anyway.
#[must_use]
pub fn effective_scope(client: &Client, asked: &Scope) -> Scope {
    match client.may(GrantType::RefreshToken) {
        Ok(()) => asked.clone(),
        Err(_) => asked.minus(&Scope::of([OFFLINE_ACCESS])),
    }
}

/// Whether a refresh token is issued: with `openid` only for `offline_access`; plain OAuth 2
/// decides by the registration of the client.
#[must_use]
pub fn gives_refresh_token(client: &Client, granted: &Scope) -> bool {
    let wanted = !granted.contains(OPENID) || granted.contains(OFFLINE_ACCESS);
    wanted && client.may(GrantType::RefreshToken).is_ok()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::fixture::client;

    fn scope(text: &str) -> Scope {
        Scope::parse(text).unwrap()
    }

    #[test]
    fn a_sign_in_comes_with_a_refresh_token_only_when_it_was_allowed() {
        let able = client(&[]);
        let unable = Client { grant_types: vec![GrantType::AuthorizationCode], ..able.clone() };
        let cases = [("openid", false), ("openid offline_access", true), ("read", true), ("offline_access", true)];
        for (granted, given) in cases {
            assert_eq!(gives_refresh_token(&able, &scope(granted)), given, "{granted}");
            assert!(!gives_refresh_token(&unable, &scope(granted)));
        }
        let asked = scope("openid offline_access");
        assert_eq!((effective_scope(&able, &asked), effective_scope(&unable, &asked)), (asked, scope("openid")));
    }
}
