//! The developer area: API, applications, one application.

use crate::samples::{self, at, errors, form};
use crate::states::State;
use crate::{ada, in_language};
use app::pages::{self, ApplicationDialog, ApplicationPage, ApplicationsPage, DeveloperPage, RegisterPage};
use app::{Frame, Language};
use oauth::answer::{
    ApplicationAnswer, ChangedApplication, ChangedField, FieldMessage, RegisteredApplication, RotateQuestion,
};
use oauth::form::{ClientForm, FieldError};
use oauth::problem::{Difference, Fault, Finding};
use oauth::view::{ApplicationView, ProblemView};
use oauth::{ClientKind, ErrorCode};

const LONG: &str = "<b>مرحبا</b> 🎉 a name that is rather long, as people will choose them for what they are proud of";

pub(crate) fn all() -> Vec<State> {
    [lists(), register(), application(), dialogs(), languages()].concat()
}

/// Validation errors, translated.
fn messages(errors: &[FieldError]) -> Vec<FieldMessage> {
    let messages = |error: &FieldError| FieldMessage {
        field: error.field.clone(),
        text: Language::ENGLISH.translate_message(&error.message),
    };
    errors.iter().map(messages).collect()
}

fn issuer() -> String {
    "https://id.example.com".to_owned()
}

fn list(frame: &Frame, applications: Option<Vec<ApplicationView>>, may_register: bool) -> String {
    pages::applications(frame, ApplicationsPage { applications, may_register })
}

fn long() -> ApplicationView {
    let uri = format!("https://printer.example/{}", "callback/".repeat(40));
    let (people, last_used) = (0, None);
    ApplicationView { name: LONG.to_owned(), redirect_uris: vec![uri], people, last_used, ..samples::application() }
}

fn lists() -> Vec<State> {
    let frame = ada("/developer");
    let api = |may_register| pages::developer(&frame, DeveloperPage { may_register, issuer: issuer() });
    vec![
        ("developer", api(true)),
        ("developer-partial", api(false)),
        ("applications", list(&frame, Some(vec![samples::application(), long()]), true)),
        ("applications-empty", list(&frame, Some(Vec::new()), true)),
        ("applications-partial", list(&frame, Some(Vec::new()), false)),
        ("applications-not-loaded", list(&frame, None, true)),
    ]
}

fn blank() -> RegisterPage {
    RegisterPage {
        form: ClientForm::default(),
        errors: Vec::new(),
        scopes: samples::choices(),
        form_id: "form-2".to_owned(),
    }
}

fn register() -> Vec<State> {
    let frame = ada("/developer/applications/new");
    let refused = RegisterPage {
        form: form("", &["https://printer.example/#x", "http://localhost/cb"]),
        errors: messages(&errors(&[("name", "name-missing"), ("redirect_uri_1", "uri-fragment")])),
        ..blank()
    };
    vec![
        ("register", pages::register(&frame, blank())),
        ("register-refused", pages::register(&frame, refused)),
        ("register-not-allowed", pages::not_allowed_to_register(&frame)),
    ]
}

fn sign_out() -> oauth::form::SignOutForm {
    let addresses =
        vec!["https://printer.example/out".to_owned(), format!("https://printer.example/{}", "w".repeat(90))];
    oauth::form::SignOutForm { addresses, back_channel: "http://printer.example/hear".to_owned() }
}

fn shown(application: ApplicationView) -> ApplicationPage {
    ApplicationPage {
        sign_out: oauth::form::SignOutForm::default(),
        tokens: 7,
        form: ClientForm::from(&application),
        application,
        errors: Vec::new(),
        changed: None,
        problems: Vec::new(),
        scopes: samples::choices(),
        dialog: None,
        issuer: issuer(),
    }
}

fn changed() -> ChangedApplication {
    let row = |field: &str, stored: &[&str], typed: &[&str]| ChangedField {
        field: field.to_owned(),
        stored: stored.iter().map(ToString::to_string).collect(),
        typed: typed.iter().map(ToString::to_string).collect(),
    };
    let rows = vec![
        row("Name", &["Photo Printer"], &["Photo Printer 2"]),
        row("Redirect URLs", &["https://printer.example/callback"], &["https://printer.example/callback", LONG]),
        row("People may leave these out", &["photos:read"], &[]),
    ];
    ChangedApplication { rows, version: 8 }
}

