//! The pages around sign-in and the account, in every language.

use super::frame;
use crate::api::Translator;
use crate::pages::{
    self, AccountPage, AlreadyPage, ConnectionsPage, DeleteAccountPage, ForgotPage, List, NamePage, PasswordPage,
    SessionsPage, SetupPage, SignInNotice, SignInPage,
};
use crate::{Brand, Frame, Language};
use oauth::answer::SessionsDialog;
use oauth::device::Device;
use oauth::form::{FieldError, PersonName};
use oauth::view::{
    AccountDeletionView, AccountView, CheckEndpoint, ConnectionDetail, ConnectionView, OwnedApplication, ScopeView,
    SessionView, TokenCheck,
};
use oauth::{Access, Timestamp};

const NOTICES: [SignInNotice; 9] = [
    SignInNotice::Wrong,
    SignInNotice::Locked,
    SignInNotice::Throttled { until: Timestamp::from_seconds(0) },
    SignInNotice::Capped,
    SignInNotice::Busy,
    SignInNotice::Expired,
    SignInNotice::SignedOut,
    SignInNotice::SessionEnded,
    SignInNotice::Deleted,
];

fn connection() -> ConnectionView {
    let (name, title) = ("read".to_owned(), "12".to_owned());
    let scope = ScopeView { name, title, allowed: true, ..ScopeView::default() };
    ConnectionView {
        id: "g1".to_owned(),
        client_name: "12".to_owned(),
        owner: Some("grace".to_owned()),
        scopes: vec![scope],
        allowed_at: Timestamp::from_seconds(0),
        last_used: None,
        uses: 0,
        counted_since: Some(Timestamp::from_seconds(0)),
        last_check: None,
    }
}

fn session(user_agent: &str, current: bool) -> SessionView {
    SessionView {
        id: "s1".to_owned(),
        device: Device::of(user_agent),
        user_agent: user_agent.to_owned(),
        address: "192.0.2.7".to_owned(),
        signed_in_at: Timestamp::from_seconds(0),
        last_seen_at: Timestamp::from_seconds(0),
        current,
    }
}

fn account_deletion(in_the_way: bool) -> DeleteAccountPage {
    let owned =
        OwnedApplication { client_id: "c1".to_owned(), name: "Printer".to_owned(), people: i64::from(in_the_way) };
    let view = AccountDeletionView {
        tokens: 1,
        sessions: 2,
        connections: 0,
        applications: vec![owned],
        last_administrator: in_the_way,
    };
    DeleteAccountPage { view, errors: Vec::new() }
}

fn account() -> AccountView {
    AccountView {
        username: "ada".to_owned(),
        full_name: None,
        email: Some("ada@example.com".to_owned()),
        access: Access::Full,
        administrator: true,
        tokens: 1,
        sessions: 2,
        connections: 0,
        created_at: Timestamp::from_seconds(0),
        password_changed_at: Timestamp::from_seconds(0),
        recent: vec![connection()],
    }
}

/// The frame of an operator who gave an address for help.
fn helped(frame: Frame) -> Frame {
    let brand = Brand { support_url: Some("mailto:help@example.com".to_owned()), ..Brand::default() };
    Frame { brand, ..frame }
}

fn sign_in(frame: &Frame, notice: SignInNotice) -> String {
    let page = SignInPage { client_name: Some("Printer".to_owned()), notice: Some(notice), ..SignInPage::default() };
    pages::sign_in(frame, page)
}

/// The list with all that can be said of an application, and the question over it.
fn removing(translator: Translator) -> ConnectionsPage {
    let check = |endpoint, service: Option<&str>| Some(TokenCheck { endpoint, service: service.map(str::to_owned) });
    let checks = [
        check(CheckEndpoint::Introspection, Some("12")),
        check(CheckEndpoint::Introspection, None),
        check(CheckEndpoint::Userinfo, None),
        check(CheckEndpoint::Tokeninfo, None),
    ];
    let used = checks.map(|last_check| ConnectionView { uses: 12, counted_since: None, last_check, ..connection() });
    let list = translator.connections(used.into_iter().chain([connection()]).collect());
    ConnectionsPage { list, dialog: Some(translator.ask_remove(connection())), focus: None }
}

fn every(language: Language) -> Vec<String> {
    let frame = Frame { language, operator: "12".to_owned(), ..frame() };
    let wrong = |field: &str| vec![FieldError::new(field, "text-invisible")];
    let name = NamePage {
        form: PersonName::default(),
        problems: vec![oauth::answer::FieldMessage { field: "given_name".to_owned(), text: "Wrong".to_owned() }],
    };
    let fixed = SignInPage { fixed_user: Some("ada".to_owned()), ..SignInPage::default() };
    let detail = ConnectionDetail { connection: connection(), refresh_tokens: 0, last_refreshed: None };
    let sessions = ["Firefox/1 Linux", "iPhone", ""].map(|agent| session(agent, agent.is_empty())).to_vec();
    let (only, translator) = (vec![session("", true)], Translator(language));
    let pages = vec![
        pages::sign_in(&frame, fixed),
        pages::signed_in_already(&frame, AlreadyPage::default()),
        pages::forgot(&frame, ForgotPage::default()),
        pages::forgot(&helped(frame.clone()), ForgotPage::default()),
        pages::setup(&frame, SetupPage { errors: wrong("username"), ..SetupPage::default() }),
        pages::account(&frame, AccountPage { view: account(), first_steps: true }),
        pages::account(
            &frame,
            AccountPage { view: AccountView { recent: Vec::new(), ..account() }, first_steps: false },
        ),
        pages::password(
            &frame,
            PasswordPage { errors: wrong("new_password"), tokens: (12, true), connections: (12, false) },
        ),
        pages::name(&frame, name),
        pages::delete_account(&frame, account_deletion(false)),
        pages::delete_account(&frame, account_deletion(true)),
        pages::sessions(
            &frame,
            SessionsPage {
                list: translator.sessions(sessions),
                dialog: Some(SessionsDialog::EndOthers("12".to_owned())),
            },
        ),
        pages::sessions(&frame, SessionsPage { list: translator.sessions(only), dialog: None }),
        pages::connections(&frame, ConnectionsPage::default()),
        pages::connections(&frame, removing(translator)),
        pages::connection(&frame, detail),
    ];
    let lists = [List::Tokens, List::Sessions, List::Applications].map(|list| pages::not_loaded(&frame, list));
    pages.into_iter().chain(NOTICES.map(|notice| sign_in(&frame, notice))).chain(lists).collect()
}

