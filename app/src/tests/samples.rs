//! Pages with little in them, and that little hostile.

use super::{NASTY, frame};
use crate::Language;
use crate::api::Translator;
use crate::pages::{self, ApplicationDialog, ApplicationPage, ErrorPage, SignInNotice, SignInPage, TokensPage};
use oauth::answer::TokenDialog;
use oauth::form::ClientForm;
use oauth::redirect_uri::Destination;
use oauth::view::{ApplicationView, ConsentView, ScopeChoice, ScopeView, TokenView, TokensView};
use oauth::{ClientKind, Secret, Timestamp};
use provider::permanent_tokens::{CreatedToken, TokenList};

pub(super) fn token(name: &str) -> TokenView {
    TokenView {
        id: "t1".to_owned(),
        name: name.to_owned(),
        hint: "jtn_pt_…k3f9".to_owned(),
        scopes: vec!["read".to_owned()],
        created_at: Timestamp::from_seconds(0),
        last_used: None,
        last_used_from: None,
        revoked_at: None,
        lost_scopes: false,
        idle: false,
    }
}

/// The list in English: these tokens of so many in all, on this page.
pub(super) fn listed(tokens: Vec<TokenView>, page: i64, total: i64) -> TokensView {
    Translator(Language::ENGLISH).tokens(TokenList { tokens, total, page, inactive: Vec::new() }, "")
}

pub(super) fn tokens_page(dialog: Option<TokenDialog>) -> TokensPage {
    TokensPage { list: Some(listed(vec![token(NASTY)], 1, 1)), dialog, ..TokensPage::default() }
}

pub(super) fn choices() -> Vec<ScopeChoice> {
    let choice = |name: &str, allowed| ScopeChoice { name: name.to_owned(), title: "See things".to_owned(), allowed };
    vec![choice("read", true), choice("secret:scope", false)]
}

pub(super) fn created(language: Language) -> TokenDialog {
    let made = CreatedToken { id: "t1".to_owned(), secret: Secret::signed("jtn_pt_x".to_owned()) };
    Translator(language).created(made, NASTY, "https://id.example")
}

pub(super) fn tokens(dialog: Option<TokenDialog>) -> String {
    pages::tokens(&frame(), tokens_page(dialog))
}

pub(super) fn application(dialog: Option<ApplicationDialog>) -> String {
    let application = ApplicationView {
        client_id: "c1".to_owned(),
        name: NASTY.to_owned(),
        description: String::new(),
        kind: ClientKind::Confidential,
        redirect_uris: Vec::new(),
        require_pkce: true,
        optional_scopes: Vec::new(),
        people: 2,
        created_at: Timestamp::from_seconds(0),
        secrets: Vec::new(),
        by_key: false,
        version: 7,
        last_used: None,
    };
    let page = ApplicationPage {
        sign_out: oauth::form::SignOutForm::default(),
        application,
        tokens: 2,
        form: ClientForm::default(),
        errors: Vec::new(),
        changed: None,
        problems: Vec::new(),
        scopes: Vec::new(),
        dialog,
        issuer: "https://id.example".to_owned(),
    };
    pages::application(&frame(), page)
}

pub(super) fn asking() -> ConsentView {
    let scope = |name: &str, optional| ScopeView {
        name: name.to_owned(),
        new: true,
        optional,
        allowed: true,
        ..ScopeView::default()
    };
    ConsentView {
        client_name: NASTY.to_owned(),
        client_description: NASTY.to_owned(),
        username: "ada".to_owned(),
        full_name: None,
        email: None,
        scopes: vec![scope("read", false), scope("email", true)],
        away: false,
        destination: Destination::Web("https://printer.example".to_owned()),
        registered_by: None,
        registered_at: Timestamp::from_seconds(0),
        young: false,
        sealed: "s3aled".to_owned(),
        switch_url: "/login?switch=1&return_to=%2Foauth2%2Fauthorize%3Fa%3D1%26b%3D2".to_owned(),
        public_client: true,
    }
}

pub(super) fn consent() -> String {
    pages::consent(&frame(), asking())
}

pub(super) fn error() -> String {
    let page = ErrorPage {
        title: "error-link".into(),
        text: "error-not-registered-text".into(),
        name: Some(NASTY.to_owned()),
        clock: None,
        error: "error-not-registered-why".into(),
        received: Some(format!("{NASTY}{}", "x".repeat(600))),
        client_id: None,
        request_id: "r1".to_owned(),
        time: Timestamp::from_seconds(0),
        problem: Some("invalid_request-0".to_owned()),
        own: Some((NASTY.to_owned(), "c1".to_owned())),
        switch: false,
        expanded: false,
    };
    pages::error(&frame(), page)
}

pub(super) fn sign_in(notice: Option<SignInNotice>, return_to: &str) -> String {
    let return_to = return_to.to_owned();
    pages::sign_in(&frame(), SignInPage { username: "ada".to_owned(), return_to, notice, ..SignInPage::default() })
}