fn application() -> Vec<State> {
    let frame = ada("/developer/applications/c_8f2a91b7d0");
    let show = |page| pages::application(&frame, page);
    let public = ApplicationView { kind: ClientKind::Public, secrets: Vec::new(), ..long() };
    let typed = ClientForm {
        require_pkce: false,
        optional_scopes: Vec::new(),
        ..form("Photo Printer 2", &["https://printer.example/callback", "https://new.example/callback"])
    };
    let refused = messages(&errors(&[("backchannel_logout_uri", "client-https")]));
    let refused = ApplicationPage { sign_out: sign_out(), errors: refused, ..shown(samples::application()) };
    let changed = ApplicationPage { changed: Some(changed()), form: typed, ..shown(samples::application()) };
    vec![
        ("application", show(shown(samples::application()))),
        ("application-sign-out-refused", show(refused)),
        ("application-public", show(ApplicationPage { tokens: 0, ..shown(public) })),
        ("application-changed", show(changed)),
        ("application-problems", show(ApplicationPage { problems: problems(), ..shown(samples::application()) })),
    ]
}

fn problem(finding: Finding) -> ProblemView {
    let nearest = "https://printer.example/callback".to_owned();
    let difference = finding.sent.as_ref().map(|_| Difference { nearest, at: 25 });
    ProblemView {
        id: "invalid_request-0".to_owned(),
        code: ErrorCode::InvalidRequest,
        finding,
        difference,
        times: 3,
        first_at: at(3),
        last_at: at(1),
        by_owner: true,
        may_add: true,
    }
}

fn problems() -> Vec<ProblemView> {
    let long = format!("https://printer.example/c<b>\u{202e}{}", "x".repeat(700));
    let unknown = |uri: &str| problem(Finding::new(Fault::NotRegistered, "redirect_uri").sent(uri));
    let expired = problem(Finding::new(Fault::Expired, "code").aged(601, 60));
    vec![
        unknown("https://printer.example/cb"),
        ProblemView { may_add: false, ..unknown(&long) },
        ProblemView { times: 1, may_add: false, ..expired },
    ]
}

fn dialogs() -> Vec<State> {
    let frame = ada("/developer/applications/c_8f2a91b7d0");
    let show =
        |dialog| pages::application(&frame, ApplicationPage { dialog: Some(dialog), ..shown(samples::application()) });
    let client_id = || "c_8f2a91b7d0".to_owned();
    let answer = |answer| show(ApplicationDialog::Answer(answer));
    let secret = "jtn_cs_7Yp2QmXv9sLk3HdRtB8wZc5NfJg1UeAo4Ti6yVnMxPk3f9aBcDeF".to_owned();
    let endpoints = vec![("Issuer".to_owned(), issuer())];
    let registered = RegisteredApplication { client_id: client_id(), secret: Some(secret.clone()), endpoints };
    let rotate = RotateQuestion { client_id: client_id(), form_id: "form-3".to_owned(), third: Vec::new() };
    let uri = "https://printer.example/cb".to_owned();
    let add = ApplicationDialog::AddUrl { problem: "invalid_request-0".to_owned(), uri };
    let misnamed = messages(&errors(&[("confirm_name", "application-name-needed")]));
    vec![
        ("application-registered", answer(ApplicationAnswer::Registered(registered))),
        ("application-already", answer(ApplicationAnswer::AlreadyRegistered(client_id()))),
        ("application-rotate", answer(ApplicationAnswer::Rotate(rotate))),
        ("application-new-secret", answer(ApplicationAnswer::NewSecret(secret))),
        ("application-already-rotated", answer(ApplicationAnswer::AlreadyRotated)),
        ("application-add-url", show(add)),
        ("application-delete", show(ApplicationDialog::Delete { errors: misnamed })),
    ]
}

/// The widest pages in the other languages.
fn languages() -> Vec<State> {
    let de = in_language(&ada("/developer"), Language::parse("de").unwrap_or_default());
    let accented = in_language(&ada("/developer"), Language::accented());
    let mirrored = in_language(&ada("/developer"), Language::mirrored());
    let two = || Some(vec![samples::application(), long()]);
    let page = || shown(samples::application());
    let api = || DeveloperPage { may_register: true, issuer: issuer() };
    vec![
        ("de-developer", pages::developer(&de, api())),
        ("de-applications", list(&de, two(), true)),
        ("de-register", pages::register(&de, blank())),
        ("de-application", pages::application(&de, ApplicationPage { changed: Some(changed()), ..page() })),
        ("accented-applications", list(&accented, two(), true)),
        ("accented-application", pages::application(&accented, page())),
        ("mirrored-applications", list(&mirrored, two(), true)),
        ("mirrored-application", pages::application(&mirrored, page())),
    ]
}
