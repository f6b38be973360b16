//! Tokens and sessions, first tab: permanent tokens. Each form does what its server function does (`app::api::tokens`),
//! and shows what that answers as a page.

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
use super::{Answer, called, ended, flash, posted_by, stale};
use crate::browser::{Id, Visitor};
use crate::form::{Form, FormError};

const LIST: &str = "/account/tokens";

/// `GET /account/tokens`
pub async fn list(visitor: Visitor, RawQuery(query): RawQuery) -> Response {
    let params = Params::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    ended(show(&visitor, &params, None).await)
}

/// `GET /account/tokens/new`: a link may fill the form in; it never creates.
pub async fn new(visitor: Visitor, RawQuery(query): RawQuery) -> Response {
    ended(fill(&visitor, query.unwrap_or_default()).await)
}

async fn fill(visitor: &Visitor, query: String) -> Answer {
    visitor.person()?;
    over(visitor, called(visitor, open_new_token(query)).await?).await
}

/// `POST /account/tokens/new`
pub async fn create(visitor: Visitor, form: Result<Form, FormError>) -> Response {
    ended(submit(&visitor, form).await)
}

async fn submit(visitor: &Visitor, form: Result<Form, FormError>) -> Answer {
    if let Some(params) = stale(visitor, &form) {
        return over(visitor, called(visitor, stale_token(NewToken::parse(&params))).await?).await;
    }
    let (_, params) = posted_by(visitor, form, "/account/tokens/new")?;
    let form = NewToken::parse(&params);
    let form_id = params.last("form_id").unwrap_or_default().to_owned();
    let intent = params.last("intent").unwrap_or("create");
    let dialog = match intent.strip_prefix("remove:") {
        Some(scope) => called(visitor, remove_scope(form, form_id, scope.to_owned())).await?,
        None if intent == "add" => called(visitor, add_scope(form, form_id)).await?,
        None => called(visitor, create_token(form, form_id)).await?,
    };
    over(visitor, dialog).await
}

async fn over(visitor: &Visitor, dialog: TokenDialog) -> Answer {
    show(visitor, &Params::default(), Some(dialog)).await
}

/// `GET /account/tokens/{id}/revoke`
pub async fn ask_revoke(visitor: Visitor, Id(id): Id) -> Response {
    ended(question(&visitor, id).await)
}

async fn question(visitor: &Visitor, id: String) -> Answer {
    visitor.person()?;
    over(visitor, called(visitor, ask_revoke_token(id)).await?).await
}

/// `POST /account/tokens/{id}/revoke`
pub async fn revoke(visitor: Visitor, Id(id): Id, form: Result<Form, FormError>) -> Response {
    ended(revoke_it(&visitor, id, form).await)
}

async fn revoke_it(visitor: &Visitor, id: String, form: Result<Form, FormError>) -> Answer {
    posted_by(visitor, form, LIST)?;
    match called(visitor, revoke_token(id)).await? {
        TokenDialog::Revoked(revoked) => {
            let next = Params::default().with("next", &revoked.next.unwrap_or_default());
            Ok(flash::tell(visitor, revoked.announcement, &format!("{LIST}?{}", next.encode())).await)
        }
        dialog => over(visitor, dialog).await,
    }
}

/// `GET /account/tokens/{id}/rename`: the way back from sign-in may carry what was typed; it never renames.
pub async fn ask_rename(visitor: Visitor, Id(id): Id, RawQuery(query): RawQuery) -> Response {
    let params = Params::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    ended(name(&visitor, id, params.last("name").unwrap_or_default().to_owned()).await)
}

async fn name(visitor: &Visitor, id: String, typed: String) -> Answer {
    visitor.person()?;
    over(visitor, called(visitor, ask_rename_token(id, typed)).await?).await
}

/// `POST /account/tokens/{id}/rename`
pub async fn rename(visitor: Visitor, Id(id): Id, form: Result<Form, FormError>) -> Response {
    ended(rename_it(&visitor, id, form).await)
}

async fn rename_it(visitor: &Visitor, id: String, form: Result<Form, FormError>) -> Answer {
    let typed = |params: &Params| params.last("name").unwrap_or_default().to_owned();
    if let Some(params) = stale(visitor, &form) {
        return over(visitor, called(visitor, stale_rename(id, typed(&params))).await?).await;
    }
    let (_, params) = posted_by(visitor, form, &format!("{LIST}/{id}/rename"))?;
    match called(visitor, rename_token(id, typed(&params))).await? {
        TokenDialog::Renamed(done) => {
            let row = Params::default().with("renamed", &done.next.unwrap_or_default());
            Ok(flash::tell(visitor, done.announcement, &format!("{LIST}?{}", row.encode())).await)
        }
        dialog => over(visitor, dialog).await,
    }
}
