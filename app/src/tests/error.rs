//! The pages of errors, and the page behind `error_uri`: for strangers and for owners, in every
//! language.

use super::developer::visible_text;
use super::{NASTY, frame};
use crate::pages::{self, ErrorPage};
use crate::{Assets, Brand, Frame, FrameUser, Language};
use oauth::problem::{Difference, Fault, Finding};
use oauth::view::{ProblemDetails, ProblemPage, ProblemView};
use oauth::{ErrorCode, Message, Timestamp};

const START: Timestamp = Timestamp::from_seconds(0);

fn refused() -> ErrorPage {
    ErrorPage {
        title: "error-link".into(),
        text: Message::new("error-not-registered-text").with("name", "Printer"),
        name: Some("Printer".to_owned()),
        clock: None,
        error: "error-not-registered-why".into(),
        received: Some("https://printer.example/cb".to_owned()),
        client_id: Some("c_1".to_owned()),
        request_id: "12".to_owned(),
        time: START,
        problem: None,
        own: None,
        switch: false,
        expanded: false,
    }
}

fn details(finding: Finding) -> ProblemDetails {
    let nearest = "https://a.example/callback".to_owned();
    let difference = (finding.fault == Fault::NotRegistered).then_some(Difference { nearest, at: 19 });
    let problem = ProblemView {
        id: "p1".to_owned(),
        code: ErrorCode::InvalidRequest,
        may_add: finding.fault == Fault::NotRegistered,
        finding,
        difference,
        times: 3,
        first_at: START,
        last_at: START,
        by_owner: true,
    };
    ProblemDetails {
        problem,
        client_id: "c_1".to_owned(),
        client_name: "1".to_owned(),
        redirect_uris: vec!["https://a.example/callback".to_owned(), "https://b.example/".to_owned()],
        version: 7,
        own: true,
    }
}

fn elsewhere() -> ProblemDetails {
    details(Finding::new(Fault::NotRegistered, "redirect_uri").sent("https://a.example/cb"))
}

fn page(details: Option<ProblemDetails>) -> ProblemPage {
    ProblemPage { code: ErrorCode::InvalidRequest, details }
}

/// Every page of this room in this frame.
fn every_page(frame: &Frame) -> Vec<String> {
    let own = ErrorPage {
        own: Some(("1".to_owned(), "c_1".to_owned())),
        problem: Some("p1".to_owned()),
        expanded: true,
        ..refused()
    };
    let throttled = ErrorPage {
        title: "error-throttled".into(),
        text: "error-throttled-text".into(),
        name: None,
        clock: Some(refused().time),
        ..refused()
    };
    let mut all = vec![
        pages::error(frame, refused()),
        pages::error(frame, own),
        pages::error(frame, throttled),
        pages::problem(frame, page(Some(elsewhere())), false),
        pages::problem(frame, page(Some(elsewhere())), true),
    ];
    all.extend(ErrorCode::ALL.map(|code| pages::problem(frame, ProblemPage { code, details: None }, false)));
    let fault = |(fault, _)| page(Some(details(Finding::new(fault, "code").sent("12").expected("13").aged(601, 60))));
    all.extend(Fault::ALL.map(|each| pages::problem(frame, fault(each), false)));
    all
}

#[test]
fn the_pages_of_errors_have_no_words_of_their_own() {
    let user = Some(FrameUser { username: "1".to_owned(), administrator: false });
    let accented = Frame { language: Language::accented(), operator: "2".to_owned(), user, ..frame() };
    for html in every_page(&accented) {
        let visible_text = visible_text(&html).replace("&amp;", "&");
        let plain: Vec<&str> = visible_text
            .split(|letter: char| !letter.is_alphabetic())
            .filter(|run| run.len() > 2 && run.is_ascii())
            .collect();
        assert_eq!(plain, Vec::<&str>::new(), "{html}");
    }
    assert!(visible_text(&pages::error(&frame(), refused())).contains("Details for the developer"));
}

#[test]
fn an_error_is_told_in_german() {
    let german = Frame { language: Language::german(), ..frame() };
    let html = pages::error(&german, refused());
    assert!(html.contains("<h1>Dieser Anmelde-Link ist nicht richtig eingerichtet</h1>"), "{html}");
    assert!(html.contains("<bdi>Printer</bdi> wollte Sie") && html.contains(">Zur Startseite</a>"), "{html}");
    let html = pages::problem(&german, page(Some(elsewhere())), false);
    assert!(html.contains("Das markierte Zeichen, Nummer 20") && html.contains("3-mal"), "{html}");
}

