use super::samples::{application, tokens};
use crate::pages::{ApplicationDialog, TokenDialog};
use oauth::form::{FieldError, NewToken};

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
    let created = TokenDialog::Created { name: "backup".to_owned(), value: "jtn_pt_x".to_owned() };
    assert_eq!(format!("{created:?}"), "Created");
    assert_eq!(tokens(Some(created)).matches("jtn_pt_x").count(), 1);
    let secret = ApplicationDialog::NewSecret { secret: "jtn_cs_x".to_owned() };
    assert_eq!(format!("{secret:?}"), "NewSecret");
    assert_eq!(application(Some(secret)).matches("jtn_cs_x").count(), 1);
}
