//! Settings of a client that the operator makes: first party, PKCE, claims in ID tokens.

use oauth::{ClientKind, PkceRule};
use provider::Error;
use provider::clients::NewClient;

use crate::harness::{AuthRequest, FIRST_PARTY, NATIVE, SPA, Test, TestClient, VERIFIER, WEB};

impl Test {
    /// Changes a client as the operator.
    async fn set(&self, client: &TestClient, change: impl Fn(&mut oauth::Client)) {
        let change = |client: &mut oauth::Client| -> Result<(), Error> {
            change(client);
            Ok(())
        };
        self.provider.change_client(client.id, change).await.unwrap();
    }
}

#[tokio::test]
async fn nobody_is_asked_for_a_trusted_client_and_the_person_sees_and_removes_it() {
    let test = Test::new().await;
    let (ada, browser) = (test.id_of("ada").await, test.signed_in("ada").await);
    let none = AuthRequest::of(&WEB).with("prompt", "none");
    assert_eq!(browser.authorize(&none).await.redirected_error(), "consent_required");
    test.set(&WEB, |client| client.trusted = true).await;
    let code = browser.authorize(&none).await.param("code").unwrap();
    let token = test.exchange(&code).await.member("access_token");
    assert_eq!(test.tokeninfo(&token).await.status, 200);
    let connections = test.provider.connections(ada).await.unwrap();
    assert_eq!((connections.len(), connections[0].client_name.as_str()), (1, "The web client"));
    let wider = browser.authorize(&AuthRequest::of(&WEB).with("scope", "write")).await;
    assert!(wider.param("code").is_some());
    let scopes: Vec<String> =
        test.provider.connections(ada).await.unwrap()[0].scopes.iter().map(|scope| scope.name.clone()).collect();
    assert_eq!(scopes, ["read", "write"], "what was allowed before stays");
    test.provider.remove_connection(ada, &connections[0].id).await.unwrap();
    assert_ne!(test.tokeninfo(&token).await.status, 200);
}

#[tokio::test]
async fn a_trusted_client_that_wants_the_person_asked_has_them_asked() {
    let test = Test::new().await;
    test.set(&WEB, |client| client.trusted = true).await;
    let browser = test.signed_in("ada").await;
    let consent = AuthRequest::of(&WEB).with("prompt", "consent");
    let page = browser.authorize(&consent).await;
    assert!(page.status == 200 && page.text().contains("consent-allow"), "{}", page.status);
    assert!(browser.allow(&consent).await.param("code").is_some());
}

#[tokio::test]
async fn nobody_can_vouch_for_a_public_client_on_the_persons_own_device() {
    let test = Test::new().await;
    let change = |client: &mut oauth::Client| -> Result<(), Error> {
        client.trusted = true;
        Ok(())
    };
    let refused = test.provider.change_client(NATIVE.id, change).await;
    assert!(matches!(refused, Err(Error::Conflict(message)) if message.key == "client-trusted-native"));
    // An address that came to a trusted client later, by its developer.
    test.set(&SPA, |client| client.trusted = true).await;
    test.database.run("insert into client_redirect_uris values ('spa', 9, 'http://127.0.0.1/callback')").await;
    test.set(&WEB, |_| {}).await;
    let browser = test.signed_in("ada").await;
    let native = AuthRequest::of(&SPA).with("redirect_uri", NATIVE.redirect_uri).with("prompt", "none");
    assert_eq!(browser.authorize(&native).await.redirected_error(), "consent_required");
    assert!(browser.authorize(&AuthRequest::of(&SPA).with("prompt", "none")).await.param("code").is_some());
}

#[tokio::test]
async fn only_the_operators_word_spares_the_question() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let none = AuthRequest::of(&FIRST_PARTY).with("prompt", "none");
    assert_eq!(browser.authorize(&none).await.redirected_error(), "consent_required", "first party is no trust");
    test.set(&FIRST_PARTY, |client| client.trusted = true).await;
    assert!(browser.authorize(&none).await.param("code").is_some());
    test.set(&FIRST_PARTY, |client| client.trusted = false).await;
    assert!(browser.authorize(&none).await.param("code").is_some(), "what was given stays");
    let wider = none.with("scope", "read write");
    assert_eq!(browser.authorize(&wider).await.redirected_error(), "consent_required");
}

