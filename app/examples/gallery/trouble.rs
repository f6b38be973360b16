//! Errors, and the page behind `error_uri`.

use crate::samples::at;
use crate::states::State;
use crate::{ada, in_language, stranger};
use app::pages::{self, ErrorPage};
use app::{Brand, Frame, Language};
use oauth::problem::{Difference, Fault, Finding};
use oauth::view::{ProblemDetails, ProblemPage, ProblemView};
use oauth::{ErrorCode, Message};

pub(crate) fn all() -> Vec<State> {
    [errors(), problems(), languages()].concat()
}

fn refused() -> ErrorPage {
    let name = "Photo Printer".to_owned();
    ErrorPage {
        title: "error-link".into(),
        text: Message::new("error-not-registered-text").with("name", name.clone()),
        name: Some(name.clone()),
        clock: None,
        error: "error-not-registered-why".into(),
        received: Some("https://printer.example/cb?<script>".to_owned()),
        client_id: Some("c_8f2a91b7d0".to_owned()),
        request_id: "01JDB2M3K4".to_owned(),
        time: at(0),
        problem: Some("invalid_request-0".to_owned()),
        own: None,
        switch: false,
        expanded: false,
    }
}

/// A page about which there is nothing to show but the texts.
fn plain(title: &'static str, text: Message, error: &'static str) -> ErrorPage {
    let (title, error) = (title.into(), error.into());
    ErrorPage { title, text, error, name: None, received: None, client_id: None, problem: None, ..refused() }
}

fn errors() -> Vec<State> {
    let brand = Brand { support_url: Some("https://help.example".to_owned()), ..Brand::default() };
    let frame = Frame { brand, ..stranger("/oauth2/authorize") };
    let own =
        ErrorPage { own: Some(("Photo Printer".to_owned(), "c_8f2a91b7d0".to_owned())), expanded: true, ..refused() };
    let throttled = plain("error-throttled", "error-throttled-text".into(), "error-throttled-why");
    let throttled = ErrorPage { clock: Some(throttled.time), ..throttled };
    let lost = || plain("error-not-found", "error-not-found-text".into(), "error-not-found-why");
    vec![
        ("error-redirect", pages::error(&frame, refused())),
        ("error-redirect-owner", pages::error(&ada("/oauth2/authorize"), own)),
        ("error-not-found", pages::error(&stranger("/nowhere"), lost())),
        ("error-signed-in", pages::error(&ada("/nowhere"), lost())),
        (
            "error-sign-out",
            pages::error(
                &ada("/oauth2/end-session"),
                plain("error-sign-out", "error-sign-out-text".into(), "error-sign-out-redirect-why"),
            ),
        ),
        ("error-throttled", pages::error(&frame, throttled)),
        (
            "error-internal",
            pages::error(&frame, plain("error-internal", "error-internal-text".into(), "error-internal-why")),
        ),
    ]
}

fn details(finding: Finding, nearest: Option<(&str, usize)>) -> ProblemDetails {
    let problem = ProblemView {
        id: "invalid_request-0".to_owned(),
        code: ErrorCode::InvalidRequest,
        may_add: nearest.is_some(),
        finding,
        difference: nearest.map(|(uri, at)| Difference { nearest: uri.to_owned(), at }),
        times: 3,
        first_at: at(50),
        last_at: at(1),
        by_owner: true,
    };
    ProblemDetails {
        problem,
        client_id: "c_8f2a91b7d0".to_owned(),
        client_name: "Photo Printer".to_owned(),
        redirect_uris: vec!["https://printer.example/callback".to_owned(), "http://127.0.0.1/callback".to_owned()],
        version: 3,
        own: true,
    }
}

fn elsewhere() -> ProblemPage {
    let finding = Finding::new(Fault::NotRegistered, "redirect_uri").sent("https://printer.example/cb");
    let details = details(finding, Some(("https://printer.example/callback", 25)));
    ProblemPage { code: ErrorCode::InvalidRequest, details: Some(details) }
}

fn problems() -> Vec<State> {
    let frame = ada("/errors/invalid_request-0");
    let scope = Finding::new(Fault::ScopeNotAllowed, "scope").sent("photos:write admin:keys").expected("read write");
    let expired = Finding::new(Fault::Expired, "code").aged(601, 60);
    let show =
        |code, finding| pages::problem(&frame, ProblemPage { code, details: Some(details(finding, None)) }, false);
    let strangers = ProblemPage { code: ErrorCode::InvalidGrant, details: None };
    vec![
        ("problem-stranger", pages::problem(&stranger("/errors/invalid_grant"), strangers, false)),
        ("problem-redirect", pages::problem(&frame, elsewhere(), false)),
        ("problem-add", pages::problem(&frame, elsewhere(), true)),
        ("problem-scope", show(ErrorCode::InvalidScope, scope)),
        ("problem-expired", show(ErrorCode::InvalidGrant, expired)),
    ]
}

fn languages() -> Vec<State> {
    let frame = |language| in_language(&ada("/errors/invalid_request-0"), language);
    let (de, accented, mirrored) =
        (frame(Language::parse("de").unwrap_or_default()), frame(Language::accented()), frame(Language::mirrored()));
    vec![
        ("de-error", pages::error(&de, refused())),
        ("de-problem", pages::problem(&de, elsewhere(), false)),
        ("accented-error", pages::error(&accented, refused())),
        ("accented-problem", pages::problem(&accented, elsewhere(), false)),
        ("mirrored-error", pages::error(&mirrored, ErrorPage { expanded: true, ..refused() })),
        ("mirrored-problem", pages::problem(&mirrored, elsewhere(), false)),
    ]
}
