#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use oauth::{Client, ClientKind, Credentials, ErrorCode, GrantType, Scope, SecretHash};
use provider::Error;
use provider::clients::{Endpoint, NewClient};

use crate::flow::ADDRESS;
use crate::harness::{NOON, Test, on_each_database};

pub const CALLBACK: &str = "https://printer.example/callback";

fn new(kind: ClientKind) -> NewClient {
    NewClient::new("Photo Printer", kind, vec![CALLBACK.to_owned()])
}

async fn confidential(t: &Test) -> (Client, String) {
    let (client, secret) = t.provider.add_client(new(ClientKind::Confidential)).await.unwrap();
    (client, secret.unwrap())
}

pub fn basic(id: &str, secret: &str) -> Credentials {
    Credentials::Basic { client_id: id.to_owned(), secret: secret.to_owned() }
}

fn post(id: &str, secret: &str) -> Credentials {
    Credentials::Post { client_id: id.to_owned(), secret: secret.to_owned() }
}

fn bare(id: &str) -> Credentials {
    Credentials::Public { client_id: id.to_owned() }
}

/// Whether the credentials prove their client; every refusal is the same.
pub async fn proves(t: &Test, credentials: Credentials) -> bool {
    match t.provider.authenticate_client(&credentials, Endpoint::Token, ADDRESS).await {
        Ok(client) => Some(client.id.as_str()) == credentials.client_id(),
        Err(Error::OAuth(error)) => {
            assert_eq!(
                (error.code, error.description),
                (ErrorCode::InvalidClient, oauth::Error::invalid_client().description)
            );
            false
        }
        Err(other) => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn everything_that_is_registered_is_kept_in_order() {
    on_each_database(async |t| {
        let owner = t.user("grace").await;
        let uris = ["https://b.example/", "https://a.example/", "http://127.0.0.1/cb"].map(str::to_owned).to_vec();
        let asked = NewClient {
            description: "Prints".to_owned(),
            redirect_uris: uris.clone(),
            first_party: true,
            grant_types: vec![GrantType::Password, GrantType::RefreshToken],
            scope: Some(Scope::of(["read"])),
            owner: Some(owner.id),
            require_pkce: false,
            client_id: Some("printer".to_owned()),
            post_logout_redirect_uris: vec!["https://a.example/bye".to_owned(), "https://b.example/bye".to_owned()],
            optional_scope: Scope::of(["write"]),
            ..new(ClientKind::Confidential)
        };
        let (made, _) = t.provider.add_client(asked).await.unwrap();
        let found = t.provider.show_client("printer").await.unwrap();
        assert_eq!(made, found);
        assert_eq!((found.redirect_uris, found.created_at, found.version), (uris, NOON, 1));
        assert_eq!(found.grant_types, [GrantType::Password, GrantType::RefreshToken]);
        assert_eq!(t.provider.list_clients().await.unwrap(), [made]);
    })
    .await;
}

#[tokio::test]
async fn an_id_is_made_or_given_and_taken_once() {
    on_each_database(async |t| {
        let (client, secret) = confidential(&t).await;
        assert!(client.id.len() == 18 && client.id.starts_with("c_"), "{}", client.id);
        assert!(oauth::secret::well_formed(oauth::Prefix::ClientSecret, &secret));
        let given = || NewClient { client_id: Some("swagger-ui".to_owned()), ..new(ClientKind::Public) };
        let (public, no_secret) = t.provider.add_client(given()).await.unwrap();
        assert_eq!((public.id.as_str(), no_secret), ("swagger-ui", None));
        assert!(
            matches!(t.provider.add_client(given()).await, Err(Error::Conflict(line)) if line.to_string().contains("swagger-ui"))
        );
        let faulty = NewClient { name: String::new(), ..new(ClientKind::Public) };
        assert!(matches!(t.provider.add_client(faulty).await, Err(Error::Form(_))));
    })
    .await;
}

#[tokio::test]
async fn a_confidential_client_is_proved_by_its_secret_alone() {
    on_each_database(async |t| {
        let (client, secret) = confidential(&t).await;
        let (other, other_secret) = confidential(&t).await;
        assert!(proves(&t, basic(&client.id, &secret)).await);
        assert!(proves(&t, post(&client.id, &secret)).await);
        assert!(!proves(&t, basic(&client.id, &other_secret)).await);
        assert!(!proves(&t, basic(&other.id, &secret)).await);
        assert!(!proves(&t, basic(&client.id, "")).await);
        assert!(!proves(&t, basic(&client.id, "\0")).await);
        assert!(!proves(&t, bare(&client.id)).await);
        assert!(!proves(&t, Credentials::None).await);
        for unknown in ["c_0000000000000000", "", "a\0b", "ü", &"x".repeat(300)] {
            assert!(!proves(&t, basic(unknown, &secret)).await);
            assert!(!proves(&t, bare(unknown)).await);
        }
    })
    .await;
}

#[tokio::test]
async fn a_public_client_is_proved_by_its_name_and_has_no_secret() {
    on_each_database(async |t| {
        let (client, _) = t.provider.add_client(new(ClientKind::Public)).await.unwrap();
        assert!(proves(&t, bare(&client.id)).await);
        assert!(!proves(&t, basic(&client.id, "anything")).await);
        assert!(!proves(&t, post(&client.id, "anything")).await);
        assert!(matches!(t.provider.rotate_secret(&client.id, 0).await, Err(Error::Conflict(_))));
    })
    .await;
}

#[tokio::test]
async fn an_operator_may_give_two_clients_the_same_secret() {
    on_each_database(async |t| {
        for id in ["one", "two"] {
            let given = NewClient {
                client_id: Some(id.to_owned()),
                client_secret: Some("open sesame".to_owned()),
                ..new(ClientKind::Confidential)
            };
            t.provider.add_client(given).await.unwrap();
            assert!(proves(&t, basic(id, "open sesame")).await);
            assert!(!proves(&t, basic(id, "open Sesame")).await);
        }
        assert_eq!(t.number("select count(*) from client_secrets where hint = ''").await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_disabled_or_removed_client_is_nobody() {
    on_each_database(async |t| {
        let (disabled, secret) = confidential(&t).await;
        assert!(proves(&t, basic(&disabled.id, &secret)).await);
        t.provider.disable_client(&disabled.id).await.unwrap();
        assert!(!proves(&t, basic(&disabled.id, &secret)).await);
        assert!(t.provider.show_client(&disabled.id).await.unwrap().disabled);
        let (removed, secret) = confidential(&t).await;
        t.provider.remove_client(&removed.id).await.unwrap();
        assert!(!proves(&t, basic(&removed.id, &secret)).await);
        assert!(matches!(t.provider.show_client(&removed.id).await, Err(Error::NotFound)));
        assert!(matches!(t.provider.remove_client(&removed.id).await, Err(Error::NotFound)));
        assert!(matches!(t.provider.disable_client(&removed.id).await, Err(Error::NotFound)));
        assert_eq!(t.number("select count(*) from client_secrets").await, 1);
        assert_eq!(t.number("select count(*) from client_redirect_uris").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_rotated_secret_goes_on_for_as_long_as_asked_and_no_more_than_two_are_alive() {
    on_each_database(async |t| {
        let (client, first) = confidential(&t).await;
        let second = t.provider.rotate_secret(&client.id, 60).await.unwrap();
        assert!(proves(&t, basic(&client.id, &first)).await && proves(&t, basic(&client.id, &second)).await);
        let third = t.provider.rotate_secret(&client.id, 60).await.unwrap();
        assert!(!proves(&t, basic(&client.id, &first)).await);
        assert!(proves(&t, basic(&client.id, &second)).await && proves(&t, basic(&client.id, &third)).await);
        t.clock.advance(60);
        assert!(!proves(&t, basic(&client.id, &second)).await && proves(&t, basic(&client.id, &third)).await);
        let fourth = t.provider.rotate_secret(&client.id, 0).await.unwrap();
        assert!(!proves(&t, basic(&client.id, &third)).await && proves(&t, basic(&client.id, &fourth)).await);
        assert!(matches!(t.provider.rotate_secret("nobody", 0).await, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn rotations_at_once_leave_two_secrets_alive() {
    on_each_database(async |t| {
        let (client, _) = confidential(&t).await;
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let (provider, id) = (t.provider.clone(), client.id.clone());
            tasks.spawn(async move { provider.rotate_secret(&id, 60).await });
        }
        assert!(tasks.join_all().await.iter().all(Result::is_ok));
        assert_eq!(t.number("select count(*) from client_secrets").await, 2);
        assert_eq!(t.number("select count(*) from client_secrets where expires_at is null").await, 1);
    })
    .await;
}

#[tokio::test]
async fn secrets_do_not_stand_in_the_database() {
    on_each_database(async |t| {
        let (client, secret) = confidential(&t).await;
        let stored = format!("{}\n{secret}", client.id);
        assert_ne!(SecretHash::of(&secret).as_str(), SecretHash::of(&stored).as_str());
        assert_eq!(t.number("select count(*) from client_secrets where secret_hash like 'jtn_cs_%'").await, 0);
        assert_eq!(
            t.number("select count(*) from client_secrets where length(secret_hash) = 64 and length(hint) = 4").await,
            1
        );
    })
    .await;
}

fn renamed(name: &'static str) -> impl Fn(&mut Client) -> Result<(), Error> {
    move |client| {
        client.name = name.to_owned();
        Ok(())
    }
}

#[tokio::test]
async fn of_two_changes_at_once_neither_is_lost() {
    on_each_database(async |t| {
        let (client, secret) = confidential(&t).await;
        let described = |client: &mut Client| -> Result<(), Error> {
            client.description = "Prints".to_owned();
            client.redirect_uris.push("https://second.example/".to_owned());
            Ok(())
        };
        let (name, description) = tokio::join!(
            t.provider.change_client(&client.id, renamed("Printer")),
            t.provider.change_client(&client.id, described),
        );
        assert!(name.is_ok() && description.is_ok());
        let found = t.provider.show_client(&client.id).await.unwrap();
        assert_eq!((found.name.as_str(), found.description.as_str(), found.version), ("Printer", "Prints", 3));
        assert_eq!(found.redirect_uris.len(), 2);
        assert!(proves(&t, basic(&client.id, &secret)).await, "the secret stays");
        let stale = Client { version: 1, ..found };
        assert_eq!(t.provider.store().replace_client(stale).await.unwrap(), None);
        assert!(matches!(t.provider.change_client("nobody", renamed("X")).await, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn a_client_that_is_enabled_again_proves_itself_as_before() {
    on_each_database(async |t| {
        let (client, secret) = confidential(&t).await;
        t.provider.disable_client(&client.id).await.unwrap();
        assert!(!proves(&t, basic(&client.id, &secret)).await);
        t.provider.enable_client(&client.id).await.unwrap();
        assert!(proves(&t, basic(&client.id, &secret)).await);
        assert!(matches!(t.provider.enable_client("nobody").await, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn a_client_that_needs_no_secret_any_more_has_none() {
    on_each_database(async |t| {
        let (client, secret) = confidential(&t).await;
        let kind = |kind| {
            move |client: &mut Client| -> Result<(), Error> {
                client.kind = kind;
                Ok(())
            }
        };
        t.provider.change_client(&client.id, kind(ClientKind::Public)).await.unwrap();
        assert!(proves(&t, bare(&client.id)).await);
        t.provider.change_client(&client.id, kind(ClientKind::Confidential)).await.unwrap();
        assert!(!proves(&t, basic(&client.id, &secret)).await && !proves(&t, bare(&client.id)).await);
        let new = t.provider.rotate_secret(&client.id, 0).await.unwrap();
        assert!(proves(&t, basic(&client.id, &new)).await);
    })
    .await;
}

#[tokio::test]
async fn a_fault_that_was_there_before_does_not_stand_in_the_way_of_another_change() {
    on_each_database(async |t| {
        let (client, _) = confidential(&t).await;
        t.run("update clients set grant_types = ''").await;
        assert_eq!(t.provider.change_client(&client.id, renamed("Printer")).await.unwrap().name, "Printer");
        assert!(t.provider.change_client(&client.id, renamed("")).await.is_err());
        t.run("update clients set name = ''").await;
        let nonsense = |client: &mut Client| -> Result<(), Error> {
            client.post_logout_redirect_uris = vec!["nonsense".to_owned()];
            Ok(())
        };
        assert!(t.provider.change_client(&client.id, nonsense).await.is_err(), "nor does it hide a new one");
    })
    .await;
}
