//! Codes and refresh tokens, once and for one client.

use serde_json::Value;

use crate::conformance::checks;
use crate::conformance::suite::{FIRST, SECOND, Suite};
use crate::harness::{Reply, TestClient};

pub async fn a_code_is_refused_the_second_time(suite: Suite) {
    let flow = suite.flow(&suite.ask("")).await;
    checks::invalid_grant(&suite.exchange(&FIRST, &flow.landing.code()).await);
}

pub async fn half_a_minute_later_the_second_time_also_ends_the_access_token(suite: Suite) {
    let flow = suite.flow(&suite.ask("")).await;
    suite.test.clock.advance(30);
    let token = flow.reply.member("access_token");
    assert_eq!(suite.test.userinfo(&token).await.status, 200);
    checks::invalid_grant(&suite.exchange(&FIRST, &flow.landing.code()).await);
    assert_eq!(suite.test.userinfo(&token).await.status, 401);
}

/// Refreshes, with these parameters besides.
async fn refresh(suite: &Suite, client: &TestClient, token: &str, more: &[(&str, &str)]) -> Reply {
    let pairs = [&[("grant_type", "refresh_token"), ("refresh_token", token)], more].concat();
    suite.test.token(client, &pairs).await
}

/// A refresh tells of the same sign-in of the same person, at its own time (OpenID Connect Core
/// §12.2).
async fn refreshed(suite: &Suite, client: &TestClient, more: &[(&str, &str)]) -> Reply {
    let ask = suite.ask_as(client, "offline_access").with("prompt", "consent");
    let first = suite.flow_as(client, &ask).await;
    suite.test.clock.advance(1);
    let reply = refresh(suite, client, &first.reply.member("refresh_token"), more).await;
    checks::tokens(&reply);
    assert_ne!(reply.member("access_token"), first.reply.member("access_token"));
    let second = checks::id_token(&suite.test, client, "", &reply).await;
    for name in ["iss", "sub", "aud", "auth_time"] {
        assert_eq!(first.id_token[name], second[name], "{name}");
    }
    assert!(first.id_token["iat"] != second["iat"] && second.get("azp").is_none_or(Value::is_null));
    assert_eq!(suite.test.userinfo(&reply.member("access_token")).await.status, 200);
    reply
}

pub async fn a_refresh_token_is_good_for_its_own_client_alone(suite: Suite) {
    refreshed(&suite, &FIRST, &[("scope", "openid offline_access")]).await;
    let token = refreshed(&suite, &SECOND, &[]).await.member("refresh_token");
    checks::invalid_grant(&refresh(&suite, &FIRST, &token, &[]).await);
    checks::tokens(&refresh(&suite, &SECOND, &token, &[]).await);
}
