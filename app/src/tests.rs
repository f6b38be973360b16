//! Renders pages whole and looks for what must and must not stand in them.
#![expect(clippy::unwrap_used, reason = "tests")]

mod developer;
mod people;

use crate::pages::{
    self, ApplicationDialog, ApplicationPage, ErrorPage, SignInNotice, SignInPage, TokenDialog, TokensPage,
};
use crate::{Assets, Frame, FrameUser, Theme};
use oauth::form::{ClientForm, FieldError, NewToken};
use oauth::view::{ApplicationView, ConsentView, ScopeChoice, ScopeView, TokenView};
use oauth::{ClientKind, Timestamp};

const NASTY: &str = "<script>alert(1)</script>\u{202e}\"&";

fn frame() -> Frame {
    Frame {
        operator: "Example ID".to_owned(),
        nonce: "n0nce".to_owned(),
        csrf: "c5rf".to_owned(),
        assets: Assets { css: "/assets/a.css".to_owned(), loader: "/assets/l.js".to_owned(), ..Assets::default() },
        user: Some(FrameUser { username: "ada".to_owned(), administrator: false }),
        path: "/account/tokens".to_owned(),
        ..Frame::default()
    }
}

fn token(name: &str) -> TokenView {
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
    }
}

fn tokens(dialog: Option<TokenDialog>) -> String {
    let choice = |name: &str, allowed| ScopeChoice { name: name.to_owned(), title: "See things".to_owned(), allowed };
    let page = TokensPage {
        tokens: vec![token(NASTY)],
        scopes: vec![choice("read", true), choice("secret:scope", false)],
        form_id: "f0rm".to_owned(),
        dialog,
        ..TokensPage::default()
    };
    pages::tokens(&frame(), page)
}

fn application(dialog: Option<ApplicationDialog>) -> String {
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
        version: 7,
        last_used: None,
    };
    let page = ApplicationPage {
        application,
        tokens: 2,
        form: ClientForm::default(),
        errors: Vec::new(),
        changed: false,
        problems: Vec::new(),
        scopes: Vec::new(),
        dialog,
        issuer: "https://id.example".to_owned(),
    };
    pages::application(&frame(), page)
}

fn consent() -> String {
    let scope = |name: &str, optional| ScopeView {
        name: name.to_owned(),
        title: String::new(),
        new: true,
        optional,
        allowed: true,
    };
    let view = ConsentView {
        client_name: NASTY.to_owned(),
        client_description: NASTY.to_owned(),
        username: "ada".to_owned(),
        full_name: None,
        email: None,
        scopes: vec![scope("read", false), scope("email", true)],
        destination: "https://printer.example".to_owned(),
        registered_by: None,
        registered_at: Timestamp::from_seconds(0),
        sealed: "s3aled".to_owned(),
        switch_url: "/login?switch=1&return_to=%2Foauth2%2Fauthorize%3Fa%3D1%26b%3D2".to_owned(),
        public_client: true,
    };
    pages::consent(&frame(), view)
}

fn error() -> String {
    let page = ErrorPage {
        title: "This link is not set up correctly".to_owned(),
        text: "Nothing was shared.".to_owned(),
        error: "redirect_uri is not registered".to_owned(),
        received: Some(format!("{NASTY}{}", "x".repeat(600))),
        client_id: None,
        request_id: "r1".to_owned(),
        time: Timestamp::from_seconds(0),
        back: Some(("Back".to_owned(), "//evil.example".to_owned())),
        expanded: false,
    };
    pages::error(&frame(), page)
}

fn sign_in(notice: Option<SignInNotice>, return_to: &str) -> String {
    let return_to = return_to.to_owned();
    pages::sign_in(&frame(), SignInPage { username: "ada".to_owned(), return_to, notice, ..SignInPage::default() })
}

fn every_page() -> Vec<String> {
    let created = TokenDialog::Created { name: NASTY.to_owned(), value: "jtn_pt_x".to_owned() };
    vec![tokens(None), tokens(Some(created)), application(None), consent(), error(), sign_in(None, "/account")]
}

#[test]
fn every_post_form_carries_the_csrf_token() {
    for html in every_page() {
        for form in html.split("<form").skip(1).map(|rest| rest.split("</form>").next().unwrap()) {
            let posts = form.split('>').next().unwrap().contains("method=\"post\"");
            assert_eq!(posts, form.contains("name=\"csrf\" value=\"c5rf\""), "{form}");
        }
    }
}

#[test]
fn no_page_holds_an_inline_script_or_style_and_the_loader_bears_the_nonce() {
    for html in every_page() {
        assert!(!html.contains(" style=") && !html.contains("<style"), "{html}");
        assert!(!html.contains("<script>alert") && !html.contains(" onclick"), "{html}");
        assert_eq!(html.matches("<script").count(), 1);
        assert!(html.contains("<script type=\"module\" nonce=\"n0nce\" src=\"/assets/l.js\""), "{html}");
    }
}

#[test]
fn names_are_text_and_cannot_turn_the_line() {
    for html in every_page() {
        assert!(!html.contains('\u{202e}'), "{html}");
    }
    assert!(tokens(None).contains("<bdi>&lt;script&gt;alert(1)&lt;/script&gt;\"&amp;</bdi>"));
}

#[test]
fn a_page_without_scripts_has_no_islands_to_wake() {
    let frame = Frame { assets: Assets::default(), user: None, ..frame() };
    let html = pages::sign_in(&frame, SignInPage::default());
    assert!(!html.contains("<script") && !html.contains("BusyForms"), "{html}");
}

