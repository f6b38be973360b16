//! i18n: pages in the pseudo-locale `en-XA` hold no untranslated text, which would have no accents.

use super::frame;
use super::samples::{asking, choices, created, token};
use crate::api::Translator;
use crate::pages::{self, TokensPage};
use crate::{Frame, FrameUser, Language};
use oauth::answer::TokenDialog;
use oauth::form::{FieldError, NewToken};
use oauth::redirect_uri::Destination;
use oauth::view::{ConsentView, ScopeChoice, ScopeView, TokenView};
use oauth::{Risk, Timestamp};
use provider::permanent_tokens::TokenList;

/// A frame whose user-chosen values are numbers.
fn accented() -> Frame {
    let user = Some(FrameUser { username: "1".to_owned(), administrator: false });
    Frame { language: Language::accented(), operator: "2".to_owned(), user, ..frame() }
}

/// The page without the elements that hold names, values and code.
fn without_values(html: &str) -> String {
    const SILENT: [&str; 5] = ["code", "bdi", "option", "textarea", "script"];
    let mut text = html.to_owned();
    for name in SILENT {
        let mut kept = String::new();
        for (at, part) in text.split(&format!("<{name}")).enumerate() {
            let end = format!("</{name}>");
            let rest = part.split_once(&end).map_or("", |(_, rest)| rest);
            kept.push_str(if at == 0 { part } else { rest });
        }
        text = kept;
    }
    text
}

/// The page without hydration markers.
fn without_comments(html: &str) -> String {
    let rest = |part: &str| part.split_once("-->").map_or_else(String::new, |(_, rest)| rest.to_owned());
    let mut parts = html.split("<!--");
    let first = parts.next().unwrap_or_default().to_owned();
    first + &parts.map(rest).collect::<String>()
}

/// What people see or hear: text nodes, and attributes with text.
fn visible_text(html: &str) -> String {
    let mut visible = String::new();
    // A placeholder that an island fills in.
    let html = without_values(&without_comments(html)).replace("{scope}", "");
    for part in html.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap();
        visible.push_str(&text.replace("&amp;", "&"));
        for attribute in ["aria-label=\"", "data-label=\"", "title=\"", "placeholder=\"", "alt=\""] {
            let values = tag.split(attribute).skip(1).filter_map(|rest| rest.split('"').next());
            // A placeholder that an island fills in.
            visible.extend(values.map(|value| value.replace("{scope}", "")));
        }
        visible.push('\n');
    }
    visible
}

/// Untranslated text: runs of three letters without accents.
fn plain_words(html: &str) -> Vec<String> {
    let text = visible_text(html);
    let runs = text.split(|letter: char| !letter.is_ascii_alphabetic()).filter(|run| run.len() >= 3);
    runs.map(str::to_owned).collect()
}

fn token_pages() -> Vec<TokensPage> {
    let scopes = ["a", "b", "c", "d"].map(str::to_owned).to_vec();
    let old = TokenView {
        last_used: Some(Timestamp::from_seconds(0)),
        last_used_from: Some("1".to_owned()),
        revoked_at: Some(Timestamp::from_seconds(0)),
        idle: true,
        lost_scopes: true,
        scopes,
        ..token("1")
    };
    let translator = Translator(Language::accented());
    let full = || TokenList { tokens: vec![old.clone(), token("2")], total: 120, page: 2, inactive: vec![old.clone()] };
    let list = |list, query: &str| Some(translator.tokens(list, query));
    let over = |dialog| TokensPage { list: list(full(), ""), dialog, ..TokensPage::default() };
    let form = NewToken { name: "1".to_owned(), scope: "2".to_owned(), scopes: vec!["3".to_owned()] };
    let errors = [FieldError::new("name", "name-missing"), FieldError::new(TokenDialog::FORM, "token-not-created")];
    vec![
        over(None),
        TokensPage { list: list(TokenList::default(), ""), ..TokensPage::default() },
        TokensPage { list: list(TokenList::default(), "1"), ..TokensPage::default() },
        TokensPage::default(),
        over(Some(translator.refused_token(form, silent(choices()), "1", &errors))),
        over(Some(created(Language::accented()))),
        over(Some(TokenDialog::AlreadyCreated)),
        over(Some(translator.ask_revoke(token("2"), Some("token-not-revoked")))),
        over(Some(translator.ask_rename(
            token("2"),
            "2".to_owned(),
            &[FieldError::new(TokenDialog::FORM, "token-not-renamed")],
        ))),
    ]
}

fn consents() -> Vec<ConsentView> {
    let scope = |name: &str, new, optional, allowed| ScopeView {
        name: name.to_owned(),
        new,
        optional,
        allowed,
        ..ScopeView::default()
    };
    let risky = |risk| ScopeView { risk, ..scope("write", true, false, true) };
    let scopes = vec![
        risky(Risk::Changes),
        risky(Risk::Away),
        risky(Risk::Reads),
        scope("1", true, true, true),
        scope("2", true, false, false),
        scope("3", false, false, true),
    ];
    let view = ConsentView { client_name: "4".to_owned(), scopes, young: true, ..asking() };
    vec![
        ConsentView { registered_by: Some("5".to_owned()), ..view.clone() },
        ConsentView { destination: Destination::Device, scopes: Vec::new(), ..view },
    ]
}

fn silent(choices: Vec<ScopeChoice>) -> Vec<ScopeChoice> {
    choices.into_iter().map(|choice| ScopeChoice { title: String::new(), ..choice }).collect()
}

#[test]
fn no_page_has_words_of_its_own() {
    let tokens = token_pages().into_iter().map(|page| pages::tokens(&accented(), page));
    let consents = consents().into_iter().map(|view| pages::consent(&accented(), view));
    let answered = pages::answered(&accented(), "1", "com.example.app:/cb");
    for html in tokens.chain(consents).chain([answered]) {
        assert_eq!(plain_words(&html), Vec::<String>::new(), "{html}");
    }
}

#[test]
fn a_plain_word_is_found_wherever_it_is_said() {
    let html = "<p>Éñĝļîšĥ plain</p><a aria-label=\"said\">1</a><code>free</code><bdi>also</bdi>";
    assert_eq!(plain_words(html), ["plain", "said"]);
}
