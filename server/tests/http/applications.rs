//! Applications of a developer: register, edit, rotate, delete (row S3).

use crate::harness::{AuthRequest, Browser, Call, Form, Reply, SPA, Test, Tokens, VERIFIER, secret_in};

pub const NEW: &str = "/developer/applications/new";
pub const CALLBACK: &str = "https://printer.example/callback";

pub async fn filled(browser: &Browser) -> Form {
    let form = browser.form(NEW, NEW).await;
    form.with("name", "Photo Printer").with("redirect_uri", CALLBACK).with("intent", "register")
}

/// A registered application of `ada`.
pub struct Application {
    pub id: String,
    pub secret: String,
}

pub async fn register(browser: &Browser) -> Application {
    let reply = browser.submit(&filled(browser).await).await;
    assert_eq!(reply.status, 200, "{:?}", reply.body);
    let text = reply.text();
    let id = text.split_once("<code id=\"client-id\" dir=\"ltr\">").unwrap().1.split_once('<').unwrap().0;
    Application { id: id.to_owned(), secret: secret_in(&text, "jtn_cs_") }
}

impl Application {
    pub fn path(&self, rest: &str) -> String {
        format!("/developer/applications/{}{rest}", self.id)
    }

    fn ask(&self) -> AuthRequest {
        AuthRequest::of(&SPA).with("client_id", &self.id).with("redirect_uri", CALLBACK)
    }

