//! HTML tests of the developer area: texts, languages, untrusted values.

use super::{NASTY, frame};
use crate::api::Translator;
use crate::pages::{self, ApplicationDialog, ApplicationPage, ApplicationsPage, DeveloperPage, RegisterPage};
use crate::{Frame, FrameUser, Language};
use oauth::answer::{ApplicationAnswer, FieldMessage};
use oauth::form::ClientForm;
use oauth::problem::{Difference, Fault, Finding};
use oauth::view::{ApplicationView, ProblemView, ScopeChoice, SecretView};
use oauth::{ClientKind, ErrorCode, Timestamp};

const START: Timestamp = Timestamp::from_seconds(0);

fn stored(name: &str) -> ApplicationView {
    let secret = |hint: &str, expires_at| SecretView { hint: hint.to_owned(), created_at: START, expires_at };
    ApplicationView {
        client_id: "c_1".to_owned(),
        name: name.to_owned(),
        description: "1".to_owned(),
        kind: ClientKind::Confidential,
        redirect_uris: vec!["http://localhost/1".to_owned()],
        require_pkce: true,
        optional_scopes: vec!["1".to_owned()],
        people: 2,
        created_at: START,
        secrets: vec![secret("1", None), secret("2", Some(START))],
        by_key: false,
        version: 7,
        last_used: None,
    }
}

fn problem(fault: Fault) -> ProblemView {
    ProblemView {
        id: "p1".to_owned(),
        code: ErrorCode::InvalidRequest,
        finding: Finding::new(fault, "redirect_uri").sent("https://a.example/cb").expected("1").aged(7, 3),
        difference: Some(Difference { nearest: "https://a.example/callback".to_owned(), at: 19 }),
        times: 3,
        first_at: START,
        last_at: START,
        by_owner: true,
        may_add: true,
    }
}

/// A problem in which this was received.
fn received(sent: &str) -> ProblemView {
    let problem = problem(Fault::NotRegistered);
    ProblemView { finding: problem.finding.clone().sent(sent), ..problem }
}

fn page(application: ApplicationView) -> ApplicationPage {
    ApplicationPage {
        sign_out: oauth::form::SignOutForm::default(),
        tokens: 2,
        form: ClientForm::from(&application),
        application,
        errors: Vec::new(),
        changed: None,
        problems: Vec::new(),
        scopes: vec![ScopeChoice { name: "1".to_owned(), title: "2".to_owned(), allowed: true }],
        dialog: None,
        issuer: "https://id.example".to_owned(),
    }
}

fn shown(page: ApplicationPage) -> String {
    pages::application(&frame(), page)
}

/// Every page of the area, in every state, in this frame; what people chose is called so.
fn every_page(frame: &Frame, name: &str) -> Vec<String> {
    let application = stored(name);
    // What stands in a field is what was typed, to the letter.
    let form = || ClientForm { name: "5".to_owned(), ..ClientForm::from(&application) };
    let page = || ApplicationPage { form: form(), ..page(application.clone()) };
    let typed = ClientForm { name: "3".to_owned(), require_pkce: false, ..ClientForm::default() };
    let translator = Translator(frame.language);
    let message = |field: &str, key| FieldMessage { field: field.to_owned(), text: frame.language.translate(key) };
    let errors = vec![message("name", "name-missing"), message("redirect_uri_1", "uri-missing")];
    let register =
        |errors| RegisterPage { form: typed.clone(), errors, scopes: page().scopes, form_id: "f".to_owned() };
    let faults = Fault::ALL.map(|(fault, _)| problem(fault)).to_vec();
    let public = ApplicationView { kind: ClientKind::Public, secrets: Vec::new(), people: 0, ..application.clone() };
    let by_key = ApplicationView { by_key: true, secrets: Vec::new(), ..application.clone() };
    let answers = [
        translator.registered("c_1".to_owned(), Some("1".to_owned()), "https://id.example"),
        ApplicationAnswer::AlreadyRegistered("c_1".to_owned()),
        ApplicationAnswer::Rotate(translator.ask_rotate(&application, "f".to_owned())),
        ApplicationAnswer::NewSecret("1".to_owned()),
        ApplicationAnswer::AlreadyRotated,
    ];
    let dialogs = [
        ApplicationDialog::AddUrl { problem: "p1".to_owned(), uri: "https://a.example/".to_owned() },
        ApplicationDialog::Delete { errors: vec![message("confirm_name", "application-name-needed")] },
    ];
    let dialogs = answers.into_iter().map(ApplicationDialog::Answer).chain(dialogs);
    let changed = Some(translator.changed(&application, &typed));
    let list = |applications, may_register| pages::applications(frame, ApplicationsPage { applications, may_register });
    let api =
        |may_register| pages::developer(frame, DeveloperPage { may_register, issuer: "https://id.example".to_owned() });
    let mut all = vec![
        api(true),
        api(false),
        list(Some(vec![application.clone()]), true),
        list(Some(Vec::new()), true),
        list(Some(Vec::new()), false),
        list(None, true),
        pages::register(frame, register(Vec::new())),
        pages::register(frame, register(errors)),
        pages::not_allowed_to_register(frame),
        pages::application(frame, ApplicationPage { changed, form: typed.clone(), ..page() }),
        pages::application(frame, ApplicationPage { problems: faults, ..page() }),
        pages::application(frame, ApplicationPage { application: public, tokens: 0, ..page() }),
        pages::application(frame, ApplicationPage { application: by_key, tokens: 0, ..page() }),
    ];
    all.extend(dialogs.map(|dialog| pages::application(frame, ApplicationPage { dialog: Some(dialog), ..page() })));
    all
}

