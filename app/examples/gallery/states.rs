//! The pages and their states, by name.

use crate::developer;
use crate::samples::{self, at, errors};
use crate::{ada, ada_with_status, stranger, tokens, trouble};
use app::pages::{
    self, AlreadyPage, ConnectionsPage, DeleteAccountPage, ForgotPage, List, NamePage, PasswordPage, SessionsPage,
    SetupPage, SignInNotice, SignInPage, SignOutPage,
};
use oauth::answer::{SessionRow, SessionsDialog, SessionsView};
use oauth::view::SessionView;

pub(crate) type State = (&'static str, String);

pub(crate) fn all() -> Vec<State> {
    [sign_in(), sign_out(), consent(), account(), tokens::all(), sessions(), developer::all(), trouble::all(), others()]
        .concat()
}

fn sign_in() -> Vec<State> {
    let frame = stranger("/login");
    let page = SignInPage { client_name: Some("Photo Printer".to_owned()), ..SignInPage::default() };
    let failed = |error| SignInPage { username: "ada".to_owned(), notice: Some(error), ..page.clone() };
    let fixed = SignInPage { fixed_user: Some("ada".to_owned()), ..page.clone() };
    let already = AlreadyPage { username: "ada".to_owned(), return_to: "/account".to_owned() };
    vec![
        ("sign-in", pages::sign_in(&frame, page.clone())),
        ("sign-in-wrong", pages::sign_in(&frame, failed(SignInNotice::Wrong))),
        ("sign-in-throttled", pages::sign_in(&frame, failed(SignInNotice::Throttled { until: at(0) }))),
        ("sign-in-busy", pages::sign_in(&frame, failed(SignInNotice::Busy))),
        ("sign-in-signed-out", pages::sign_in(&frame, failed(SignInNotice::SignedOut))),
        ("sign-in-locked", pages::sign_in(&frame, failed(SignInNotice::Locked))),
        ("sign-in-expired", pages::sign_in(&frame, failed(SignInNotice::Expired))),
        ("sign-in-ended", pages::sign_in(&frame, failed(SignInNotice::SessionEnded))),
        ("sign-in-deleted", pages::sign_in(&frame, failed(SignInNotice::Deleted))),
        ("forgot", pages::forgot(&frame, ForgotPage::default())),
        ("sign-in-fixed", pages::sign_in(&frame, fixed)),
        ("sign-in-already", pages::signed_in_already(&ada("/login"), already)),
    ]
}

fn sign_out() -> Vec<State> {
    let asked = SignOutPage { sealed: "x".to_owned(), client_name: Some("Photo Printer".to_owned()) };
    let frame = ada("/oauth2/end-session");
    vec![
        ("sign-out", pages::sign_out(&frame, asked)),
        ("sign-out-unasked", pages::sign_out(&frame, SignOutPage::default())),
        ("signed-out", pages::signed_out(&stranger("/logged-out"))),
    ]
}

fn consent() -> Vec<State> {
    let frame = ada("/oauth2/authorize");
    vec![
        ("consent", pages::consent(&frame, samples::consent())),
        ("consent-again", pages::consent(&frame, samples::consent_again())),
        ("consent-answered", pages::answered(&frame, "Photo Printer", "com.example.printer:/callback?code=x")),
    ]
}

fn account() -> Vec<State> {
    let frame = ada_with_status("/account", "Theme saved");
    let misnamed = NamePage {
        form: samples::person(),
        problems: vec![oauth::answer::FieldMessage {
            field: "family_name".to_owned(),
            text: "Without characters that cannot be seen".to_owned(),
        }],
    };
    let leave = |view, list: &[(&str, &'static str)]| {
        pages::delete_account(&ada("/account/delete"), DeleteAccountPage { view, errors: errors(list) })
    };
    let refused = PasswordPage {
        errors: errors(&[("current_password", "password-current")]),
        tokens: (3, true),
        connections: (1, false),
    };
    vec![
        ("account", pages::account(&frame, pages::AccountPage { view: samples::account(), first_steps: true })),
        ("name", pages::name(&ada("/account/name"), NamePage { form: samples::person(), problems: Vec::new() })),
        ("name-refused", pages::name(&ada("/account/name"), misnamed)),
        ("delete", leave(samples::account_deletion(false), &[])),
        ("delete-refused", leave(samples::account_deletion(false), &[("password", "password-current")])),
        ("delete-in-the-way", leave(samples::account_deletion(true), &[])),
        ("password", pages::password(&ada("/account/password"), PasswordPage::default())),
        ("password-refused", pages::password(&ada("/account/password"), refused)),
    ]
}

fn sessions() -> Vec<State> {
    let frame = ada("/account/sessions");
    let here = samples::session("1", samples::FIREFOX, true);
    let both =
        vec![samples::session("2", "Strange/1.0 (iPhone)", false), samples::session("3", "", false), here.clone()];
    let row = |session: SessionView| SessionRow { device: "Firefox on Linux".to_owned(), session };
    let show = |sessions: Vec<SessionView>, asked: bool| {
        let list = SessionsView { rows: sessions.into_iter().map(row).collect() };
        let dialog = asked.then(|| SessionsDialog::EndOthers("You will be signed out of 2 other browsers.".to_owned()));
        pages::sessions(&frame, SessionsPage { list, dialog })
    };
    let applications = ada("/account/applications");
    let connected = ConnectionsPage { list: samples::connections(), ..ConnectionsPage::default() };
    let removing = ConnectionsPage { dialog: Some(samples::removing()), ..connected.clone() };
    vec![
        ("sessions", show(both.clone(), false)),
        ("sessions-only-here", show(vec![here], false)),
        ("sessions-others", show(both, true)),
        ("sessions-not-loaded", pages::not_loaded(&frame, List::Sessions)),
        ("connection", pages::connection(&applications, samples::connection_detail())),
        ("connections", pages::connections(&applications, connected)),
        ("connections-empty", pages::connections(&applications, ConnectionsPage::default())),
        ("connections-remove", pages::connections(&applications, removing)),
    ]
}

fn others() -> Vec<State> {
    let setup = SetupPage { errors: errors(&[("username", "username-missing")]), ..SetupPage::default() };
    vec![
        ("setup", pages::setup(&stranger("/setup"), SetupPage::default())),
        ("setup-refused", pages::setup(&stranger("/setup"), setup)),
    ]
}
