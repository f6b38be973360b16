//! Who gets a refresh token: Core 11.

use super::{OFFLINE_ACCESS, OPENID};
use crate::{AuthorizationRequest, Client, GrantType, Prompt, Scope};

/// The scope without `offline_access` where it must be ignored: when the person was neither asked nor has allowed it to this
/// client before (Core 11), and for a client that may not refresh.
#[must_use]
pub fn effective_scope(client: &Client, request: &AuthorizationRequest, asked: &Scope, allowed: &Scope) -> Scope {
    let consented = request.wants(Prompt::Consent) || allowed.contains(OFFLINE_ACCESS);
    match consented && client.may(GrantType::RefreshToken).is_ok() {
        true => asked.clone(),
        false => asked.minus(&Scope::of([OFFLINE_ACCESS])),
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
    use crate::fixture::{client, query};

    fn scope(text: &str) -> Scope {
        Scope::parse(text).unwrap()
    }

    #[test]
    fn offline_access_needs_consent() {
        let client = client(&[]);
        let ask = |prompt: &str, allowed: &str| {
            let request = AuthorizationRequest::parse(&client, &query(&format!("response_type=code{prompt}"))).unwrap();
            effective_scope(&client, &request, &scope("openid offline_access"), &scope(allowed))
        };
        assert_eq!(ask("&prompt=consent", ""), scope("openid offline_access"));
        assert_eq!(ask("", "openid offline_access"), scope("openid offline_access"));
        assert_eq!((ask("", "openid"), ask("&prompt=none", "")), (scope("openid"), scope("openid")));
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
        let request = AuthorizationRequest::parse(&able, &query("response_type=code&prompt=consent")).unwrap();
        let asked = scope("openid offline_access");
        assert_eq!(effective_scope(&unable, &request, &asked, &asked), scope("openid"));
    }
}
