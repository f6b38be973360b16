//! Server functions about a developer's applications: they answer as the forms do, and are
//! idempotent by `form_id`.

use crate::applications::{CALLBACK, NEW, filled, register};
use crate::harness::{AuthRequest, Browser, Form, Reply, SPA, Test, secret_in, unescape};
use crate::server_functions::{Page, kind, refused};
use oauth::answer::{ApplicationAnswer, ApplicationNow, ChangedField, FieldMessage, Piece};

/// What is typed into the form of an application, as the island sends it.
fn encoded(name: &str, uris: &[&str], more: &[(&str, &str)]) -> String {
    let mut call = url::form_urlencoded::Serializer::new(String::new());
    call.append_pair("form[name]", name).append_pair("form[description]", "");
    for (at, uri) in uris.iter().enumerate() {
        call.append_pair(&format!("form[redirect_uris][{at}]"), uri);
    }
    for (at, scope) in more.iter().filter(|(field, _)| *field == "optional_scope").enumerate() {
        call.append_pair(&format!("form[optional_scopes][{at}]"), scope.1);
    }
    call.append_pair("form[kind]", "confidential").append_pair("form[require_pkce]", "true");
    for (field, value) in more.iter().filter(|(field, _)| *field != "optional_scope") {
        call.append_pair(field, value);
    }
    call.finish()
}

/// The same as the plain form sends it.
fn plain(form: Form, name: &str, uris: &[&str], scopes: &[&str]) -> Form {
    let fields = form.fields.into_iter().filter(|(field, _)| field != "redirect_uri" && field != "optional_scope");
    let form = Form { fields: fields.collect(), action: form.action }.with("name", name);
    let form = uris.iter().fold(form, |form, uri| form.also("redirect_uri", uri));
    scopes.iter().fold(form, |form, scope| form.also("optional_scope", scope))
}

const LONG: &str =
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

/// Name, addresses and scopes that people may leave out.
const TYPED: [(&str, &[&str], &[&str]); 9] = [
    ("", &[], &[]),
    ("n", &[""], &[]),
    (LONG, &[CALLBACK], &[]),
    ("\u{202e}n", &[CALLBACK, CALLBACK], &[]),
    ("n", &["https://printer.example/#x", " ", "javascript:alert(1)"], &[]),
    ("n", &[CALLBACK], &["nonsense"]),
    ("n", &[CALLBACK], &["introspect"]),
    (" n ", &[" https://printer.example/a ", "https://printer.example/a", ""], &["read"]),
    ("<b>n</b>", &["http://127.0.0.1/cb"], &["read", "read"]),
];

#[tokio::test]
async fn form_and_server_function_register_the_same() {
    let test = Test::new().await;
    let ada = test.signed_in("ada").await;
    let page = Page::of(&ada).await;
    for (at, (name, uris, scopes)) in TYPED.into_iter().enumerate() {
        let form = plain(ada.form(NEW, NEW).await, name, uris, scopes).with("intent", "register");
        let plain = ada.submit(&form.with("form_id", &format!("p{at}"))).await;
        let more: Vec<_> = scopes.iter().map(|scope| ("optional_scope", *scope)).collect();
        let body = encoded(name, uris, &[&more[..], &[("form_id", &format!("c{at}"))]].concat());
        let called = ada.send(page.call("/ui/applications/register", &body)).await;
        same(&plain, &called, &format!("{name} {uris:?} {scopes:?}"));
        let made = matches!(called.answer(), ApplicationAnswer::Registered(_));
        assert_eq!(plain.text().contains("id=\"new-client-secret\""), made, "{name} {uris:?} {scopes:?}");
    }
    let mut all = test.provider.applications(test.id_of("ada").await).await.unwrap();
    all.sort_by_key(|view| view.name.clone());
    let shape = |view: &oauth::view::ApplicationView| {
        (view.name.clone(), view.redirect_uris.clone(), view.optional_scopes.clone())
    };
    assert_eq!(all.len(), 4);
    for pair in all.chunks(2) {
        assert_eq!(shape(&pair[0]), shape(&pair[1]));
    }
}

/// Both were refused for the same reasons, or neither was.
fn same(plain: &Reply, called: &Reply, told: &str) {
    assert_eq!(called.status, 200, "{told}");
    let (html, answer): (_, ApplicationAnswer) = (unescape(&plain.text()), called.answer());
    assert_eq!(plain.status == 422, answer.is_refused(), "{told}: {answer:?}");
    let ApplicationAnswer::Refused(problems) = answer else { return };
    for FieldMessage { field, text } in problems {
        let line = format!("<a href=\"#{field}\">{text}</a>");
        assert!(html.contains(&line), "{told}: {line} in {html}");
    }
}