#[test]
fn every_kind_of_error_has_a_text_of_its_own_and_every_fault_a_sentence() {
    for language in Language::offered() {
        let texts: std::collections::BTreeSet<_> =
            ErrorCode::ALL.iter().map(|code| language.translate(pages::kind_of_error(*code))).collect();
        assert_eq!(texts.len(), ErrorCode::ALL.len());
        let german = Frame { language, ..frame() };
        let sentences: std::collections::BTreeSet<_> = Fault::ALL
            .iter()
            .map(|(fault, _)| {
                let html = pages::problem(&german, page(Some(details(Finding::new(*fault, "code")))), false);
                html.split_once("<strong>").unwrap().1.split_once("</strong>").unwrap().0.to_owned()
            })
            .collect();
        assert_eq!(sentences.len(), Fault::ALL.len());
    }
}

#[test]
fn the_owner_reads_what_differs_and_a_stranger_the_kind_alone() {
    let own = pages::problem(&frame(), page(Some(elsewhere())), false);
    for part in [
        "https://a.example/c<mark>b</mark></bdi>",
        "https://a.example/c<mark>a</mark>llback</bdi>",
        "number 20, is the first that differs",
        "https://b.example/",
        "invalid_request: redirect_uri not_registered",
        "3 times",
        "href=\"/developer/applications/c_1\"",
        "action=\"/developer/applications/c_1/problems/p1/add\"",
    ] {
        assert!(own.contains(part), "{part} in {own}");
    }
    let stranger = pages::problem(&frame(), page(None), false);
    assert!(stranger.contains("A parameter of the request is missing, repeated, malformed or not allowed."));
    for hidden in ["example/", "c_1", "Request ID", "<time", "Add this URL"] {
        assert!(!stranger.contains(hidden), "{hidden} in {stranger}");
    }
    let expired = details(Finding::new(Fault::Expired, "code").aged(601, 60));
    let html = pages::problem(&frame(), page(Some(expired)), false);
    assert!(html.contains("It was 601 seconds old; it may be 60.") && !html.contains("b.example"), "{html}");
}

#[test]
fn an_administrator_is_asked_on_the_page_of_the_problem() {
    let details = ProblemDetails { own: false, ..elsewhere() };
    let html = pages::problem(&frame(), page(Some(details.clone())), true);
    let asked = html.split_once("id=\"add-url\"").unwrap().1;
    assert!(
        asked.contains("role=\"alertdialog\"") && asked.contains("<bdi>a.example</bdi>. Is that yours?"),
        "{asked}"
    );
    assert!(asked.contains("name=\"csrf\" value=\"c5rf\"") && asked.contains("name=\"version\" value=\"7\""));
    assert!(
        asked.contains("action=\"/errors/p1\"") && !html.contains("href=\"/developer/applications/c_1\""),
        "{html}"
    );
    let may_not = ProblemView { may_add: false, ..details.problem.clone() };
    let html = pages::problem(&frame(), page(Some(ProblemDetails { problem: may_not, ..details })), true);
    assert!(!html.contains("add-url") && !html.contains("Add this URL"), "{html}");
}

#[test]
fn what_a_stranger_sent_is_text() {
    let finding = Finding::new(Fault::Malformed, "scope").sent(format!("{NASTY}{}", "x".repeat(600)));
    let html = pages::problem(
        &frame(),
        page(Some(ProblemDetails { client_name: NASTY.to_owned(), ..details(finding) })),
        false,
    );
    assert!(
        !html.contains("<script>alert") && !html.contains('\u{202e}') && !html.contains(&"x".repeat(513)),
        "{html}"
    );
}

#[test]
fn details_stand_open_where_asked_and_help_where_there_is_some() {
    let open = |expanded| pages::error(&frame(), ErrorPage { expanded, ..refused() });
    assert!(open(true).contains("<details open") && !open(false).contains("<details open"));
    let brand = Brand { support_url: Some("mailto:help@id.example".to_owned()), ..Brand::default() };
    let helped = pages::error(&Frame { brand, ..frame() }, refused());
    let card = helped.split_once("error-page").unwrap().1.split_once("<footer").unwrap().0.to_owned();
    assert!(card.contains("<a href=\"mailto:help@id.example\">Help</a>") && !open(true).contains("mailto"), "{card}");
    assert!(!pages::error(&frame(), refused()).contains("Open 1"));
}

#[test]
fn the_pages_are_small_and_need_no_script() {
    let nobody = Frame { user: None, assets: Assets { loader: String::new(), ..frame().assets }, ..frame() };
    for html in every_page(&nobody) {
        assert!(
            !html.contains("<script") && html.contains("id=\"error-page\"") && html.len() < 6000,
            "{}: {html}",
            html.len()
        );
    }
}
