//! The permanent-token page and its dialogs.

use super::samples::{application, choices, created, listed, token, tokens, tokens_page};
use super::{NASTY, frame};
use crate::api::Translator;
use crate::pages::{self, ApplicationDialog, TokenFocus, TokensPage};
use crate::{Frame, Language};
use oauth::Timestamp;
use oauth::answer::{ApplicationAnswer, TokenDialog};
use oauth::form::{FieldError, NewToken};
use oauth::view::{TokenView, TokensView};
use provider::permanent_tokens::TokenList;

const TELL: Translator = Translator(Language::ENGLISH);

fn shown(page: TokensPage) -> String {
    pages::tokens(&frame(), page)
}

fn list(list: TokensView) -> String {
    shown(TokensPage { list: Some(list), ..TokensPage::default() })
}

fn refused(form: NewToken, error: FieldError) -> Option<TokenDialog> {
    Some(TELL.refused_token(form, choices(), "f0rm", &[error]))
}

fn revoking(translator: Translator, problem: Option<&'static str>) -> Option<TokenDialog> {
    Some(translator.ask_revoke(token("backup"), problem))
}

#[test]
fn the_page_behind_an_open_dialog_is_inert() {
    let form = NewToken { name: "backup".to_owned(), scope: "wr".to_owned(), scopes: vec!["read".to_owned()] };
    let error = FieldError::new("scope", oauth::Message::new("scope-unknown").with("scope", "wr"));
    let open = tokens(refused(form, error));
    assert!(open.contains("<dialog id=\"new-token\" open") && open.contains("id=\"page\" inert"), "{open}");
    assert!(open.contains("<title>Error: Tokens and sessions: Tokens – Example ID</title>"));
    for kept in ["value=\"backup\"", "value=\"wr\"", "name=\"scopes\" value=\"read\"", "href=\"#scope\""] {
        assert!(open.contains(kept), "{kept} in {open}");
    }
    let closed = tokens(None);
    assert!(
        !closed.contains("<dialog") && !closed.contains("inert"),
        "no text browser shows a closed dialog: {closed}"
    );
}

#[test]
fn only_scopes_that_may_be_used_are_offered() {
    let html = tokens(Some(TELL.new_token(NewToken::default(), choices(), "f0rm")));
    assert!(html.contains("<option value=\"read\"") && !html.contains("secret:scope"), "{html}");
}

#[test]
fn a_value_stands_only_in_the_page_that_makes_it_and_not_in_debug_output() {
    let made = created(Language::ENGLISH);
    assert_eq!(format!("{made:?}"), "Created");
    let html = tokens(Some(made));
    assert!(
        html.contains("curl -H \"Authorization: Bearer jtn_pt_x\" \"https://id.example/oauth2/tokeninfo\""),
        "{html}"
    );
    assert_eq!(html.matches("jtn_pt_x").count(), 2, "in its field and in the line that tries it");
    for props in html.split("data-props=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(!props.contains("jtn_pt_x"), "{props}");
    }
    assert!(html.contains("name=\"created\" value=\"t1\""), "{html}");
    let secret = ApplicationDialog::Answer(ApplicationAnswer::NewSecret("jtn_cs_x".to_owned()));
    assert_eq!(format!("{secret:?}"), "Answer(NewSecret)");
    assert_eq!(application(Some(secret)).matches("jtn_cs_x").count(), 1);
}

#[test]
fn a_row_says_how_the_token_is_used_and_hides_no_scope() {
    let scopes = ["a", "b", "c", "d", "e"].map(str::to_owned).to_vec();
    let busy = TokenView { last_used: Some(Timestamp::from_seconds(60)), idle: true, scopes, ..token("busy") };
    let from = TokenView { last_used_from: Some("192.0.2.7".to_owned()), ..busy };
    let html = list(listed(vec![from], 1, 1));
    for part in
        ["1 Jan 1970, 00:01 UTC", "192.0.2.7", "Not used for 90 days", "<summary>+2 more</summary>", ">e</code>"]
    {
        assert!(html.contains(part), "{part} in {html}");
    }
    let fresh = tokens(None).split("id=\"page-list\"").nth(1).unwrap().to_owned();
    assert!(fresh.contains("Never used") && !fresh.contains("90 days") && !fresh.contains(" more<"), "{fresh}");
}