#[tokio::test]
async fn form_and_server_function_save_the_same() {
    let test = Test::new().await;
    let ada = test.signed_in("ada").await;
    let (one, other) = (register(&ada).await, register(&ada).await);
    let page = Page::of(&ada).await;
    for (name, uris, scopes) in TYPED {
        let form = plain(ada.form(&one.path(""), &one.path("")).await, name, uris, scopes).with("intent", "save");
        let plain = ada.submit(&form).await;
        let version = test.provider.show_client(&other.id).await.unwrap().version.to_string();
        let more: Vec<_> = scopes.iter().map(|scope| ("optional_scope", *scope)).collect();
        let body = encoded(name, uris, &[&more[..], &[("id", &other.id), ("version", &version)]].concat());
        let called = ada.send(page.call("/ui/applications/save", &body)).await;
        same(&plain, &called, &format!("{name} {uris:?} {scopes:?}"));
        if plain.status == 303 {
            let saved = saved(called.answer());
            assert_eq!(saved.version, version.parse::<i64>().unwrap() + 1);
            assert_eq!(saved.announcement, "Changes saved. They are in effect now.");
        }
    }
    let (one, other) =
        (test.provider.show_client(&one.id).await.unwrap(), test.provider.show_client(&other.id).await.unwrap());
    assert_eq!((one.name, one.redirect_uris, one.version), (other.name, other.redirect_uris, other.version));
}

