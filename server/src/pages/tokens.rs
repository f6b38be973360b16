//! Tokens and sessions, first tab: permanent tokens.

use app::pages::{PageNumbers, TokenDialog, TokensPage};
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::Response;
use oauth::Params;
use oauth::form::{FieldError, NewToken};
use oauth::view::ScopeChoice;
use provider::tokens::{NotCreated, PAGE};

use super::{Answer, ended, failed, flash, open_too_long, posted_by, stale, with_status};
use crate::browser::{Id, Visitor};
use crate::form::{Form, FormError};

const LIST: &str = "/account/tokens";

/// `GET /account/tokens`
pub async fn list(visitor: Visitor, RawQuery(query): RawQuery) -> Response {
    let params = Params::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    ended(show(&visitor, &params, (StatusCode::OK, None)).await)
}

/// `GET /account/tokens/new`: a link may fill the form in; it never creates.
pub async fn new(visitor: Visitor, RawQuery(query): RawQuery) -> Response {
    let params = Params::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    ended(fill(&visitor, &params).await)
}

async fn fill(visitor: &Visitor, params: &Params) -> Answer {
    let choices = choices(visitor).await?;
    let form = NewToken::prefill(params, &choices);
    show(visitor, &Params::default(), (StatusCode::OK, Some(TokenDialog::New { form, errors: Vec::new() }))).await
}

/// `POST /account/tokens/new`
pub async fn create(visitor: Visitor, form: Result<Form, FormError>) -> Response {
    ended(submit(&visitor, form).await)
}

async fn submit(visitor: &Visitor, form: Result<Form, FormError>) -> Answer {
    if let Some(params) = stale(visitor, &form) {
        let dialog = TokenDialog::New { form: NewToken::parse(&params), errors: open_too_long() };
        return show(visitor, &Params::default(), (StatusCode::FORBIDDEN, Some(dialog))).await;
    }
    let (_, params) = posted_by(visitor, form, "/account/tokens/new")?;
    let mut form = NewToken::parse(&params);
    let intent = params.last("intent").unwrap_or("create");
    if let Some(scope) = intent.strip_prefix("remove:") {
        form.remove(scope);
        return again(visitor, form, Vec::new()).await;
    }
    if intent == "add" {
        let errors = form.add(&choices(visitor).await?).err().into_iter().collect();
        return again(visitor, form, errors).await;
    }
    make(visitor, form, params.last("form_id").unwrap_or_default()).await
}

async fn make(visitor: &Visitor, form: NewToken, form_id: &str) -> Answer {
    let current = visitor.person()?;
    let dialog = match visitor.site.provider.create_token(current.user.id, &form, form_id).await {
        Ok(secret) => TokenDialog::Created { name: form.name, value: secret.expose().to_owned() },
        Err(NotCreated::Already) => TokenDialog::AlreadyCreated,
        Err(NotCreated::Form(errors)) => return again(visitor, form, errors).await,
        Err(NotCreated::Error(error)) => return Err(failed(visitor)(error)),
    };
    show(visitor, &Params::default(), (StatusCode::OK, Some(dialog))).await
}

async fn again(visitor: &Visitor, form: NewToken, errors: Vec<FieldError>) -> Answer {
    let status = super::status_of(&errors);
    show(visitor, &Params::default(), (status, Some(TokenDialog::New { form, errors }))).await
}

/// `GET /account/tokens/{id}/revoke`
pub async fn ask_revoke(visitor: Visitor, Id(id): Id) -> Response {
    ended(question(&visitor, &id).await)
}

async fn question(visitor: &Visitor, id: &str) -> Answer {
    let current = visitor.person()?;
    let token = visitor.site.provider.token_view(current.user.id, id).await.map_err(failed(visitor))?;
    let dialog = TokenDialog::Revoke { id: token.id, name: token.name };
    show(visitor, &Params::default(), (StatusCode::OK, Some(dialog))).await
}

/// `POST /account/tokens/{id}/revoke`
pub async fn revoke(visitor: Visitor, Id(id): Id, form: Result<Form, FormError>) -> Response {
    ended(revoke_it(&visitor, &id, form).await)
}

async fn revoke_it(visitor: &Visitor, id: &str, form: Result<Form, FormError>) -> Answer {
    let (current, _) = posted_by(visitor, form, LIST)?;
    let name = visitor.site.provider.revoke_token(current.user.id, id).await.map_err(failed(visitor))?;
    Ok(flash::tell(visitor, format!("Token “{name}” revoked"), LIST).await)
}

async fn choices(visitor: &Visitor) -> Result<Vec<ScopeChoice>, Box<Response>> {
    let current = visitor.person()?;
    visitor.site.provider.scope_choices(current.user.id).await.map_err(failed(visitor))
}

/// The list, with a dialog over it or not.
async fn show(visitor: &Visitor, params: &Params, (status, dialog): (StatusCode, Option<TokenDialog>)) -> Answer {
    let current = visitor.person()?;
    let query = params.last("q").unwrap_or_default().trim().to_owned();
    let asked = params.last("page").and_then(|page| page.parse::<i64>().ok()).unwrap_or(1).max(1);
    let provider = &visitor.site.provider;
    let list = provider.token_list(current.user.id, &query, asked).await.map_err(failed(visitor))?;
    let pages = (list.total.saturating_add(PAGE - 1) / PAGE).max(1);
    let page = TokensPage {
        tokens: list.tokens,
        inactive: list.inactive,
        dialog,
        query,
        page: PageNumbers { page: asked, pages, total: list.total },
        scopes: choices(visitor).await?,
        form_id: provider.nonce(),
    };
    Ok(with_status(status, flash::page(visitor).await, |frame| app::pages::tokens(frame, page)))
}