/// The page without the elements that hold names, values and code.
fn without(mut html: String, element: &str) -> String {
    let (open, close) = (format!("<{element}"), format!("</{element}>"));
    while let Some(start) = html.find(&open) {
        let end = html[start..].find(&close).map_or(html.len(), |end| start + end + close.len());
        html.replace_range(start..end, " ");
    }
    html
}

/// Every run of three or more ASCII letters in the text of a page.
fn plain_words(html: &str) -> Vec<String> {
    let mut html = html.replace("&lt;", "<").replace("&gt;", " ").replace("&amp;", "&");
    for element in ["bdi", "code", "option", "leptos-island", "script", "svg"] {
        html = without(html, element);
    }
    let text: String = html.split('<').map(|part| part.split_once('>').map_or("", |(_, text)| text)).collect();
    let words = text.split(|letter: char| !letter.is_ascii_alphabetic());
    words.filter(|word| word.len() > 2).map(str::to_owned).collect()
}

#[test]
fn no_page_of_the_account_has_words_of_its_own() {
    for html in every(Language::accented()) {
        assert_eq!(plain_words(&html), Vec::<String>::new(), "{html}");
    }
    assert!(every(Language::ENGLISH).iter().all(|html| plain_words(html).len() > 5), "the same pages do have words");
}

#[test]
fn the_account_speaks_german() {
    let pages = every(Language::german()).concat();
    for words in [
        "Anmelden",
        "Passwort vergessen?",
        "Konto löschen",
        "Firefox auf Linux",
        "Unbekannter Browser auf iPhone",
        "1 dauerhaftes Token gilt nicht mehr",
        "2 Browser werden abgemeldet",
        "Mindestens eine Person muss Administrator bleiben.",
        "Es hat sich nichts geändert.",
        "Dieses Konto ist gesperrt. Wenden Sie sich an den Betreiber von <bdi>12</bdi>.",
    ] {
        assert!(pages.contains(words), "{words}");
    }
}

#[test]
fn what_has_ended_is_a_status_and_what_was_refused_an_error() {
    let texts = [
        "Enter a correct username and password",
        "This account is locked. Contact the person who runs <bdi>Example ID</bdi>.",
        "Too many attempts. Try again after <time datetime=\"1970-01-01T00:00:00Z\" class=\"clock\">00:00 UTC</time>.",
        "Too many failed attempts in a row. Use a browser in which you signed in to this account before",
        "Many people are signing in at this moment. Wait a few seconds and try again.",
        "This page was open too long. Sign in again.",
        "You are signed out.",
        "You were signed out. Sign in again to go on.",
        "Your account was deleted.",
    ];
    for (index, (notice, text)) in NOTICES.into_iter().zip(texts).enumerate() {
        let html = sign_in(&frame(), notice);
        let is_error = index < 6;
        assert!(html.contains(text), "{text} in {html}");
        assert_eq!(html.contains("<title>Error: "), is_error, "{text}");
        assert_eq!(html.contains("role=\"alert\""), is_error, "{text}");
        let marked = html.matches("aria-describedby=\"sign-in-error\" aria-invalid=\"true\"").count();
        assert_eq!(marked, if index == 0 { 2 } else { 0 }, "only a wrong name or password is the fields' fault");
    }
}

#[test]
fn a_support_address_stands_where_the_operator_gave_one() {
    let frame = helped(frame());
    let link = "<a href=\"mailto:help@example.com\"><bdi>help@example.com</bdi></a>";
    let html = sign_in(&frame, SignInNotice::Locked);
    assert!(html.contains(&format!("This account is locked. Contact {link}.")), "{html}");
    let html = pages::forgot(&frame, ForgotPage { return_to: "//evil.example".to_owned() });
    assert!(html.contains(&format!("Ask {link} for a new password.")) && !html.contains("evil"), "{html}");
}

#[test]
fn an_account_that_cannot_end_has_no_button_for_it() {
    let open = pages::delete_account(&frame(), account_deletion(false));
    let closed = pages::delete_account(&frame(), account_deletion(true));
    assert!(open.contains("action=\"/account/delete\"") && open.contains("1 permanent token stops working"), "{open}");
    assert!(!closed.contains("action=\"/account/delete\""), "{closed}");
    assert!(closed.contains("At least one person must stay administrator."));
    assert!(closed.contains(", used by 1 other person") && closed.contains("/developer/applications/c1"), "{closed}");
}
