//! The consent page: scopes, risks, and what is known of the application.

use super::frame;
use super::samples::{asking, consent};
use crate::pages;
use crate::{Frame, FrameUser, Language};
use oauth::Risk;
use oauth::redirect_uri::Destination;
use oauth::view::{ConsentView, ScopeView};

fn scope(name: &str, title: &str) -> ScopeView {
    let (name, title) = (name.to_owned(), title.to_owned());
    ScopeView { name, title, new: true, allowed: true, ..ScopeView::default() }
}

fn shown(view: ConsentView) -> String {
    pages::consent(&frame(), view)
}

/// The part of a page between two texts.
fn between<'a>(html: &'a str, from: &str, to: &str) -> &'a str {
    html.split_once(from).unwrap().1.split_once(to).unwrap().0
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
}

#[test]
fn nothing_but_the_question_has_the_focus() {
    let html = consent();
    assert_eq!(html.matches("autofocus").count(), 1);
    assert!(html.contains("<h1 tabindex=\"-1\" autofocus>"), "{html}");
}

#[test]
fn a_right_is_a_sentence_its_raw_name_and_its_risk_in_words_and_as_an_icon() {
    let risky = |risk, name, title| ScopeView { risk, ..scope(name, title) };
    let scopes = vec![
        risky(Risk::Changes, "photos", "Change your photos"),
        risky(Risk::Away, "sync", "Keep this access"),
        scope("bare", ""),
        risky(Risk::Reads, "profile", "See your name"),
        ScopeView { allowed: false, ..risky(Risk::Changes, "admin:keys", "Rotate keys") },
    ];
    let html = shown(ConsentView { scopes, ..asking() });
    let lines: Vec<&str> = between(&html, "<ul class=\"rights\">", "</ul>").split("<li>").skip(1).collect();
    let says = |line: usize, parts: &[&str], not: &str| {
        assert!(parts.iter().all(|part| lines[line].contains(part)) && !lines[line].contains(not), "{}", lines[line]);
    };
    says(
        0,
        &["<svg", "Change your photos", "<code dir=\"ltr\">photos</code>", "Can make changes"],
        "when you are away",
    );
    says(1, &["<svg", "sync", "Works when you are away"], "Can make changes");
    says(2, &["<code dir=\"ltr\">bare</code>", "No description was given"], "Can make");
    says(3, &["<svg", "See your name", "Only reads"], "Can make");
    says(4, &["<s><bdi>Rotate keys</bdi></s>", "Your account may not give this right."], "Can make changes");
}

#[test]
fn a_name_says_nothing_about_a_risk_and_an_unknown_one_has_no_icon() {
    let scopes = vec![scope("write", "Delete everything you own"), scope("offline_access", "Pay with your money")];
    let html = shown(ConsentView { scopes, ..asking() });
    let rights = between(&html, "<ul class=\"rights\">", "</ul>");
    assert!(rights.contains("Pay with your money") && rights.contains("Delete everything you own"), "{rights}");
    for part in ["<svg", "Can make changes", "Works when", "Only reads"] {
        assert!(!rights.contains(part), "{part} in {rights}");
    }
}

#[test]
fn a_right_is_told_in_the_language_of_the_page_where_it_has_words_in_it() {
    let german = [("de".to_owned(), "Ihre Fotos sehen".to_owned())].into();
    let scopes = vec![
        ScopeView { titles: german, ..scope("photos", "See your photos") },
        scope("openid", "Know who you are"),
        scope("profile", "Look you up"),
    ];
    let view = ConsentView { scopes, ..asking() };
    let frame = Frame { language: Language::german(), ..frame() };
    let (german, english) = (pages::consent(&frame, view.clone()), shown(view));
    for (words, not) in [("Ihre Fotos sehen", "See your photos"), ("Wissen, wer Sie sind", "Know who you are")] {
        assert!(german.contains(words) && !german.contains(not), "{german}");
        assert!(english.contains(not) && !english.contains(words), "{english}");
    }
    assert!(german.contains("Look you up"), "the operator's own words stay: {german}");
}