/// The texts of a page and the attributes that are read out, without names, values and code.
pub(super) fn visible_text(html: &str) -> String {
    let mut text = html.to_owned();
    for silent in ["code", "bdi", "option", "textarea", "leptos-island", "script"] {
        let (start, end) = (format!("<{silent}"), format!("</{silent}>"));
        let mut parts = text.split(&start);
        let first = parts.next().unwrap().to_owned();
        text = parts.fold(first, |kept, part| kept + part.split_once(&end).map_or("", |(_, rest)| rest));
    }
    let heard = |tag: &str| {
        let of = |name: &str| tag.split_once(name).and_then(|(_, rest)| rest.split('"').next()).map(str::to_owned);
        ["aria-label=\"", "data-label=\"", "title=\""].iter().filter_map(|name| of(name)).collect::<String>()
    };
    let pieces = text.split('<').skip(1).filter_map(|part| part.split_once('>'));
    pieces.map(|(tag, text)| format!("{} {text}\n", heard(tag))).collect()
}

#[test]
fn the_developer_area_has_no_words_of_its_own() {
    let user = Some(FrameUser { username: "1".to_owned(), administrator: false });
    let accented = Frame { language: Language::accented(), operator: "2".to_owned(), user, ..frame() };
    for html in every_page(&accented, "4") {
        let products = ["{number}", "curl", "Node.js", "openid-client", "Python", "Authlib", "Swagger UI"];
        let visible_text = visible_text(&html).replace("&amp;", "&");
        let visible_text =
            products.iter().fold(visible_text, |visible_text, product| visible_text.replace(product, ""));
        let plain: Vec<&str> = visible_text
            .split(|letter: char| !letter.is_alphabetic())
            .filter(|run| run.len() > 2 && run.is_ascii())
            .collect();
        assert_eq!(plain, Vec::<&str>::new(), "{html}");
    }
    let english = visible_text(&every_page(&frame(), "4")[0]);
    assert!(english.contains("Check a token"), "the test sees words: {english}");
}

#[test]
fn every_page_of_it_speaks_german() {
    let german = Frame { language: Language::german(), ..frame() };
    let title = |html: &str| html.split_once("<title>").unwrap().1.split_once(" –").unwrap().0.to_owned();
    let titles: Vec<String> = every_page(&german, "Drucker").iter().map(|html| title(html)).collect();
    for expected in ["API", "OAuth2-Anwendungen", "Anwendung registrieren", "Fehler: Anwendung registrieren", "Drucker"]
    {
        assert!(titles.iter().any(|title| title == expected), "{expected} in {titles:?}");
    }
}

