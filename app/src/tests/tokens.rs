use super::frame;
use super::samples::{application, token, tokens, tokens_page};
use crate::pages::{self, ApplicationDialog, PageNumbers, TokenDialog, TokenFocus, TokensPage};
use crate::{Frame, Language};
use oauth::Timestamp;
use oauth::form::{FieldError, NewToken};
use oauth::view::TokenView;

fn shown(page: TokensPage) -> String {
    pages::tokens(&frame(), page)
}

fn none() -> TokensPage {
    TokensPage { tokens: Vec::new(), page: PageNumbers { page: 1, pages: 1, total: 0 }, ..tokens_page(None) }
}

fn revoking(failed: bool) -> Option<TokenDialog> {
    Some(TokenDialog::Revoke { id: "t1".to_owned(), name: "backup".to_owned(), failed })
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
fn only_scopes_that_may_be_used_are_offered() {
    let html = tokens(None);
    assert!(html.contains("<option value=\"read\"") && !html.contains("<option value=\"secret:scope\""), "{html}");
}

#[test]
fn a_value_stands_only_in_the_page_that_makes_it_and_not_in_debug_output() {
    let created = TokenDialog::Created { id: "t1".to_owned(), name: "backup".to_owned(), value: "jtn_pt_x".to_owned() };
    assert_eq!(format!("{created:?}"), "Created");
    let html = tokens(Some(created));
    assert_eq!(html.matches("jtn_pt_x").count(), 1);
    assert!(
        html.contains("curl -H \"Authorization: Bearer $TOKEN\" \"https://id.example/oauth2/tokeninfo\""),
        "{html}"
    );
    assert!(html.contains("name=\"created\" value=\"t1\""), "{html}");
    let secret = ApplicationDialog::NewSecret { secret: "jtn_cs_x".to_owned() };
    assert_eq!(format!("{secret:?}"), "NewSecret");
    assert_eq!(application(Some(secret)).matches("jtn_cs_x").count(), 1);
}

#[test]
fn a_row_says_how_the_token_is_used_and_hides_no_scope() {
    let scopes = ["a", "b", "c", "d", "e"].map(str::to_owned).to_vec();
    let busy = TokenView { last_used: Some(Timestamp::from_seconds(60)), idle: true, scopes, ..token("busy") };
    let from = TokenView { last_used_from: Some("192.0.2.7".to_owned()), ..busy };
    let html = shown(TokensPage { tokens: vec![from], ..tokens_page(None) });
    for part in
        ["1 Jan 1970, 00:01 UTC", "192.0.2.7", "Not used for 90 days", "<summary>+2 more</summary>", ">e</code>"]
    {
        assert!(html.contains(part), "{part} in {html}");
    }
    let fresh = tokens(None);
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
    let last = shown(TokensPage { focus: Some(TokenFocus::New), ..none() });
    assert!(last.contains("autofocus class=\"button filled\">New permanent token</button>"), "{last}");
    let focused = |html: &str| html.split("<dialog").next().unwrap().matches("autofocus").count();
    assert_eq!([made, beside, last, with(None)].map(|html| focused(&html)), [1, 1, 1, 0]);
}

#[test]
fn what_was_revoked_stands_below_and_is_open_right_afterwards() {
    let revoked =
        || vec![TokenView { id: "t9".to_owned(), revoked_at: Some(Timestamp::from_seconds(0)), ..token("old") }];
    let later = shown(TokensPage { inactive: revoked(), ..tokens_page(None) });
    assert!(later.contains("<details><summary>Recently revoked and expired (1)</summary>"), "{later}");
    let focus = Some(TokenFocus::Revoke("t1".to_owned()));
    let at_once = shown(TokensPage { inactive: revoked(), focus, ..tokens_page(None) });
    assert!(at_once.contains("<details open><summary>Recently revoked and expired (1)"), "{at_once}");
}

#[test]
fn a_long_list_is_searched_and_paged_and_a_short_one_is_not() {
    let of = |total, page, pages| shown(TokensPage { page: PageNumbers { page, pages, total }, ..tokens_page(None) });
    assert!(!of(9, 1, 1).contains("role=\"search\"") && of(10, 1, 1).contains("role=\"search\""));
    assert!(!of(50, 1, 1).contains("aria-label=\"Pages\""));
    let middle = of(1000, 2, 20);
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
    assert!(!of(1000, 1, 20).contains("Newer") && !of(1000, 20, 20).contains("Older"));
    let query = "a&b".to_owned();
    let found = shown(TokensPage { query, page: PageNumbers { page: 1, pages: 2, total: 60 }, ..tokens_page(None) });
    assert!(found.contains("?page=2&amp;q=a%26b"), "{found}");
}

#[test]
fn nothing_there_nothing_found_and_nothing_known_are_three_things() {
    let empty = shown(none());
    assert!(empty.contains("No permanent tokens yet") && empty.matches(">New permanent token</button>").count() == 1);
    let found = shown(TokensPage { query: "zebra".to_owned(), ..none() });
    assert!(found.contains("No token has this name") && found.contains(">Clear filters</a>"), "{found}");
    let unknown = shown(TokensPage { unavailable: true, ..none() });
    assert!(unknown.contains("We could not load your tokens. Nothing has changed."), "{unknown}");
    assert!(unknown.contains(">Try again</a>") && !unknown.contains("No permanent tokens yet"));
    assert!(unknown.contains("aria-selected=\"true\""), "the frame stays: {unknown}");
}

#[test]
fn a_failure_is_told_in_the_dialog_and_keeps_what_was_typed() {
    let form = NewToken { name: "backup".to_owned(), scope: String::new(), scopes: vec!["read".to_owned()] };
    let errors = vec![FieldError::new(TokenDialog::FORM, "token-not-created")];
    let html = tokens(Some(TokenDialog::New { form, errors }));
    let dialog = html.split("<dialog id=\"new-token\"").nth(1).unwrap();
    for part in ["We could not create the token. Nothing was created.", "value=\"backup\"", "value=\"read\""] {
        assert!(dialog.contains(part), "{part} in {dialog}");
    }
    assert!(!dialog.contains("aria-invalid"), "no field is to blame: {dialog}");
    let failed = tokens(revoking(true));
    assert!(failed.contains("We could not revoke it. It still works. Try again."), "{failed}");
    assert!(failed.contains("<title>Error:") && !tokens(revoking(false)).contains("Error:"));
}

#[test]
fn revoking_asks_first_and_has_the_focus_on_cancel() {
    let html = tokens(revoking(false));
    let dialog = html.split("<dialog id=\"revoke-token\"").nth(1).unwrap();
    assert!(dialog.starts_with(" role=\"alertdialog\" open"), "{dialog}");
    for part in [
        "Revoke “<bdi data-slot=\"name\">backup</bdi>”?",
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
        let html = shown(TokensPage { tokens: vec![token(&name)], ..tokens_page(None) });
        assert!(html.contains(&format!("<bdi>{escaped}</bdi>")), "{html}");
    }
}

#[test]
fn tokens_speak_german() {
    let german = Frame { language: Language::German, ..frame() };
    let html = pages::tokens(&german, tokens_page(revoking(false)));
    for part in [
        "<title>Tokens und Sitzungen – Example ID</title>",
        ">Neues dauerhaftes Token</button>",
        "Nie benutzt",
        "data-label=\"Zuletzt benutzt\"",
        "„<bdi data-slot=\"name\">backup</bdi>“ widerrufen?",
        ">Abbrechen</button>",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
}