#[tokio::test]
async fn a_nonce_stands_in_for_pkce_where_the_operator_lets_it() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let protected = AuthRequest::openid(&WEB, "read").without_pkce();
    let refused = browser.authorize(&protected).await;
    assert_eq!(refused.redirected_error(), "invalid_request");
    let said = refused.param("error_description").unwrap();
    assert!(said.contains("jeton client set") && !said.contains("Swagger"), "{said}");
    test.set(&WEB, |client| client.pkce = Some(PkceRule::NonceOrPkce)).await;
    for rest in [protected.clone().without("nonce"), protected.clone().with("scope", "read")] {
        assert_eq!(browser.authorize(&rest).await.redirected_error(), "invalid_request");
    }
    let code = browser.code(&protected).await;
    let pairs = [("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", WEB.redirect_uri)];
    let verified: Vec<_> = pairs.into_iter().chain([("code_verifier", VERIFIER)]).collect();
    assert_eq!(test.token(&WEB, &verified).await.member("error"), "invalid_grant", "a challenge was taken out");
    assert_eq!(test.token(&WEB, &pairs).await.status, 200);
    assert!(browser.authorize(&AuthRequest::openid(&WEB, "read")).await.param("code").is_some(), "PKCE is still taken");
}

#[tokio::test]
async fn the_rule_for_all_counts_for_confidential_clients_without_their_own() {
    let test = Test::with(|settings| settings.pkce = PkceRule::NonceOrPkce).await;
    let browser = test.signed_in("ada").await;
    let answer = async |client: &TestClient| browser.authorize(&AuthRequest::openid(client, "").without_pkce()).await;
    assert!(browser.allow(&AuthRequest::openid(&WEB, "").without_pkce()).await.param("code").is_some());
    assert_eq!(answer(&SPA).await.redirected_error(), "invalid_request");
    test.set(&WEB, |client| client.pkce = Some(PkceRule::Required)).await;
    assert_eq!(answer(&WEB).await.redirected_error(), "invalid_request");
}

#[tokio::test]
async fn without_openid_in_what_was_allowed_a_nonce_protects_nothing() {
    let test = Test::new().await;
    test.set(&WEB, |client| {
        client.pkce = Some(PkceRule::NonceOrPkce);
        client.optional_scope = oauth::Scope::of(["openid"]);
    })
    .await;
    let browser = test.signed_in("ada").await;
    let ask = AuthRequest::openid(&WEB, "read").without_pkce();
    let form = browser.consent_form(&ask).await.with("decision", "allow");
    let unticked = form.clone().with("optional_scope", "");
    assert_eq!(browser.submit(&unticked).await.redirected_error(), "access_denied");
    let form = browser.consent_form(&ask).await.with("decision", "allow");
    assert!(browser.submit(&form).await.param("code").is_some());
}

#[tokio::test]
async fn an_id_token_tells_of_the_person_where_the_client_is_registered_so() {
    let test = Test::new().await;
    let email = |client: &mut oauth::Client| client.id_token_claims = true;
    let ask = AuthRequest::openid(&WEB, "profile");
    let claims = test.id_claims(&test.redeemed(&WEB, &ask).await).await;
    assert_eq!(claims.get("preferred_username"), None);
    test.set(&WEB, email).await;
    let reply = test.redeemed(&WEB, &ask.with("scope", "openid profile offline_access")).await;
    let claims = test.id_claims(&reply).await;
    let response = test.userinfo(&reply.member("access_token")).await.json();
    assert_eq!(
        (&claims["preferred_username"], &claims["updated_at"]),
        (&response["preferred_username"], &response["updated_at"])
    );
    let later = test.id_claims(&test.refresh(&reply.member("refresh_token")).await).await;
    assert_eq!(later["preferred_username"], "ada");
    let narrow = AuthRequest::openid(&WEB, "").with("prompt", "consent");
    let narrow = test.id_claims(&test.redeemed(&WEB, &narrow).await).await;
    assert_eq!(narrow.get("preferred_username"), None, "by scope, as userinfo");
}

#[tokio::test]
async fn a_developers_page_keeps_what_the_operator_decided() {
    let test = Test::new().await;
    let ada = test.id_of("ada").await;
    let uris = vec!["https://own.example/callback".to_owned()];
    let new = NewClient {
        client_id: Some("own".into()),
        owner: Some(ada),
        trusted: true,
        pkce: Some(PkceRule::NonceOrPkce),
        id_token_claims: true,
        ..NewClient::new("Own", ClientKind::Confidential, uris)
    };
    let (before, _) = test.provider.add_client(new).await.unwrap();
    let browser = test.signed_in("ada").await;
    let form = browser.form("/developer/applications/own", "/developer/applications/own").await;
    let hostile = form.with("intent", "save").with("name", "Mine").also("trusted", "1").also("first_party", "1");
    assert_eq!(browser.submit(&hostile).await.status, 303);
    let after = test.provider.show_client("own").await.unwrap();
    assert_eq!((after.name.as_str(), after.trusted, after.first_party), ("Mine", true, false));
    assert_eq!((after.pkce, after.id_token_claims), (before.pkce, true));
}
