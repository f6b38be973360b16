//! What was taken back does not come back with a write that had looked before.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use oauth::form::ClientForm;
use oauth::{ClientKind, Params};
use provider::authorize::{AuthorizationResponse, Decision, DecisionOutcome, Step};
use provider::dpop::DpopRequest;
use provider::{Error, PasswordGrant};

use crate::flow::{ADDRESS, Flow, allow};
use crate::harness::{PASSWORD, Test, on_each_database};

/// The consent form of this request.
async fn sealed(flow: &Flow<'_>, request: &Params) -> String {
    match flow.t.provider.authorize(request, Some(&flow.visitor())).await.unwrap() {
        Step::Consent(consent) => consent.view.sealed,
        other => panic!("{other:?}"),
    }
}

/// The scopes of the live grants.
async fn held(t: &Test, user: i64) -> Vec<Vec<String>> {
    let connections = t.provider.connections(user).await.unwrap();
    connections.into_iter().map(|one| one.scopes.into_iter().map(|scope| scope.name).collect()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_allowed_before_does_not_stand_again_when_allow_and_remove_cross() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        t.provider.add_scope("write", "Change your photos", "").await.unwrap();
        let (mut removed_first, mut allowed_first) = (0, 0);
        for _ in 0..24 {
            let visitor = flow.visitor();
            let both = flow.request().with("scope", "read write").with("prompt", "consent");
            allow(&t.provider, sealed(&flow, &both).await, &visitor).await;
            assert_eq!(held(&t, flow.user.id).await, [["read", "write"]]);
            let form = sealed(&flow, &flow.request().with("prompt", "consent")).await;
            let grant = t.provider.connections(flow.user.id).await.unwrap().remove(0).id;
            let decision = Decision { sealed: form, allow: true, optional: Vec::new() };
            let (removed, decided) = tokio::join!(
                t.provider.remove_connection(flow.user.id, &grant),
                t.provider.decide(&decision, &visitor)
            );
            removed.unwrap();
            match (decided.unwrap(), held(&t, flow.user.id).await) {
                // Asked again, or allowed after nothing was held any more: just what was shown.
                (DecisionOutcome::Restart(_), held) => assert!(held.is_empty(), "{held:?}"),
                (DecisionOutcome::Respond(AuthorizationResponse::Redirect(_)), held) if held.is_empty() => {
                    allowed_first += 1;
                }
                (DecisionOutcome::Respond(AuthorizationResponse::Redirect(_)), held) => assert_eq!(held, [["read"]]),
                other => panic!("{other:?}"),
            }
            removed_first += i64::from(!held(&t, flow.user.id).await.is_empty());
            t.run("update grants set revoked_at = 1 where revoked_at is null").await;
            t.provider.invalidate_caches();
        }
        assert!(removed_first + allowed_first <= 24);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_password_grant_widens_what_is_held_and_revives_nothing() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        t.provider.add_scope("write", "Change your photos", "").await.unwrap();
        t.run("update clients set first_party = 1, grant_types = grant_types || ' password'").await;
        t.provider.invalidate_caches();
        assert_eq!(t.provider.settings().password_grant, PasswordGrant::FirstParty);
        let ask = |scope: &str| {
            let who = [("client_id", flow.client.id.as_str()), ("client_secret", flow.secret.as_str())];
            let what = [("grant_type", "password"), ("username", "ada"), ("password", PASSWORD), ("scope", scope)];
            Params::from_pairs(who.into_iter().chain(what))
        };
        let token =
            async |scope: &str| t.provider.token(None, &ask(scope), ADDRESS, &DpopRequest::default()).await.unwrap();
        token("write").await;
        token("read").await;
        assert_eq!(held(&t, flow.user.id).await, [["read", "write"]]);
        let grant = t.provider.connections(flow.user.id).await.unwrap().remove(0).id;
        t.provider.remove_connection(flow.user.id, &grant).await.unwrap();
        token("read").await;
        assert_eq!(held(&t, flow.user.id).await, [["read"]]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_application_that_somebody_begins_to_use_is_not_deleted_without_its_name() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        let owner = t.user("grace").await;
        let uris = vec!["https://rp.example/callback".to_owned()];
        let form = ClientForm {
            name: "Printer".to_owned(),
            redirect_uris: uris,
            kind: ClientKind::Confidential,
            require_pkce: true,
            description: String::new(),
            optional_scopes: Vec::new(),
        };
        for number in 0..12 {
            let (own, _) = t.provider.register(owner.id, &form, &format!("form {number}")).await.unwrap();
            let sealed = sealed(&flow, &flow.request().with("client_id", &own.id)).await;
            let decision = Decision { sealed, allow: true, optional: Vec::new() };
            let visitor = flow.visitor();
            let (decided, deleted) = tokio::join!(
                t.provider.decide(&decision, &visitor),
                t.provider.delete_application(owner.id, &own.id, "")
            );
            match (decided, deleted) {
                (Ok(DecisionOutcome::Respond(_)), Err(Error::Conflict(_))) => {
                    t.provider.delete_application(owner.id, &own.id, "Printer").await.unwrap();
                }
                (Ok(DecisionOutcome::Restart(_)) | Err(Error::Page(_)), Ok(())) => {}
                other => panic!("{other:?}"),
            }
        }
    })
    .await;
}
