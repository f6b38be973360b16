//! Who gets a refresh token: Core 11.

use super::{OFFLINE_ACCESS, OPENID};
use crate::{Client, GrantType, Scope};

/// The scope without `offline_access` for a client that may not refresh: nobody is asked for what nobody gets. `prompt=consent` is not
/// needed beside it (Core 11, "unless other conditions are in place"): whatever was not allowed before stands on the consent
/// page in any case.
#[must_use]
pub fn effective_scope(client: &Client, asked: &Scope) -> Scope {
    match client.may(GrantType::RefreshToken) {
        Ok(()) => asked.clone(),
        Err(_) => asked.minus(&Scope::of([OFFLINE_ACCESS])),
    }
}

/// Whether what was granted comes with a refresh token. A sign-in by OpenID Connect does so only with `offline_access`; an
/// authorization without `openid` is plain OAuth 2, where the client's registration decides.
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
