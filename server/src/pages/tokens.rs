//! Permanent tokens (the first tab of tokens and sessions). Each form calls its server function
//! (`app::api::tokens`) and renders the answer as a page.

mod list;

use app::api::tokens::{
    add_scope, ask_rename_token, ask_revoke_token, create_token, open_new_token, remove_scope, rename_token,
    revoke_token, stale_rename, stale_token,
};
use axum::extract::RawQuery;
use axum::response::Response;
use oauth::Params;
use oauth::answer::TokenDialog;
use oauth::form::NewToken;

use self::list::show;
use super::{PageResult, call_api, expired_form, flash, read_user_form, response_of};
use crate::browser::{Id, Visitor};
use crate::form::{Form, FormError};

const LIST: &str = "/account/tokens";

/// `GET /account/tokens`
pub async fn list(visitor: Visitor, RawQuery(query): RawQuery) -> Response {
    let params = Params::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    response_of(show(&visitor, &params, None).await)
}

/// `GET /account/tokens/new`: a link may fill the form in; it never creates.
pub async fn new(visitor: Visitor, RawQuery(query): RawQuery) -> Response {
    response_of(fill(&visitor, query.unwrap_or_default()).await)
}

async fn fill(visitor: &Visitor, query: String) -> PageResult {
    visitor.person()?;
    show_dialog(visitor, call_api(visitor, open_new_token(query)).await?).await
}

/// `POST /account/tokens/new`
pub async fn create(visitor: Visitor, form: Result<Form, FormError>) -> Response {
    response_of(submit(&visitor, form).await)
}

async fn submit(visitor: &Visitor, form: Result<Form, FormError>) -> PageResult {
    if let Some(params) = expired_form(visitor, &form) {
        return show_dialog(visitor, call_api(visitor, stale_token(NewToken::parse(&params))).await?).await;
    }
    let (_, params) = read_user_form(visitor, form, "/account/tokens/new")?;
    let form = NewToken::parse(&params);
    let form_id = params.last("form_id").unwrap_or_default().to_owned();
    let intent = params.last("intent").unwrap_or("create");
    let dialog = match intent.strip_prefix("remove:") {
        Some(scope) => call_api(visitor, remove_scope(form, form_id, scope.to_owned())).await?,
        None if intent == "add" => call_api(visitor, add_scope(form, form_id)).await?,
        None => call_api(visitor, create_token(form, form_id)).await?,
    };
    show_dialog(visitor, dialog).await
}

async fn show_dialog(visitor: &Visitor, dialog: TokenDialog) -> PageResult {
    show(visitor, &Params::default(), Some(dialog)).await
}

/// `GET /account/tokens/{id}/revoke`
pub async fn ask_revoke(visitor: Visitor, Id(id): Id) -> Response {
    response_of(show_revocation(&visitor, id).await)
}

async fn show_revocation(visitor: &Visitor, id: String) -> PageResult {
    visitor.person()?;
    show_dialog(visitor, call_api(visitor, ask_revoke_token(id)).await?).await
}

/// `POST /account/tokens/{id}/revoke`
pub async fn revoke(visitor: Visitor, Id(id): Id, form: Result<Form, FormError>) -> Response {
    response_of(try_revoke(&visitor, id, form).await)
}

async fn try_revoke(visitor: &Visitor, id: String, form: Result<Form, FormError>) -> PageResult {
    read_user_form(visitor, form, LIST)?;
    match call_api(visitor, revoke_token(id)).await? {
        TokenDialog::Revoked(revoked) => {
            let next = Params::default().with("next", &revoked.next.unwrap_or_default());
            Ok(flash::redirect(visitor, revoked.announcement, &format!("{LIST}?{}", next.encode())).await)
        }
        dialog => show_dialog(visitor, dialog).await,
    }
}

/// `GET /account/tokens/{id}/rename`: the return from sign-in may carry the typed name; it never
/// renames.
pub async fn ask_rename(visitor: Visitor, Id(id): Id, RawQuery(query): RawQuery) -> Response {
    let params = Params::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    response_of(show_rename(&visitor, id, params.last("name").unwrap_or_default().to_owned()).await)
}

async fn show_rename(visitor: &Visitor, id: String, typed: String) -> PageResult {
    visitor.person()?;
    show_dialog(visitor, call_api(visitor, ask_rename_token(id, typed)).await?).await
}

/// `POST /account/tokens/{id}/rename`
pub async fn rename(visitor: Visitor, Id(id): Id, form: Result<Form, FormError>) -> Response {
    response_of(try_rename(&visitor, id, form).await)
}

async fn try_rename(visitor: &Visitor, id: String, form: Result<Form, FormError>) -> PageResult {
    let typed = |params: &Params| params.last("name").unwrap_or_default().to_owned();
    if let Some(params) = expired_form(visitor, &form) {
        return show_dialog(visitor, call_api(visitor, stale_rename(id, typed(&params))).await?).await;
    }
    let (_, params) = read_user_form(visitor, form, &format!("{LIST}/{id}/rename"))?;
    match call_api(visitor, rename_token(id, typed(&params))).await? {
        TokenDialog::Renamed(done) => {
            let row = Params::default().with("renamed", &done.next.unwrap_or_default());
            Ok(flash::redirect(visitor, done.announcement, &format!("{LIST}?{}", row.encode())).await)
        }
        dialog => show_dialog(visitor, dialog).await,
    }
}