#[expect(clippy::panic, reason = "the test ends here")]
fn saved(answer: ApplicationAnswer) -> oauth::answer::SavedApplication {
    match answer {
        ApplicationAnswer::Saved(saved) => saved,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_somebody_else_saved_meanwhile_stands_beside_what_was_typed() {
    let test = Test::new().await;
    let ada = test.signed_in("ada").await;
    let app = register(&ada).await;
    let page = Page::of(&ada).await;
    let save = async |name: &str, version: &str| -> ApplicationAnswer {
        let body = encoded(name, &[CALLBACK], &[("id", &app.id), ("version", version)]);
        ada.send(page.call("/ui/applications/save", &body)).await.answer()
    };
    assert_eq!(saved(save("Theirs", "1").await).name, "Theirs");
    let ApplicationAnswer::Changed(changed) = save("Mine", "1").await else { unreachable!() };
    let row = |field: &str, stored: &str, typed: &str| ChangedField {
        field: field.to_owned(),
        stored: vec![stored.to_owned()],
        typed: vec![typed.to_owned()],
    };
    assert_eq!((changed.version, changed.rows), (2, vec![row("Name", "Theirs", "Mine")]));
    assert_eq!(saved(save("Theirs", "1").await).version, 2, "the same has nothing to settle");
    assert_eq!(saved(save("Mine", "2").await).version, 3);
}

fn holds(reply: &Reply, secret: &str) -> bool {
    reply.body.windows(secret.len()).any(|part| part == secret.as_bytes())
}

#[tokio::test]
async fn a_second_press_of_rotate_makes_no_second_secret_and_shows_none() {
    let test = Test::new().await;
    let ada = test.signed_in("ada").await;
    let app = register(&ada).await;
    let page = Page::of(&ada).await;
    let body = format!("id={}&old_until=now&form_id=f1", app.id);
    let answers = [
        ada.send(page.call("/ui/applications/ask_rotate", &format!("id={}", app.id))).await,
        ada.send(page.call("/ui/applications/rotate", &body)).await,
        ada.send(page.call("/ui/applications/rotate", &body)).await,
        ada.send(page.call("/ui/applications/now", &format!("id={}", app.id))).await,
        ada.get(&app.path("")).await,
        ada.get(&app.path("/rotate")).await,
    ];
    let ApplicationAnswer::NewSecret(secret) = answers[1].answer() else { unreachable!() };
    assert_eq!(answers[2].answer::<ApplicationAnswer>(), ApplicationAnswer::AlreadyRotated);
    assert!(app.opens(&test, &secret).await && !app.opens(&test, &app.secret).await);
    assert_eq!(answers.iter().filter(|answer| holds(answer, &secret)).count(), 1);
    let form = ada.form(&app.path("/rotate"), &app.path("/rotate")).await;
    let third = secret_in(&ada.submit(&form).await.text(), "jtn_cs_");
    let again = ada.submit(&form).await.text();
    assert!(again.contains("<dialog id=\"new-secret\"") && !again.contains("jtn_cs_"), "{again}");
    assert!(app.opens(&test, &third).await && app.opens(&test, &secret).await);
}

#[tokio::test]
async fn a_second_press_of_register_is_the_same_act() {
    let test = Test::new().await;
    let ada = test.signed_in("ada").await;
    let page = Page::of(&ada).await;
    let body = encoded("n", &[CALLBACK], &[("form_id", "f1")]);
    let first: ApplicationAnswer = ada.send(page.call("/ui/applications/register", &body)).await.answer();
    let ApplicationAnswer::Registered(made) = first else { unreachable!() };
    assert_eq!(made.endpoints[0], ("Issuer".to_owned(), test.provider.settings().issuer.clone()));
    let again = ada.send(page.call("/ui/applications/register", &body)).await;
    assert_eq!(again.answer::<ApplicationAnswer>(), ApplicationAnswer::AlreadyRegistered(made.client_id));
    assert!(!holds(&again, &made.secret.unwrap()));
    // By the form, too.
    let plain = ada.submit(&filled(&ada).await.with("form_id", "f1")).await.text();
    assert!(plain.contains("<dialog id=\"registered\""), "{plain}");
    assert_eq!(test.provider.applications(test.id_of("ada").await).await.unwrap().len(), 1);
}

#[tokio::test]
async fn an_application_of_somebody_else_is_not_there_for_any_call() {
    let test = Test::new().await;
    test.user("bob").await;
    test.partial_user("guest", "read").await;
    let (ada, bob, guest) = (test.signed_in("ada").await, test.signed_in("bob").await, test.signed_in("guest").await);
    let app = register(&ada).await;
    let save = encoded("n", &[CALLBACK], &[("id", &app.id), ("version", "1")]);
    let faulty = encoded("", &[], &[("id", &app.id), ("version", "1")]);
    let id = format!("id={}", app.id);
    let rotate = format!("{id}&old_until=now&form_id=f");
    for (path, body) in [
        ("/ui/applications/now", &id),
        ("/ui/look/application", &id),
        ("/ui/applications/save", &save),
        ("/ui/applications/save", &faulty),
        ("/ui/applications/ask_rotate", &id),
        ("/ui/applications/rotate", &rotate),
        ("/ui/applications/clear_problems", &id),
    ] {
        for browser in [&bob, &guest] {
            let reply = browser.send(Page::of(browser).await.call(path, body)).await;
            assert_eq!(kind(&reply), refused(404, "NotFound"), "{path}");
        }
    }
    assert!(app.opens(&test, &app.secret).await);
    let register = encoded("n", &[CALLBACK], &[("form_id", "f")]);
    let partial = guest.send(Page::of(&guest).await.call("/ui/applications/register", &register)).await;
    assert_eq!(kind(&partial), refused(404, "NotFound"));
    assert!(test.provider.applications(test.id_of("guest").await).await.unwrap().is_empty());
}

#[tokio::test]
async fn recent_problems_are_listed_and_cleared() {
    let test = Test::new().await;
    let ada = test.signed_in("ada").await;
    let app = register(&ada).await;
    let ask = AuthRequest::of(&SPA).with("client_id", &app.id).with("redirect_uri", "https://printer.example/cb");
    assert_eq!(ada.authorize(&ask).await.status, 400);
    test.provider.flush().await;
    let page = Page::of(&ada).await;
    let id = format!("id={}", app.id);
    let look = async |browser: &Browser| -> ApplicationNow {
        browser.send(page.call("/ui/look/application", &id)).await.answer()
    };
    let before = look(&ada).await;
    let problem = &before.problems[0];
    assert_eq!((problem.times.as_str(), problem.may_add), ("Once", true));
    assert_eq!(problem.facts[0].1[1], Piece::Mark("b".to_owned()), "{problem:?}");
    let cleared: ApplicationAnswer = ada.send(page.call("/ui/applications/clear_problems", &id)).await.answer();
    assert_eq!(cleared, ApplicationAnswer::Cleared("Recent problems cleared".to_owned()));
    let after = look(&ada).await;
    assert!(after.problems.is_empty() && after.seen != before.seen && after.secrets == before.secrets);
}
