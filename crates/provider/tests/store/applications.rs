//! Applications that developers register for themselves.
#![expect(clippy::unwrap_used, reason = "tests")]

use oauth::form::ClientForm;
use oauth::{Access, ClientKind};
use provider::Error;
use provider::users::Rights;

use crate::clients::{CALLBACK, basic, proves};
use crate::harness::{NOON, on_each_database};

fn form() -> ClientForm {
    ClientForm {
        name: "Photo Printer".to_owned(),
        description: "Prints your photos".to_owned(),
        redirect_uris: vec![CALLBACK.to_owned()],
        kind: ClientKind::Confidential,
        require_pkce: true,
        optional_scopes: Vec::new(),
    }
}

#[tokio::test]
async fn only_people_with_full_access_register_applications() {
    on_each_database(async |t| {
        let user = t.user("grace").await;
        let (client, secret) = t.provider.register(user.id, &form(), "form-1").await.unwrap();
        assert_eq!((client.owner, client.first_party), (Some(user.id), false));
        assert!(proves(&t, basic(&client.id, &secret.unwrap())).await);
        let narrow = Rights { access: Some(Access::Partial), ..Rights::default() };
        t.provider.set_user("grace", narrow).await.unwrap();
        assert!(matches!(t.provider.register(user.id, &form(), "form-2").await, Err(Error::NotFound)));
        assert!(matches!(t.provider.application(user.id, &client.id).await, Err(Error::NotFound)));
        assert!(matches!(t.provider.register(99, &form(), "form-3").await, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn a_form_that_is_sent_twice_registers_once() {
    on_each_database(async |t| {
        let (grace, ada) = (t.user("grace").await, t.user("ada").await);
        let (client, _) = t.provider.register(grace.id, &form(), "form-1").await.unwrap();
        assert!(matches!(t.provider.register(grace.id, &form(), "form-1").await, Err(Error::Conflict(word)) if word.key == "already"));
        assert_eq!(t.provider.registered_by(grace.id, "form-1").await.unwrap(), client.id);
        assert!(t.provider.register(ada.id, &form(), "form-1").await.is_ok());
        assert_eq!(t.provider.applications(grace.id).await.unwrap().len(), 1);
        assert!(matches!(t.provider.registered_by(grace.id, "form-2").await, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn the_applications_page_shows_what_is_used_and_which_secrets_live() {
    on_each_database(async |t| {
        let user = t.user("grace").await;
        let (client, secret) = t.provider.register(user.id, &form(), "form-1").await.unwrap();
        let hint = secret.unwrap().chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect::<String>();
        t.run("insert into grants (id, user_id, client_id, scope, granted_at, last_used_at) select 'g', 1, id, '', 0, 7 from clients").await;
        t.clock.advance(10);
        t.provider.rotate_application_secret(user.id, &client.id, 60, "").await.unwrap();
        let view = t.provider.application(user.id, &client.id).await.unwrap();
        assert_eq!((view.people, view.last_used.map(oauth::Timestamp::seconds)), (1, Some(7)));
        assert_eq!((view.secrets[0].expires_at, view.secrets[1].expires_at), (None, Some(NOON.plus(70))));
        assert_eq!(view.secrets[1].hint, hint);
        t.clock.advance(60);
        assert_eq!(t.provider.application(user.id, &client.id).await.unwrap().secrets.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_form_that_is_sent_twice_makes_one_secret() {
    on_each_database(async |t| {
        let user = t.user("grace").await;
        let (client, _) = t.provider.register(user.id, &form(), "form-1").await.unwrap();
        let rotate = |form: &'static str| t.provider.rotate_application_secret(user.id, &client.id, 0, form);
        let made: Vec<bool> =
            [rotate("a").await, rotate("a").await, rotate("b").await, rotate("").await, rotate("").await]
                .into_iter()
                .map(|made| match made {
                    Ok(_) => true,
                    Err(error) => {
                        assert!(matches!(&error, Error::Conflict(why) if why.key == "already"), "{error}");
                        false
                    }
                })
                .collect();
        assert_eq!(made, [true, false, true, true, true]);
    })
    .await;
}

#[tokio::test]
async fn of_two_who_change_an_application_at_once_the_second_is_told() {
    on_each_database(async |t| {
        let user = t.user("grace").await;
        let (client, _) = t.provider.register(user.id, &form(), "form-1").await.unwrap();
        let changed = ClientForm {
            name: "Printer".to_owned(),
            redirect_uris: vec!["https://b.example/".to_owned(), "https://a.example/".to_owned()],
            kind: ClientKind::Public,
            require_pkce: false,
            ..form()
        };
        let saved = t.provider.save_application(user.id, &client.id, &changed, 1).await.unwrap();
        assert_eq!((saved.name.as_str(), saved.version, saved.kind), ("Printer", 2, ClientKind::Confidential));
        assert_eq!(saved.redirect_uris, ["https://b.example/", "https://a.example/"]);
        assert!(!saved.require_pkce);
        assert!(matches!(t.provider.save_application(user.id, &client.id, &form(), 1).await, Err(Error::Conflict(_))));
        assert_eq!(t.provider.show_client(&client.id).await.unwrap(), saved);
        let faulty = ClientForm { name: String::new(), ..form() };
        assert!(matches!(t.provider.save_application(user.id, &client.id, &faulty, 2).await, Err(Error::Form(_))));
    })
    .await;
}

#[tokio::test]
async fn a_developer_says_which_scopes_people_may_leave_out() {
    on_each_database(async |t| {
        let user = t.user("grace").await;
        t.provider.add_scope("photos", "See your photos", "").await.unwrap();
        let choices = t.provider.optional_scope_choices("").await.unwrap();
        assert!(choices.iter().any(|choice| choice.name == "photos"));
        assert!(choices.iter().all(|choice| choice.name != "introspect"));
        let with = |scope: &str| ClientForm { optional_scopes: vec![scope.to_owned()], ..form() };
        let (client, _) = t.provider.register(user.id, &with("photos"), "form-1").await.unwrap();
        assert_eq!(t.provider.show_client(&client.id).await.unwrap().optional_scope.to_string(), "photos");
        for bad in ["nonsense", "introspect"] {
            let refused = t.provider.save_application(user.id, &client.id, &with(bad), 1).await;
            assert!(matches!(refused, Err(Error::Form(error)) if error.field == "optional_scopes"), "{bad}");
        }
        t.provider.save_application(user.id, &client.id, &form(), 1).await.unwrap();
        let view = t.provider.application(user.id, &client.id).await.unwrap();
        assert_eq!((view.optional_scopes.len(), view.version), (0, 2));
    })
    .await;
}

#[tokio::test]
async fn the_tokens_that_a_deletion_ends_are_counted() {
    const ACCESS: &str = "insert into access_tokens (token_hash, client_id, grant_id, family_id, scope, issued_at, \
        expires_at, revoked_at) select v.hash, c.id, v.grant_id, 'f', '', 0, v.expires_at, v.ended from clients c, ( \
        select 'live' as hash, 'g' as grant_id, 9000000000 as expires_at, cast(null as bigint) as ended \
        union all select 'own', null, 9000000000, null union all select 'revoked', 'g', 9000000000, 1 \
        union all select 'expired', 'g', 1, null) v";
    const REFRESH: &str = "insert into refresh_tokens (token_hash, client_id, user_id, grant_id, family_id, scope, \
        issued_at, expires_at, spent_at) select v.hash, c.id, 1, 'g', 'f', '', 0, 9000000000, v.ended from clients c, ( \
        select 'live' as hash, cast(null as bigint) as ended union all select 'spent', 1) v";
    on_each_database(async |t| {
        let user = t.user("grace").await;
        let (client, _) = t.provider.register(user.id, &form(), "form-1").await.unwrap();
        let count = async || t.provider.application_tokens(user.id, &client.id).await.unwrap();
        assert_eq!(count().await, 0);
        t.run("insert into grants (id, user_id, client_id, scope, granted_at) select 'g', 1, id, '', 0 from clients")
            .await;
        t.run(ACCESS).await;
        t.run(REFRESH).await;
        assert_eq!(count().await, 3);
        t.run("update grants set revoked_at = 1").await;
        assert_eq!(count().await, 1);
        let stranger = t.user("ada").await;
        assert!(matches!(t.provider.application_tokens(stranger.id, &client.id).await, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn an_application_of_somebody_else_is_not_there() {
    on_each_database(async |t| {
        let (grace, ada) = (t.user("grace").await, t.user("ada").await);
        let (client, secret) = t.provider.register(grace.id, &form(), "form-1").await.unwrap();
        let id = client.id.as_str();
        assert!(matches!(t.provider.application(ada.id, id).await, Err(Error::NotFound)));
        assert!(matches!(t.provider.save_application(ada.id, id, &form(), 1).await, Err(Error::NotFound)));
        assert!(matches!(t.provider.rotate_application_secret(ada.id, id, 0, "").await, Err(Error::NotFound)));
        assert!(matches!(t.provider.delete_application(ada.id, id, "Photo Printer").await, Err(Error::NotFound)));
        assert!(t.provider.applications(ada.id).await.unwrap().is_empty());
        assert!(proves(&t, basic(id, &secret.unwrap())).await);
        assert!(t.provider.application(grace.id, id).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn an_application_that_people_use_is_deleted_only_by_name() {
    on_each_database(async |t| {
        let user = t.user("grace").await;
        let (unused, _) = t.provider.register(user.id, &form(), "form-1").await.unwrap();
        t.provider.delete_application(user.id, &unused.id, "").await.unwrap();
        let (used, _) = t.provider.register(user.id, &form(), "form-2").await.unwrap();
        t.run("insert into grants (id, user_id, client_id, scope, granted_at) select 'g', 1, id, '', 0 from clients")
            .await;
        for name in ["", "photo printer", "Printer"] {
            assert!(matches!(t.provider.delete_application(user.id, &used.id, name).await, Err(Error::Conflict(_))));
        }
        t.provider.delete_application(user.id, &used.id, " Photo Printer ").await.unwrap();
        assert_eq!(t.number("select count(*) from clients").await, 0);
        assert_eq!(t.number("select count(*) from grants").await, 0);
    })
    .await;
}

#[tokio::test]
async fn whoever_lost_an_application_after_the_look_changes_nothing_of_it() {
    on_each_database(async |t| {
        let (user, other) = (t.user("grace").await, t.user("ada").await);
        for lost in ["update clients set owner_id = 2", "update users set access = 'partial' where id = 1"] {
            assert_eq!((user.id, other.id), (1, 2));
            let (client, secret) = t.provider.register(user.id, &form(), lost).await.unwrap();
            let id = client.id.as_str();
            // So that a server that remembers still believes it.
            assert!(t.provider.application(user.id, id).await.is_ok());
            t.run(lost).await;
            assert!(matches!(t.provider.rotate_application_secret(user.id, id, 0, "").await, Err(Error::NotFound)));
            assert!(matches!(t.provider.save_application(user.id, id, &form(), 1).await, Err(Error::NotFound)));
            assert!(matches!(t.provider.clear_problems(user.id, id).await, Err(Error::NotFound)));
            assert!(matches!(t.provider.delete_application(user.id, id, "Photo Printer").await, Err(Error::NotFound)));
            assert!(proves(&t, basic(id, &secret.unwrap())).await);
            t.run("update clients set owner_id = 1").await;
            t.run("update users set access = 'full'").await;
            t.provider.invalidate_caches();
            assert!(t.provider.rotate_application_secret(user.id, id, 0, "").await.is_ok());
        }
    })
    .await;
}
