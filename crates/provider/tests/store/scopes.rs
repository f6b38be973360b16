#![expect(clippy::unwrap_used, reason = "tests")]

use oauth::{Access, ClientKind, Risk, Scope};
use provider::clients::NewClient;
use provider::scopes::{ScopeChange, ScopeRow, ScopeText, ScopeUse};
use provider::users::Rights;
use provider::{Error, Provider};

use crate::harness::on_each_database;

#[tokio::test]
async fn scopes_are_listed_by_name_and_capitals_are_other_names() {
    on_each_database(async |t| {
        t.provider.add_scope("write", "Change your data", "").await.unwrap();
        t.provider.add_scope("read", "See your data", "more").await.unwrap();
        let names = t.provider.list_scopes().await.unwrap().into_iter().map(|scope| scope.name);
        let names: Vec<String> = names.filter(|name| !oauth::oidc::SCOPES.contains(&name.as_str())).collect();
        assert_eq!(names, ["introspect", "read", "write"]);
        t.provider.add_scope("READ", "", "").await.unwrap();
        assert_eq!(listed(&t.provider, "READ").await.title, "");
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
async fn the_scopes_of_openid_connect_are_there_and_take_the_operators_words() {
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
        t.provider.add_scope("email", "Once more", "").await.unwrap();
        assert_eq!(title("email").await, "Once more");
        let risk = async |name: &str| listed(&t.provider, name).await.risk;
        for name in ["openid", "profile", "email", "address", "phone", "introspect"] {
            assert_eq!(risk(name).await, Risk::Reads, "{name}");
        }
        assert_eq!(risk("offline_access").await, Risk::Away);
    })
    .await;
}

async fn listed(provider: &Provider, name: &str) -> ScopeRow {
    provider.list_scopes().await.unwrap().into_iter().find(|scope| scope.name == name).unwrap()
}

#[tokio::test]
async fn what_is_not_given_stays_as_it_is() {
    on_each_database(async |t| {
        let change = || ScopeChange { name: "read".to_owned(), ..ScopeChange::default() };
        let german = |title: &str| (Some(title.to_owned()), None);
        let first = ScopeChange {
            title: Some("See your data".to_owned()),
            risk: Some(Risk::Reads),
            texts: [("de".to_owned(), german("Ihre Daten sehen"))].into(),
            ..change()
        };
        let (row, is_new) = t.provider.set_scope(first).await.unwrap();
        assert!(is_new);
        assert_eq!((row.title.as_str(), row.risk), ("See your data", Risk::Reads));
        assert_eq!(row.clone().title_in("de"), "Ihre Daten sehen");
        assert_eq!(row.clone().title_in("fr"), "See your data");

        let (again, is_new) = t.provider.set_scope(change()).await.unwrap();
        assert_eq!((again, is_new), (row.clone(), false));
        let more = ScopeChange {
            description: Some("More".to_owned()),
            risk: Some(Risk::Changes),
            texts: [("de".to_owned(), (None, Some("Mehr".to_owned())))].into(),
            ..change()
        };
        t.provider.set_scope(more).await.unwrap();
        let read = listed(&t.provider, "read").await;
        assert_eq!(
            (read.title.as_str(), read.description.as_str(), read.risk),
            ("See your data", "More", Risk::Changes)
        );
        let text = ScopeText { title: "Ihre Daten sehen".to_owned(), description: "Mehr".to_owned() };
        assert_eq!(read.texts.into_iter().collect::<Vec<_>>(), [("de".to_owned(), text)]);
    })
    .await;
}

#[tokio::test]
async fn a_scope_that_is_made_again_has_no_words_and_no_risk_of_the_removed_one() {
    on_each_database(async |t| {
        let change = ScopeChange {
            name: "read".to_owned(),
            risk: Some(Risk::Reads),
            texts: [("de".to_owned(), (Some("Alt".to_owned()), None))].into(),
            ..ScopeChange::default()
        };
        t.provider.set_scope(change).await.unwrap();
        assert_eq!(t.number("select count(*) as number from scope_texts").await, 1);
        // As a server does it that knows nothing of languages.
        t.run("delete from scopes where name = 'read'").await;
        t.provider.invalidate_caches();
        t.provider.add_scope("read", "New", "").await.unwrap();
        let read = listed(&t.provider, "read").await;
        assert_eq!((read.risk, read.texts.len(), read.title_in("de").as_str()), (Risk::Unknown, 0, "New"));
    })
    .await;
}