    pub async fn exchange(&self, test: &Test, secret: &str, code: &str) -> Reply {
        let pairs = [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", CALLBACK)];
        let pairs = [&pairs[..], &[("code_verifier", VERIFIER)]].concat();
        test.send(Call::post("/oauth2/token", &pairs).basic(&self.id, secret)).await
    }

    /// Whether this secret opens the introspection endpoint.
    pub async fn opens(&self, test: &Test, secret: &str) -> bool {
        test.send(Call::post("/oauth2/introspect", &[("token", "x")]).basic(&self.id, secret)).await.status == 200
    }
}

#[tokio::test]
async fn a_registered_application_works_and_its_secret_is_shown_once() {
    let test = Test::new().await;
    let ada = test.signed_in("ada").await;
    let app = register(&ada).await;
    let code = ada.code(&app.ask()).await;
    assert_eq!(app.exchange(&test, &app.secret, &code).await.status, 200);
    for path in [app.path(""), "/developer/applications".to_owned()] {
        let text = ada.get(&path).await.text();
        assert!(text.contains("Photo Printer") && !text.contains(&app.secret), "{path}");
    }
}

#[tokio::test]
async fn the_same_form_registers_once() {
    let test = Test::new().await;
    let ada = test.signed_in("ada").await;
    let form = filled(&ada).await;
    assert!(ada.submit(&form).await.text().contains("jtn_cs_"));
    let again = ada.submit(&form).await.text();
    assert!(again.contains("already registered") && !again.contains("jtn_cs_"));
    assert_eq!(test.provider.applications(test.id_of("ada").await).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_faulty_form_comes_back_with_what_was_typed() {
    let test = Test::new().await;
    let ada = test.signed_in("ada").await;
    let empty = ada.submit(&filled(&ada).await.with("name", "").with("redirect_uri", "")).await;
    assert_eq!(empty.status, 422);
    assert!(empty.text().contains("Enter a name") && empty.text().contains("Enter a redirect URL"));
    for uri in
        ["javascript:alert(1)", "http://printer.example/", "https://printer.example/#x", "https://*.example/", "x"]
    {
        let reply = ada.submit(&filled(&ada).await.with("redirect_uri", uri)).await;
        assert_eq!(reply.status, 422, "{uri}");
        let form = Form::find(&reply.text(), NEW).unwrap();
        assert_eq!((form.value("name"), form.value("redirect_uri")), (Some("Photo Printer"), Some(uri)));
    }
    for name in ["evil\u{202e}name", "zero\u{200b}width", &"x".repeat(101)] {
        assert_eq!(ada.submit(&filled(&ada).await.with("name", name)).await.status, 422, "{name}");
    }
    let more = ada.submit(&filled(&ada).await.with("intent", "add")).await;
    let rows = Form::find(&more.text(), NEW).unwrap().fields.iter().filter(|(name, _)| name == "redirect_uri").count();
    assert_eq!((more.status, rows), (200, 2));
    assert!(test.provider.applications(test.id_of("ada").await).await.unwrap().is_empty());
}

#[tokio::test]
async fn fields_that_are_not_on_the_form_change_nothing() {
    let test = Test::new().await;
    let ada = test.signed_in("ada").await;
    let hostile = filled(&ada).await.with("first_party", "1").with("owner_id", "99").with("grant_types", "password");
    let hostile = hostile.with("client_id", "web").with("scope", "introspect").with("is_admin", "true");
    assert_eq!(ada.submit(&hostile).await.status, 200);
    let id = test.provider.applications(test.id_of("ada").await).await.unwrap().remove(0).client_id;
    let client = test.provider.show_client(&id).await.unwrap();
    assert!(!client.first_party && client.owner == Some(test.id_of("ada").await) && id != "web");
    assert!(client.may(oauth::GrantType::Password).is_err());
}

#[tokio::test]
async fn saving_what_is_there_changes_nothing_and_saving_a_change_works_at_once() {
    let test = Test::new().await;
    let ada = test.signed_in("ada").await;
    let app = register(&ada).await;
    let before = test.provider.show_client(&app.id).await.unwrap();
    let form = ada.form(&app.path(""), &app.path("")).await.with("intent", "save");
    assert_eq!(ada.submit(&form).await.status, 303);
    let after = test.provider.show_client(&app.id).await.unwrap();
    assert_eq!(oauth::Client { version: before.version, ..after.clone() }, before);
    let stale = ada.submit(&form.clone().with("name", "Stale")).await;
    assert_eq!(stale.status, 422);
    assert!(stale.text().contains("Someone changed this. Here is what differs."));
    let form = ada.form(&app.path(""), &app.path("")).await.with("intent", "save").with("type", "native");
    let moved = form.with("redirect_uri", "https://printer.example/new");
    assert_eq!(ada.submit(&moved).await.status, 303);
    assert!(ada.get(&app.path("")).await.text().contains("Changes saved"));
    assert_eq!(ada.authorize(&app.ask()).await.status, 400);
    let asked = ada.authorize(&app.ask().with("redirect_uri", "https://printer.example/new")).await;
    assert!(asked.text().contains("consent-allow"));
    assert_eq!(test.provider.show_client(&app.id).await.unwrap().kind, oauth::ClientKind::Confidential);
}

#[tokio::test]
async fn a_rotated_secret_overlaps_with_the_old_one_as_chosen() {
    let test = Test::new().await;
    let ada = test.signed_in("ada").await;
    let app = register(&ada).await;
    let rotate = async |until: &str| {
        let browser = test.signed_in("ada").await;
        let form = browser.form(&app.path("/rotate"), &app.path("/rotate")).await;
        assert_eq!(form.value("old_secret_until"), Some("day"));
        secret_in(&browser.submit(&form.with("old_secret_until", until)).await.text(), "jtn_cs_")
    };
    let second = rotate("day").await;
    assert!(app.opens(&test, &app.secret).await && app.opens(&test, &second).await);
    test.clock.advance(86_399);
    assert!(app.opens(&test, &app.secret).await);
    test.clock.advance(1);
    assert!(!app.opens(&test, &app.secret).await && app.opens(&test, &second).await);
    let third = rotate("week").await;
    test.clock.advance(7 * 86_400 - 1);
    assert!(app.opens(&test, &second).await && app.opens(&test, &third).await);
    let fourth = rotate("now").await;
    assert!(!app.opens(&test, &second).await && !app.opens(&test, &third).await && app.opens(&test, &fourth).await);
}

#[tokio::test]
async fn an_application_that_people_use_is_deleted_by_its_name_with_everything() {
    let test = Test::new().await;
    let ada = test.signed_in("ada").await;
    let app = register(&ada).await;
    let code = ada.code(&app.ask()).await;
    let tokens = Tokens::of(&app.exchange(&test, &app.secret, &code).await);
    let form = ada.form(&app.path("/delete"), &app.path("/delete")).await;
    for name in ["", "photo printer"] {
        let reply = ada.submit(&form.clone().with("confirm_name", name)).await;
        assert_eq!(reply.status, 422, "{name}");
        assert!(reply.text().contains("Enter the name of the application"));
    }
    assert!(test.is_active(&tokens.access).await);
    let done = ada.submit(&form.with("confirm_name", "Photo Printer")).await;
    assert_eq!((done.status, done.location()), (303, "/developer/applications"));
    assert!(ada.get("/developer/applications").await.text().contains("Application “Photo Printer” deleted"));
    assert!(!test.is_active(&tokens.access).await);
    assert_eq!(ada.get(&app.path("")).await.status, 404);
    let unused = register(&ada).await;
    let form = ada.form(&unused.path("/delete"), &unused.path("/delete")).await;
    assert_eq!(ada.submit(&form).await.status, 303);
}
