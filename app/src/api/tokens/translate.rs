//! i18n of the permanent-token functions: use-case results into the values that the page shows.

use crate::api::Translator;
use crate::views::tokens::LIST;
use oauth::answer::{AddedScope, CreatedToken, NewTokenDialog, RenameQuestion, RevokeQuestion, TokenDialog};
use oauth::form::{FieldError, NewToken, visible};
use oauth::view::{PageNumbers, ScopeChoice, TokenRow, TokenView, TokensView};
use oauth::{Message, Params};
use provider::permanent_tokens::{CreatedToken as Made, PAGE, TokenList};

impl Translator {
    /// The list as it is shown.
    pub(crate) fn tokens(&self, list: TokenList, query: &str) -> TokensView {
        let pages = (list.total.saturating_add(PAGE - 1) / PAGE).max(1);
        let number = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let place = Message::new("pages-place").with("page", list.page).with("pages", pages);
        let inactive = Message::new("tokens-inactive").with("count", number(list.inactive.len()));
        let address = |page: i64| {
            let params = Params::default().with("page", &page.to_string());
            let params = if query.is_empty() { params } else { params.with("q", query) };
            format!("{LIST}?{}", params.encode())
        };
        let rows = |tokens: Vec<TokenView>| tokens.into_iter().map(|token| self.row(token)).collect();
        TokensView {
            rows: rows(list.tokens),
            inactive: rows(list.inactive),
            inactive_title: self.0.translate_message(&inactive),
            query: query.to_owned(),
            page: PageNumbers { page: list.page, pages, total: list.total },
            place: self.0.translate_message(&place),
            newer: (list.page > 1).then(|| address(list.page - 1)),
            older: (list.page < pages).then(|| address(list.page + 1)),
        }
    }

    fn row(&self, token: TokenView) -> TokenRow {
        let hidden = i64::try_from(token.scopes.len().saturating_sub(TokenRow::SHOWN)).unwrap_or(i64::MAX);
        TokenRow { more: self.0.translate_message(&Message::new("scopes-more").with("count", hidden)), token }
    }

    /// "New permanent token" with these values.
    pub(crate) fn new_token(&self, form: NewToken, known: Vec<ScopeChoice>, form_id: &str) -> TokenDialog {
        TokenDialog::New(self.dialog(form, known, form_id))
    }

    fn dialog(&self, form: NewToken, known: Vec<ScopeChoice>, form_id: &str) -> NewTokenDialog {
        let added = |scope: String| AddedScope {
            remove: self.0.translate_message(&Message::new("token-remove-scope").with("scope", scope.as_str())),
            scope,
        };
        NewTokenDialog {
            name: form.name,
            scope: form.scope,
            added: form.scopes.into_iter().map(added).collect(),
            form_id: form_id.to_owned(),
            choices: known.into_iter().filter(|choice| choice.allowed).collect(),
            ..NewTokenDialog::default()
        }
    }

    /// The same after "Add".
    pub(crate) fn with_scope(&self, mut form: NewToken, known: Vec<ScopeChoice>, form_id: &str) -> TokenDialog {
        let before = form.scopes.len();
        if let Err(error) = form.add(&known) {
            return self.refused_token(form, known, form_id, &[error]);
        }
        let count = form.scopes.len();
        let key = if count > before { "scope-added" } else { "scope-present" };
        let scopes_status = self.counted(key, form.scopes.last().map_or("", String::as_str), count);
        TokenDialog::New(NewTokenDialog { scopes_status, ..self.dialog(form, known, form_id) })
    }

    /// The same after "Remove …".
    pub(crate) fn without_scope(
        &self,
        mut form: NewToken,
        known: Vec<ScopeChoice>,
        form_id: &str,
        scope: &str,
    ) -> TokenDialog {
        form.remove(scope);
        let scopes_status = self.counted("scope-removed", scope, form.scopes.len());
        TokenDialog::New(NewTokenDialog { scopes_status, ..self.dialog(form, known, form_id) })
    }

    fn counted(&self, key: &'static str, scope: &str, count: usize) -> String {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        self.0.translate_message(&Message::new(key).with("scope", visible(scope)).with("count", count))
    }

    /// The form with its validation errors.
    pub(crate) fn refused_token(
        &self,
        form: NewToken,
        known: Vec<ScopeChoice>,
        form_id: &str,
        errors: &[FieldError],
    ) -> TokenDialog {
        TokenDialog::New(NewTokenDialog { problems: self.field_messages(errors), ..self.dialog(form, known, form_id) })
    }

    /// The form after its CSRF token expired, under a new id.
    pub(crate) fn old_token(&self, form: NewToken, known: Vec<ScopeChoice>, form_id: &str) -> TokenDialog {
        let problems = self.field_messages(&[FieldError::new("name", "form-open-too-long")]);
        let dialog = self.dialog(form, known, form_id);
        TokenDialog::New(NewTokenDialog { problems, old: true, ..dialog })
    }

    /// The only answer that holds the value.
    pub(crate) fn created(&self, made: Made, name: &str, issuer: &str) -> TokenDialog {
        let value = made.secret.expose().to_owned();
        TokenDialog::Created(CreatedToken {
            id: made.id,
            call: format!("curl -H \"Authorization: Bearer {value}\" \"{issuer}/oauth2/tokeninfo\""),
            value,
            listed: self.naming("token-in-list", name),
            announcement: self.0.translate_message(&Message::new("tokens-was-created").with("name", visible(name))),
        })
    }

    /// "Rename …" with the typed name and its validation errors.
    pub(crate) fn ask_rename(&self, token: TokenView, name: String, errors: &[FieldError]) -> TokenDialog {
        TokenDialog::Rename(RenameQuestion {
            id: token.id,
            title: self.naming("token-rename-title", &token.name),
            name,
            problems: self.field_messages(errors),
            old: false,
        })
    }

    /// "Revoke …?", with a message if it failed before.
    pub(crate) fn ask_revoke(&self, token: TokenView, problem: Option<&'static str>) -> TokenDialog {
        TokenDialog::Revoke(RevokeQuestion {
            id: token.id,
            title: self.naming("token-revoke-question", &token.name),
            problem: problem.map(|key| self.0.translate(key)),
        })
    }
}