#[test]
fn a_row_of_blocks_still_says_what_each_value_is() {
    let html = tokens(None);
    for label in ["Scopes", "Last used", "Created"] {
        assert!(
            html.contains(&format!("data-label=\"{label}\"")) && html.contains(&format!("<th scope=\"col\">{label}"))
        );
    }
    assert!(html.contains("aria-describedby=\"token-t1\" class=\"button small\">Revoke</button>"), "{html}");
}

#[test]
fn the_focus_goes_to_what_was_made_and_to_what_stands_beside_what_was_revoked() {
    let with = |focus| shown(TokensPage { focus, ..tokens_page(None) });
    let made = with(Some(TokenFocus::Name("t1".to_owned())));
    assert!(made.contains("<span id=\"token-t1\" tabindex=\"-1\" autofocus>"), "{made}");
    let beside = with(Some(TokenFocus::Revoke("t1".to_owned())));
    assert!(
        beside.contains("aria-describedby=\"token-t1\" autofocus class=\"button small\">Revoke</button>"),
        "{beside}"
    );
    let none = Some(listed(Vec::new(), 1, 0));
    let last = shown(TokensPage { list: none, focus: Some(TokenFocus::New), dialog: None });
    assert!(last.contains("autofocus class=\"button filled\">New permanent token</button>"), "{last}");
    let focused = |html: &str| html.split("<dialog").next().unwrap().matches("autofocus").count();
    assert_eq!([made, beside, last, with(None)].map(|html| focused(&html)), [1, 1, 1, 0]);
}

#[test]
fn what_was_revoked_stands_below_and_is_open_right_afterwards() {
    let old = TokenView { id: "t9".to_owned(), revoked_at: Some(Timestamp::from_seconds(0)), ..token("old") };
    let found = TokenList { tokens: vec![token(NASTY)], total: 1, page: 1, inactive: vec![old] };
    let page = |focus| TokensPage { list: Some(TELL.tokens(found.clone(), "")), dialog: None, focus };
    let later = shown(page(None));
    assert!(
        later.contains("<details id=\"inactive-tokens\"><summary>Recently revoked and expired (1)</summary>"),
        "{later}"
    );
    let at_once = shown(page(Some(TokenFocus::Revoke("t1".to_owned()))));
    assert!(
        at_once.contains("<details id=\"inactive-tokens\" open><summary>Recently revoked and expired (1)"),
        "{at_once}"
    );
}

#[test]
fn a_long_list_is_searched_and_paged_and_a_short_one_is_not() {
    let of = |total, page| list(listed(vec![token("a")], page, total));
    assert!(!of(9, 1).contains("role=\"search\"") && of(10, 1).contains("role=\"search\""));
    assert!(!of(50, 1).contains("aria-label=\"Pages\""));
    let middle = of(1000, 2);
    for part in [
        "aria-label=\"Pages\"",
        "href=\"/account/tokens?page=1\"",
        ">Newer</a>",
        "href=\"/account/tokens?page=3\"",
        ">Older</a>",
        "Page 2 of 20",
    ] {
        assert!(middle.contains(part), "{part} in {middle}");
    }
    assert!(!of(1000, 1).contains(">Newer</a>") && !of(1000, 20).contains(">Older</a>"));
    let found = TokenList { tokens: vec![token("a")], total: 60, page: 1, inactive: Vec::new() };
    let found = list(TELL.tokens(found, "a&b"));
    assert!(found.contains("?page=2&amp;q=a%26b"), "{found}");
}