#[test]
fn what_is_new_comes_first_and_what_was_allowed_is_folded_below() {
    let known = ScopeView { new: false, ..scope("read", "Read your things") };
    let both = shown(ConsentView { scopes: vec![known.clone(), scope("write", "Write things")], ..asking() });
    let new = between(&both, "<h2>New this time: ", "<details><summary>You already allow</summary>");
    assert!(new.contains("will also be able to do this until you remove it:"), "{new}");
    assert!(new.contains("Write things") && new.contains(">New</span>") && !new.contains("Read your things"), "{new}");
    assert_eq!(both.matches(">New</span>").count(), 1, "{both}");
    // Asked again for the same, the person sees what it is.
    let same = shown(ConsentView { scopes: vec![known], ..asking() });
    assert!(same.contains("<details open><summary>You already allow") && !same.contains("New this time"), "{same}");
}

#[test]
fn it_says_what_will_happen_and_for_how_long() {
    let scopes = vec![scope("read", "Read your documents")];
    let view = ConsentView { client_name: "Printer".to_owned(), scopes, ..asking() };
    let here = shown(view.clone());
    assert!(here.contains("<h2><bdi>Printer</bdi> will be able to do this until you remove it:</h2>"), "{here}");
    assert!(!here.contains("while you are away") && !here.contains(">New</span>"), "{here}");
    let away = shown(ConsentView { away: true, ..view });
    assert!(away.contains("will be able to do this, also while you are away, until you remove it:</h2>"), "{away}");
}

#[test]
fn no_link_to_another_section_stands_beside_the_question() {
    let user = Some(FrameUser { username: "ada".to_owned(), administrator: false });
    let frame = Frame { user, ..frame() };
    let html = pages::consent(&frame, asking());
    assert!(!html.contains("<nav") && html.contains("<header") && html.contains("id=\"user-menu\""), "{html}");
    assert!(pages::answered(&frame, "Printer", "com.example.app:/cb").contains("<nav"));
}

#[test]
fn where_the_answer_goes_is_in_view() {
    let folded = |html: &str| between(html, "<details", "</details>").contains("You will be sent");
    let web = consent();
    assert!(web.contains("You will be sent to <code dir=\"ltr\">https://printer.example</code>.") && !folded(&web));
    let device = shown(ConsentView { destination: Destination::Device, ..asking() });
    assert!(device.contains("You will be sent to an app on this device.") && !folded(&device), "{device}");
}

#[test]
fn who_registered_it_is_told_and_what_nobody_looked_at_is_said_calmly() {
    let own = consent();
    assert!(own.contains("<bdi>Example ID</bdi>") && !own.contains("reviewed") && !own.contains("7 days"), "{own}");
    let theirs = shown(ConsentView { registered_by: Some("grace".to_owned()), young: true, ..asking() });
    for part in ["<bdi>grace</bdi>", "Not reviewed", "has not reviewed this application", "less than 7 days ago"] {
        assert!(theirs.contains(part), "{part} in {theirs}");
    }
    let standing = between(&theirs, "id=\"standing\"", "</div>");
    assert!(standing.contains("less than 7 days ago.</p>") && standing.contains("<bdi>Example ID</bdi> has not"));
}

#[test]
fn consent_speaks_german() {
    let german = Frame { language: Language::german(), ..frame() };
    let html = pages::consent(&german, ConsentView { client_name: "Drucker".to_owned(), ..asking() });
    for part in [
        "<title>Drucker erlauben? – Example ID</title>",
        "<bdi>Drucker</bdi> möchte in Ihrem Namen auf Example ID zugreifen",
        ">Ablehnen<",
        ">Erlauben<",
        "Keine Beschreibung vorhanden",
        "unter „Tokens und Sitzungen“",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
}

#[test]
fn an_answer_that_an_app_takes_over_leaves_a_page_with_a_link() {
    let html = pages::answered(&frame(), "Photo \u{202e}Printer", "com.example.app:/cb?code=a&state=\"<b>");
    assert!(html.contains("<title>You can close this window – Example ID</title>"), "{html}");
    assert!(html.contains("href=\"com.example.app:/cb?code=a&amp;state=&quot;&lt;b&gt;\""), "{html}");
    assert!(html.contains(">Open Photo Printer</a>"), "{html}");
}
