//! What is noted of failed requests, who reads it, and the one thing that it mends.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use oauth::Params;
use oauth::form::ClientForm;
use oauth::problem::Fault;
use oauth::view::ProblemView;
use provider::authorize::Step;
use provider::dpop::DpopRequest;
use provider::signed_in::SignedIn;
use provider::users::Rights;
use provider::{Error, Provider};

use crate::clients::CALLBACK;
use crate::harness::{NOON, Test, on_each_database};

const OTHER: &str = "https://printer.example/cb";

/// An application of `grace`, who reads about it.
struct App<'a> {
    t: &'a Test,
    grace: i64,
    id: String,
}

impl<'a> App<'a> {
    async fn new(t: &'a Test) -> Self {
        let grace = t.user("grace").await.id;
        let form = ClientForm {
            name: "Photo Printer".to_owned(),
            redirect_uris: vec![CALLBACK.to_owned()],
            ..ClientForm::default()
        };
        let (client, _) = t.provider.register(grace, &form, "form-1").await.unwrap();
        Self { t, grace, id: client.id }
    }

    /// A request that asks for this address, from a browser in which this user is signed in; the problem's id.
    async fn refused(&self, uri: &str, visitor: Option<i64>) -> String {
        let id = refused(&self.t.provider, &self.id, uri, visitor).await;
        self.t.provider.flush().await;
        id
    }

    async fn problems(&self) -> Vec<ProblemView> {
        self.t.provider.recent_problems(self.grace, &self.id).await.unwrap()
    }

    async fn add(&self, problem: &str, version: i64) -> Result<String, Error> {
        self.t.provider.add_redirect_uri(self.grace, &self.id, problem, version).await
    }

    async fn uris(&self) -> Vec<String> {
        self.t.provider.show_client(&self.id).await.unwrap().redirect_uris
    }
}