#[test]
fn markers_for_hydration_stay_inside_islands() {
    for html in every_page() {
        for part in html.split("</leptos-island>") {
            assert!(!part.split("<leptos-island").next().unwrap().contains("<!>"), "{part}");
        }
    }
}

#[test]
fn the_page_behind_an_open_dialog_is_inert() {
    let form = NewToken { name: "backup".to_owned(), scope: "wr".to_owned(), scopes: vec!["read".to_owned()] };
    let errors = vec![FieldError::new("scope", oauth::Message::new("scope-unknown").with("scope", "wr"))];
    let open = tokens(Some(TokenDialog::New { form, errors }));
    assert!(open.contains("<dialog id=\"new-token\" open") && open.contains("id=\"page\" inert"), "{open}");
    assert!(open.contains("<title>Error: Tokens and sessions – Example ID</title>"));
    for kept in ["value=\"backup\"", "value=\"wr\"", "name=\"scopes\" value=\"read\"", "href=\"#scope\""] {
        assert!(open.contains(kept), "{kept} in {open}");
    }
    let closed = tokens(None);
    assert!(closed.contains("<dialog id=\"new-token\" aria") && !closed.contains("inert"), "{closed}");
}

#[test]
fn what_an_island_says_stands_in_the_page_in_its_language() {
    let page = |language| {
        let choice = ScopeChoice { name: "write".to_owned(), title: String::new(), allowed: false };
        pages::tokens(&Frame { language, ..frame() }, TokensPage { scopes: vec![choice], ..TokensPage::default() })
    };
    let german = page(crate::Language::German);
    for text in [
        "data-refused=\"write\"",
        "data-added=\"one: {scope} hinzugefügt. {count} Scope.\nother: {scope} hinzugefügt. {count} Scopes.\"",
    ] {
        assert!(german.contains(text), "{text} in {german}");
    }
    for key in ["missing", "unknown", "not-allowed"] {
        assert!(!german.contains(&format!("data-scope-{key}=\"scope-")), "{key}");
        assert!(page(crate::Language::Accented).contains(&format!("data-scope-{key}=\"")), "{key}");
    }
    assert!(page(crate::Language::Accented).contains("{scope} àà"), "what is filled in later is left alone");
}

#[test]
fn only_scopes_that_may_be_used_are_offered() {
    let html = tokens(None);
    assert!(html.contains("<option value=\"read\"") && !html.contains("<option value=\"secret:scope\""), "{html}");
}

#[test]
fn a_value_stands_only_in_the_page_that_makes_it_and_not_in_debug_output() {
    let created = TokenDialog::Created { name: "backup".to_owned(), value: "jtn_pt_x".to_owned() };
    assert_eq!(format!("{created:?}"), "Created");
    assert_eq!(tokens(Some(created)).matches("jtn_pt_x").count(), 1);
    let secret = ApplicationDialog::NewSecret { secret: "jtn_cs_x".to_owned() };
    assert_eq!(format!("{secret:?}"), "NewSecret");
    assert_eq!(application(Some(secret)).matches("jtn_cs_x").count(), 1);
}

#[test]
fn the_way_to_another_account_keeps_the_whole_request() {
    let html = consent();
    assert!(html.contains("<form method=\"get\" action=\"/login\">"), "{html}");
    assert!(html.contains("name=\"return_to\" value=\"/oauth2/authorize?a=1&amp;b=2\""), "{html}");
}

#[test]
fn consent_offers_both_answers_and_the_optional_scope() {
    let html = consent();
    for part in
        ["name=\"decision\" value=\"deny\"", "name=\"decision\" value=\"allow\"", "name=\"request\" value=\"s3aled\""]
    {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert_eq!(html.matches("name=\"optional_scope\"").count(), 1);
    assert!(html.contains("read (no description was given)"), "{html}");
}

#[test]
fn a_refused_sign_in_keeps_the_name_and_says_error_first() {
    let html = sign_in(Some(SignInNotice::Wrong), "/account");
    assert!(html.contains("<title>Error: Sign in – Example ID</title>"), "{html}");
    assert!(html.contains("Enter a correct username and password") && html.contains("value=\"ada\""), "{html}");
    let fresh = sign_in(None, "/account");
    assert!(fresh.contains("<title>Sign in – Example ID</title>") && !fresh.contains("role=\"alert\""), "{fresh}");
}

#[test]
fn nobody_is_sent_elsewhere_after_sign_in() {
    for bad in ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"] {
        assert!(sign_in(None, bad).contains("name=\"return_to\" value=\"/\""), "{bad}");
    }
    assert!(sign_in(None, "/account?x=1").contains("name=\"return_to\" value=\"/account?x=1\""));
}

#[test]
fn the_error_page_is_small_and_leads_nowhere_else() {
    let html = error();
    assert!(html.len() < 6000, "{}", html.len());
    assert!(!html.contains("evil.example") && !html.contains(&"x".repeat(513)), "{html}");
}

#[test]
fn a_chosen_theme_is_rendered_and_the_systems_is_not() {
    let dark = Frame { theme: Theme::Dark, ..frame() };
    assert!(pages::not_allowed_to_register(&dark).contains("data-theme=\"dark\""));
    assert!(!pages::not_allowed_to_register(&frame()).contains("data-theme"));
    assert_eq!(Theme::parse("dark"), Theme::Dark);
    assert_eq!(Theme::parse("<b>"), Theme::System);
}
