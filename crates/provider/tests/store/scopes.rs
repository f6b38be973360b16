#![expect(clippy::unwrap_used, reason = "tests")]

use oauth::{Access, ClientKind, Scope};
use provider::Error;
use provider::clients::NewClient;
use provider::scopes::ScopeUse;
use provider::users::Rights;

use crate::harness::on_each_database;

#[tokio::test]
async fn scopes_are_listed_by_name_and_a_name_is_taken_once() {
    on_each_database(async |t| {
        t.provider.add_scope("write", "Change your data", "").await.unwrap();
        t.provider.add_scope("read", "See your data", "more").await.unwrap();
        let names = t.provider.list_scopes().await.unwrap().into_iter().map(|scope| scope.name);
        let names: Vec<String> = names.filter(|name| !oauth::oidc::SCOPES.contains(&name.as_str())).collect();
        assert_eq!(names, ["introspect", "read", "write"]);
        assert!(matches!(t.provider.add_scope("read", "", "").await, Err(Error::Conflict(_))));
        assert!(t.provider.add_scope("READ", "", "").await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_a_scope_is_refused() {
    on_each_database(async |t| {
        for name in ["", "a b", "\"", "back\\slash", "ü", &"x".repeat(201)] {
            assert!(matches!(t.provider.add_scope(name, "", "").await, Err(Error::Conflict(_))), "{name}");
        }
        assert!(matches!(t.provider.add_scope("read", "\u{202e}", "").await, Err(Error::Conflict(_))));
        for name in ["read", "service_id=printer.example", "!#[]~", &"x".repeat(200)] {
            assert!(t.provider.add_scope(name, "", "").await.is_ok(), "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_removed_scope_says_who_still_lists_it_and_introspect_stays() {
    on_each_database(async |t| {
        t.provider.add_scope("read", "", "").await.unwrap();
        let restricted = |scope| NewClient {
            scope: Some(scope),
            ..NewClient::new("Printer", ClientKind::Confidential, vec!["https://printer.example/".to_owned()])
        };
        t.provider.add_client(restricted(Scope::of(["read", "write"]))).await.unwrap();
        t.provider.add_client(restricted(Scope::of(["readable", "x=read"]))).await.unwrap();
        t.user("ada").await;
        t.run("insert into permanent_tokens (id, token_hash, user_id, name, scope, hint, created_at) values ('a', 'a', 1, '', 'read', '', 0)").await;
        assert_eq!(t.provider.remove_scope("read").await.unwrap(), ScopeUse { clients: 1, tokens: 1 });
        assert!(matches!(t.provider.remove_scope("read").await, Err(Error::NotFound)));
        assert!(matches!(t.provider.remove_scope("introspect").await, Err(Error::Conflict(_))));
    })
    .await;
}

#[tokio::test]
async fn people_are_told_which_scopes_they_may_hold() {
    on_each_database(async |t| {
        t.provider.add_scope("read", "See your data", "").await.unwrap();
        t.provider.add_scope("write", "", "").await.unwrap();
        let user = t.user("ada").await;
        let choices = async || -> Vec<(String, bool)> {
            let choices = t.provider.scope_choices(user.id).await.unwrap();
            choices.into_iter().map(|choice| (choice.name, choice.allowed)).collect()
        };
        let named =
            |list: &[(&str, bool)]| list.iter().map(|(name, may)| ((*name).to_owned(), *may)).collect::<Vec<_>>();
        assert_eq!(choices().await, named(&[("introspect", true), ("read", true), ("write", true)]));
        let narrow = Rights { access: Some(Access::Partial), allowed: Some(Scope::of(["read"])), administrator: None };
        t.provider.set_user("ada", narrow).await.unwrap();
        assert_eq!(choices().await, named(&[("read", true), ("write", false)]));
    })
    .await;
}

#[tokio::test]
async fn an_operator_may_type_short_forms_but_only_of_what_exists() {
    on_each_database(async |t| {
        t.provider.add_scope("service_id=printer.example", "", "").await.unwrap();
        t.provider.add_scope("read", "", "").await.unwrap();
        let resolve = async |typed: &[&str]| {
            let typed: Vec<String> = typed.iter().map(|text| (*text).to_owned()).collect();
            t.provider.resolve_scope(&typed).await
        };
        let both = Scope::of(["read", "service_id=printer.example"]);
        assert_eq!(resolve(&["printer.example", "read"]).await.unwrap(), both);
        assert_eq!(resolve(&["read service_id=printer.example"]).await.unwrap(), both);
        assert_eq!(resolve(&[""]).await.unwrap(), Scope::default());
        assert!(matches!(resolve(&["reed"]).await, Err(Error::Conflict(line)) if line.to_string().contains("reed")));
    })
    .await;
}

#[tokio::test]
async fn the_scopes_of_openid_connect_are_there_and_take_the_operators_words_once() {
    on_each_database(async |t| {
        let title = async |name: &str| {
            let scopes = t.provider.list_scopes().await.unwrap();
            scopes.into_iter().find(|scope| scope.name == name).unwrap().title
        };
        for name in oauth::oidc::SCOPES {
            assert!(!title(name).await.is_empty(), "{name}");
        }
        t.provider.add_scope("email", "Read your address", "").await.unwrap();
        t.provider.add_scope("phone", "", "").await.unwrap();
        assert_eq!(
            (title("email").await.as_str(), title("phone").await.as_str()),
            ("Read your address", "See your telephone number")
        );
        assert!(matches!(t.provider.add_scope("email", "Once more", "").await, Err(Error::Conflict(_))));
        assert!(matches!(t.provider.add_scope("introspect", "Mine", "").await, Err(Error::Conflict(_))));
        assert_eq!(title("email").await, "Read your address");
    })
    .await;
}