async fn refused(provider: &Provider, client_id: &str, uri: &str, visitor: Option<i64>) -> String {
    let params = Params::from_pairs([("client_id", client_id), ("redirect_uri", uri), ("response_type", "code")]);
    let visitor = visitor.map(|user_id| SignedIn { user_id, auth_time: NOON, session: "this session".to_owned() });
    match provider.authorize(&params, visitor.as_ref()).await {
        Err(Error::Page(error)) => error.problem.unwrap(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn equal_problems_are_counted_once() {
    on_each_database(async |t| {
        let app = App::new(&t).await;
        let first = app.refused(OTHER, None).await;
        t.clock.advance(10);
        assert_eq!(app.refused(OTHER, Some(app.grace)).await, first);
        t.clock.advance(10);
        assert_eq!(app.refused(OTHER, None).await, first);
        assert_ne!(app.refused("https://printer.example/cd", None).await, first);
        let problems = app.problems().await;
        assert_eq!(problems.len(), 2);
        let found = problems.iter().find(|problem| problem.id == first).unwrap();
        assert_eq!((found.times, found.first_at, found.last_at), (3, NOON, NOON.plus(20)));
        assert!(found.by_owner, "one of them came from the owner's browser");
        assert_eq!((found.finding.fault, found.finding.parameter.as_str()), (Fault::NotRegistered, "redirect_uri"));
        assert_eq!(found.finding.sent.as_deref(), Some(OTHER));
        assert_eq!(found.difference.as_ref().map(|found| (found.nearest.as_str(), found.at)), Some((CALLBACK, 25)));
    })
    .await;
}

#[tokio::test]
async fn equal_problems_at_the_same_instant_are_one() {
    on_each_database(async |t| {
        let app = App::new(&t).await;
        let tasks: Vec<_> = (0..16)
            .map(|_| {
                let (provider, id) = (t.provider.clone(), app.id.clone());
                tokio::spawn(async move { refused(&provider, &id, OTHER, None).await })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        t.provider.flush().await;
        let counted: Vec<i64> = app.problems().await.iter().map(|problem| problem.times).collect();
        assert_eq!(counted, [16]);
    })
    .await;
}

#[tokio::test]
async fn a_flood_is_forgotten_beyond_a_bound_and_the_next_minute_is_heard() {
    on_each_database(async |t| {
        let app = App::new(&t).await;
        for number in 0..100 {
            app.refused(&format!("https://evil.example/{number}"), None).await;
        }
        assert_eq!(app.problems().await.len(), 20);
        app.refused(OTHER, Some(app.grace)).await;
        assert_eq!(app.problems().await.len(), 21, "the owner is heard through the flood");
        t.clock.advance(60);
        app.refused("https://evil.example/later", None).await;
        assert_eq!(app.problems().await.len(), 22);
    })
    .await;
}

#[tokio::test]
async fn a_client_has_fifty_problems_at_most_and_the_owners_own_stay_longest() {
    on_each_database(async |t| {
        let app = App::new(&t).await;
        let own = app.refused(OTHER, Some(app.grace)).await;
        for number in 0..70 {
            t.clock.advance(30);
            app.refused(&format!("https://evil.example/{number}"), None).await;
        }
        let problems = app.problems().await;
        let has = |uri: &str| problems.iter().any(|problem| problem.finding.sent.as_deref() == Some(uri));
        assert_eq!(problems.len(), 50);
        assert!(problems.iter().any(|problem| problem.id == own));
        assert!(has("https://evil.example/69") && has("https://evil.example/21"));
        assert!(!has("https://evil.example/20") && !has("https://evil.example/0"));
    })
    .await;
}

#[tokio::test]
async fn problems_go_after_thirty_days_or_with_their_client() {
    on_each_database(async |t| {
        let app = App::new(&t).await;
        app.refused(OTHER, None).await;
        t.clock.advance(30 * 86_400);
        assert_eq!((t.provider.sweep().await.unwrap(), app.problems().await.len()), (0, 1));
        t.clock.advance(1);
        assert_eq!((t.provider.sweep().await.unwrap(), app.problems().await.len()), (1, 0));
        app.refused(OTHER, None).await;
        assert_eq!(t.number("select count(*) from problems").await, 1);
        t.provider.remove_client(&app.id).await.unwrap();
        assert_eq!(t.number("select count(*) from problems").await, 0);
    })
    .await;
}

#[tokio::test]
async fn the_owner_and_administrators_read_and_nobody_else() {
    on_each_database(async |t| {
        let app = App::new(&t).await;
        let (ada, root) = (t.user("ada").await.id, t.user("root").await.id);
        t.provider.set_user("root", Rights { administrator: Some(true), ..Rights::default() }).await.unwrap();
        let id = app.refused(OTHER, None).await;
        for reader in [app.grace, root] {
            assert_eq!(t.provider.recent_problems(reader, &app.id).await.unwrap().len(), 1);
            let details = t.provider.problem(Some(reader), &id).await.unwrap().details.unwrap();
            assert_eq!((details.client_id.as_str(), details.own), (app.id.as_str(), reader == app.grace));
            assert_eq!(details.redirect_uris, [CALLBACK]);
        }
        assert!(matches!(t.provider.recent_problems(ada, &app.id).await, Err(Error::NotFound)));
        let unknown = id.replace(|c: char| c.is_ascii_digit(), "z");
        for (reader, id) in [(Some(ada), &id), (None, &id), (Some(app.grace), &unknown)] {
            assert_eq!(t.provider.problem(reader, id).await.unwrap().details, None);
        }
        assert!(matches!(t.provider.problem(Some(app.grace), "nonsense").await, Err(Error::NotFound)));
        t.provider.disable_user("grace").await.unwrap();
        assert!(matches!(t.provider.recent_problems(app.grace, &app.id).await, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn adding_the_address_mends_the_next_try_and_forgets_the_problem() {
    on_each_database(async |t| {
        let app = App::new(&t).await;
        let id = app.refused(OTHER, Some(app.grace)).await;
        assert!(app.problems().await[0].may_add);
        assert!(matches!(app.add(&id, 7).await, Err(Error::Conflict(_))), "another version than the stored one");
        assert_eq!(app.uris().await, [CALLBACK]);
        assert_eq!(app.add(&id, 1).await.unwrap(), OTHER);
        assert_eq!(app.uris().await, [CALLBACK, OTHER]);
        assert!(app.problems().await.is_empty());
        for version in [1, 2] {
            assert_eq!(app.add(&id, version).await.unwrap(), OTHER, "a second press finds it done");
        }
        assert_eq!(t.provider.show_client(&app.id).await.unwrap().version, 2);
        let params = [("client_id", app.id.as_str()), ("redirect_uri", OTHER), ("response_type", "code")];
        let pkce =
            [("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"), ("code_challenge_method", "S256")];
        let next = t.provider.authorize(&Params::from_pairs([&params[..], &pkce[..]].concat()), None).await;
        assert!(matches!(next, Ok(Step::SignIn(_))), "{next:?}");
    })
    .await;
}

#[tokio::test]
async fn many_presses_at_once_add_one_address() {
    on_each_database(async |t| {
        let app = App::new(&t).await;
        let id = app.refused(OTHER, Some(app.grace)).await;
        let tasks: Vec<_> = (0..32)
            .map(|number| {
                let (provider, user, client, id) = (t.provider.clone(), app.grace, app.id.clone(), id.clone());
                tokio::spawn(async move { provider.add_redirect_uri(user, &client, &id, 1 + number % 2).await })
            })
            .collect();
        let mut done = 0;
        for task in tasks {
            match task.await.unwrap() {
                Ok(uri) => done += usize::from(uri == OTHER),
                Err(error) => assert!(matches!(error, Error::Conflict(_)), "{error:?}"),
            }
        }
        assert!(done > 0);
        assert_eq!(app.uris().await, [CALLBACK, OTHER]);
    })
    .await;
}

#[tokio::test]
async fn an_address_on_another_host_cannot_be_added_unless_it_is_on_the_owners_machine() {
    on_each_database(async |t| {
        let app = App::new(&t).await;
        let ada = t.user("ada").await.id;
        for visitor in [None, Some(ada), Some(app.grace)] {
            let id = app.refused("https://evil.example/", visitor).await;
            assert!(!app.problems().await[0].may_add);
            assert!(matches!(app.add(&id, 1).await, Err(Error::NotFound)));
        }
        for faulty in ["http://printer.example/cb", "https://printer.example/cb#x", "javascript:alert(1)", "x"] {
            let id = app.refused(faulty, Some(app.grace)).await;
            assert!(matches!(app.add(&id, 1).await, Err(Error::NotFound)), "{faulty}");
        }
        let local = app.refused("http://127.0.0.1:9000/cb", None).await;
        let stranger = t.provider.add_redirect_uri(ada, &app.id, &local, 1).await;
        assert!(matches!(stranger, Err(Error::NotFound)), "somebody else's application");
        assert_eq!(app.uris().await, [CALLBACK]);
        assert!(app.add(&local, 1).await.is_ok());
        assert_eq!(app.uris().await, [CALLBACK, "http://127.0.0.1:9000/cb"]);
    })
    .await;
}

#[tokio::test]
async fn a_problem_of_one_application_adds_nothing_to_another() {
    on_each_database(async |t| {
        let app = App::new(&t).await;
        let id = app.refused(OTHER, Some(app.grace)).await;
        let form = ClientForm {
            name: "Scanner".to_owned(),
            redirect_uris: vec![CALLBACK.to_owned()],
            ..ClientForm::default()
        };
        let (other, _) = t.provider.register(app.grace, &form, "form-2").await.unwrap();
        let added = t.provider.add_redirect_uri(app.grace, &other.id, &id, 1).await;
        assert!(matches!(added, Err(Error::NotFound)));
        assert_eq!(t.provider.show_client(&other.id).await.unwrap().redirect_uris, [CALLBACK]);
        assert!(app.add(&id, 1).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_client_that_does_not_exist_gets_an_answer_of_the_same_shape_and_no_row() {
    on_each_database(async |t| {
        let app = App::new(&t).await;
        let mut uris = Vec::new();
        for client_id in [app.id.as_str(), "nobody"] {
            let params = Params::from_pairs([("grant_type", "client_credentials"), ("client_id", client_id)]);
            let refused =
                t.provider.token(None, &params, crate::flow::ADDRESS, &DpopRequest::default()).await.unwrap_err();
            match t.provider.explain(refused, None, &params) {
                Error::OAuth(error) => uris.push(error.uri.unwrap()),
                other => panic!("{other:?}"),
            }
        }
        t.provider.flush().await;
        let shape = |uri: &str| (uri.len(), uri.rsplit_once('-').unwrap().0.to_owned());
        assert_eq!(shape(&uris[0]), shape(&uris[1]));
        assert!(uris[0].starts_with("http://127.0.0.1:8080/errors/invalid_client-") && uris[0] != uris[1]);
        assert_eq!(t.number("select count(*) from problems").await, 1);
        assert_eq!(app.problems().await[0].finding.fault, Fault::SecretMissing);
    })
    .await;
}