#[test]
fn nothing_there_nothing_found_and_nothing_known_are_three_things() {
    let empty = list(listed(Vec::new(), 1, 0));
    assert!(empty.contains("<h2>No permanent tokens yet</h2>"), "{empty}");
    assert_eq!(empty.matches(">New permanent token</button>").count(), 1);
    let found = list(TELL.tokens(TokenList::default(), "zebra"));
    assert!(found.contains("<h2>No token has this name</h2>") && found.contains(">Clear filters</a>"), "{found}");
    let unknown = shown(TokensPage::default());
    assert!(unknown.contains("We could not load your tokens. Nothing has changed."), "{unknown}");
    assert!(unknown.contains(">Try again</a>") && !unknown.contains("No permanent tokens yet"));
    assert!(unknown.contains("aria-selected=\"true\""), "the frame stays: {unknown}");
}

#[test]
fn a_failure_is_told_in_the_dialog_and_keeps_what_was_typed() {
    let form = NewToken { name: "backup".to_owned(), scope: String::new(), scopes: vec!["read".to_owned()] };
    let html = tokens(refused(form, FieldError::new(TokenDialog::FORM, "token-not-created")));
    let dialog = html.split("<dialog id=\"new-token\"").nth(1).unwrap();
    for part in ["We could not create the token. Nothing was created.", "value=\"backup\"", "value=\"read\""] {
        assert!(dialog.contains(part), "{part} in {dialog}");
    }
    assert!(!dialog.contains("aria-invalid"), "no field is to blame: {dialog}");
    let failed = tokens(revoking(TELL, Some("token-not-revoked")));
    assert!(failed.contains("We could not revoke it. It still works. Try again."), "{failed}");
    assert!(failed.contains("<title>Error:") && !tokens(revoking(TELL, None)).contains("Error:"));
}

#[test]
fn revoking_asks_first_and_has_the_focus_on_cancel() {
    let html = tokens(revoking(TELL, None));
    let dialog = html.split("<dialog id=\"revoke-token\"").nth(1).unwrap();
    assert!(dialog.starts_with(" role=\"alertdialog\" open"), "{dialog}");
    for part in [
        "Revoke “<bdi>backup</bdi>”?",
        "Anything that uses this token will stop working. This cannot be undone.",
        "action=\"/account/tokens/t1/revoke\"",
        "autofocus class=\"button\">Cancel</button>",
        ">OK</button>",
    ] {
        assert!(dialog.contains(part), "{part} in {dialog}");
    }
}

#[test]
fn long_and_strange_names_are_whole_and_alone_in_their_element() {
    for name in ["x".repeat(100), "<b>bold</b>".to_owned(), "שלום 🎟️".to_owned()] {
        let escaped = name.replace('<', "&lt;").replace('>', "&gt;");
        let html = list(listed(vec![token(&name)], 1, 1));
        assert!(html.contains(&format!("<bdi>{escaped}</bdi>")), "{html}");
    }
}

#[test]
fn tokens_speak_german() {
    let german = Frame { language: Language::german(), ..frame() };
    let html = pages::tokens(&german, tokens_page(revoking(Translator(Language::german()), None)));
    for part in [
        "<title>Tokens und Sitzungen: Tokens – Example ID</title>",
        ">Neues dauerhaftes Token</button>",
        "Nie benutzt",
        "data-label=\"Zuletzt benutzt\"",
        "„<bdi>backup</bdi>“ widerrufen?",
        ">Abbrechen</button>",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
}

#[test]
fn a_form_for_another_name_is_titled_by_the_old_one_and_keeps_what_was_typed() {
    let error = FieldError::new("name", "name-long");
    let asked = TELL.ask_rename(token(NASTY), "typed <i>".to_owned(), &[error]);
    let html = tokens(Some(asked));
    assert!(html.contains("<dialog id=\"rename-token\" open") && html.contains("value=\"typed &lt;i&gt;\""), "{html}");
    assert!(html.contains("<title>Error: Rename “") && html.contains("href=\"#name\""), "{html}");
    assert!(!html.contains(NASTY), "{html}");
}