#[test]
fn what_people_called_things_is_text_and_forms_are_guarded() {
    for html in every_page(&frame(), NASTY) {
        // What stands in a field is what was typed, whatever it is.
        let shown: String =
            html.split(" value=\"").map(|part| part.split_once('"').map_or(part, |(_, rest)| rest)).collect();
        assert!(!html.contains("<script>alert") && !html.contains(" style="), "{html}");
        assert!(!shown.contains('\u{202e}'), "{html}");
        for form in html.split("<form ").skip(1).filter(|form| form.starts_with("method=\"post\"")) {
            assert!(form.split("</form>").next().unwrap().contains("name=\"csrf\" value=\"c5rf\""), "{form}");
        }
    }
}

#[test]
fn a_list_that_cannot_be_loaded_says_so_and_offers_to_try_again() {
    let frame = Frame { here: "/developer/applications".to_owned(), ..frame() };
    let list = |applications| pages::applications(&frame, ApplicationsPage { applications, may_register: true });
    let broken = list(None);
    assert!(broken.contains("We could not load your applications. Nothing has changed."), "{broken}");
    assert!(broken.contains(">Try again</a>") && broken.contains("<h1>"), "{broken}");
    assert!(!broken.contains("No applications yet") && list(Some(Vec::new())).contains("No applications yet"));
}

#[test]
fn the_first_character_that_differs_is_marked() {
    let html = shown(ApplicationPage { problems: vec![problem(Fault::NotRegistered)], ..page(stored("Printer")) });
    for part in ["https://a.example/c<mark>b</mark>", "https://a.example/c<mark>a</mark>llback", "3 times"] {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert!(html.contains("number 20,") && html.contains("redirect_uri</code> is not registered"), "{html}");
    let cut = received("https://a.example/c");
    let html = shown(ApplicationPage { problems: vec![cut], ..page(stored("Printer")) });
    assert!(html.contains("ends before character 20") && html.matches("<mark>").count() == 1, "{html}");
}

#[test]
fn a_strangers_address_is_cut_and_has_no_button() {
    let sent = format!("https://evil.example/\u{202e}<b>{}", "x".repeat(2000));
    let stranger = ProblemView { difference: None, may_add: false, ..received(&sent) };
    let html = shown(ApplicationPage { problems: vec![stranger], ..page(stored("Printer")) });
    assert!(html.contains("https://evil.example/&lt;b&gt;xxx") && !html.contains(&"x".repeat(513)), "{html}");
    assert!(!html.contains(">Add this URL<") && !html.contains("href=\"https://evil"), "{html}");
    let own = shown(ApplicationPage { problems: vec![problem(Fault::NotRegistered)], ..page(stored("Printer")) });
    assert!(own.contains("action=\"/developer/applications/c_1/problems/p1/add\"") && own.contains(">Add this URL<"));
    assert!(!shown(page(stored("Printer"))).contains(">Recent problems<"));
}

#[test]
fn an_address_on_another_host_is_to_be_typed() {
    let is_to_be_typed = |view: ProblemView| {
        let html = shown(ApplicationPage { problems: vec![view], ..page(stored("Printer")) });
        html.contains("If this address is yours, type it under Redirect URLs.")
    };
    let elsewhere = |sent: &str| ProblemView { difference: None, may_add: false, ..received(sent) };
    assert!(is_to_be_typed(elsewhere("https://other.example/cb")));
    assert!(
        !is_to_be_typed(elsewhere("http://other.example/cb")) && !is_to_be_typed(elsewhere("https://other.example/…"))
    );
    assert!(!is_to_be_typed(ProblemView { may_add: true, ..elsewhere("https://other.example/cb") }));
    assert!(!is_to_be_typed(ProblemView { may_add: false, ..problem(Fault::Missing) }));
}

#[test]
fn an_address_is_added_after_a_question_that_names_its_host() {
    let uri = "https://printer.example:8443/cb".to_owned();
    let dialog = Some(ApplicationDialog::AddUrl { problem: "p1".to_owned(), uri });
    let html = shown(ApplicationPage { dialog, ..page(stored("Printer")) });
    let asked = html.split_once("id=\"add-url\"").unwrap().1;
    assert!(asked.contains("People will be sent to <bdi>printer.example:8443</bdi>. Is that yours?"), "{asked}");
    assert!(asked.contains("name=\"version\" value=\"7\"") && asked.contains("problems/p1/add"), "{asked}");
}
