//! The permanent-token page and its dialogs, with English texts.

use crate::samples;
use crate::states::State;
use crate::{ada, ada_with_status};
use app::pages::{self, TokensPage};
use oauth::answer::{AddedScope, CreatedToken, FieldMessage, NewTokenDialog, Piece, RevokeQuestion, TokenDialog};
use oauth::view::{PageNumbers, TokenRow, TokenView, TokensView};

pub(crate) fn all() -> Vec<State> {
    [lists(), dialogs()].concat()
}

fn rows(tokens: Vec<TokenView>) -> Vec<TokenRow> {
    tokens.into_iter().map(|token| TokenRow { token, more: "+2 more".to_owned() }).collect()
}

fn list() -> TokensView {
    TokensView {
        rows: rows(samples::tokens()),
        inactive: rows(samples::revoked()),
        inactive_title: "Recently revoked and expired (1)".to_owned(),
        page: PageNumbers { page: 1, pages: 2, total: 60 },
        place: "Page 1 of 2".to_owned(),
        older: Some("/account/tokens?page=2".to_owned()),
        ..TokensView::default()
    }
}

fn page(list: TokensView) -> TokensPage {
    TokensPage { list: Some(list), ..TokensPage::default() }
}

fn lists() -> Vec<State> {
    let frame = ada("/account/tokens");
    let revoked = ada_with_status("/account/tokens", "Token “old laptop” revoked");
    let nothing = TokensView { rows: Vec::new(), query: "zebra".to_owned(), ..list() };
    vec![
        ("tokens", pages::tokens(&frame, page(list()))),
        ("tokens-revoked", pages::tokens(&revoked, page(list()))),
        ("tokens-empty", pages::tokens(&frame, page(TokensView::default()))),
        ("tokens-nothing-found", pages::tokens(&frame, page(nothing))),
        ("tokens-unavailable", pages::tokens(&frame, TokensPage::default())),
    ]
}

fn new(problems: &[(&str, &str)]) -> TokenDialog {
    let added = |scope: &str| AddedScope { scope: scope.to_owned(), remove: format!("Remove {scope}") };
    let messages = |(field, text): &(&str, &str)| FieldMessage { field: (*field).to_owned(), text: (*text).to_owned() };
    TokenDialog::New(NewTokenDialog {
        name: "backup".to_owned(),
        scope: "write".to_owned(),
        added: ["read", "service_id=uslicer.iponweb.com"].into_iter().map(added).collect(),
        problems: problems.iter().map(messages).collect(),
        form_id: "form-1".to_owned(),
        choices: samples::choices(),
        ..NewTokenDialog::default()
    })
}

fn revoke(problem: Option<&str>) -> TokenDialog {
    let title =
        vec![Piece::Text("Revoke “".to_owned()), Piece::Name("backup".to_owned()), Piece::Text("”?".to_owned())];
    TokenDialog::Revoke(RevokeQuestion { id: "1".to_owned(), title, problem: problem.map(str::to_owned) })
}

fn dialogs() -> Vec<State> {
    let frame = ada("/account/tokens/new");
    let show = |dialog| pages::tokens(&frame, TokensPage { dialog: Some(dialog), ..page(list()) });
    let created = TokenDialog::Created(CreatedToken {
        id: "1".to_owned(),
        value: samples::VALUE.to_owned(),
        listed: vec![Piece::Text("It is in your list as “backup”.".to_owned())],
        announcement: String::new(),
        call: format!(
            "curl -H \"Authorization: Bearer {}\" \"https://id.example.com/oauth2/tokeninfo\"",
            samples::VALUE
        ),
    });
    vec![
        ("token-new", show(TokenDialog::New(NewTokenDialog::default()))),
        ("token-new-refused", show(new(&[("name", "Enter a name"), ("scope", "Add at least one scope")]))),
        ("token-created", show(created)),
        ("token-already-created", show(TokenDialog::AlreadyCreated)),
        ("token-not-created", show(new(&[(TokenDialog::FORM, "We could not create the token. Nothing was created.")]))),
        ("token-revoke", show(revoke(None))),
        ("token-not-revoked", show(revoke(Some("We could not revoke it. It still works. Try again.")))),
    ]
}
