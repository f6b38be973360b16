//! Connected applications (the third tab of tokens and sessions): what the user has granted. Each
//! form calls its server function (`app::api::connections`).

use app::api::ApiErrorKind;
use app::api::connections::{ask_remove_connection, list_connections, remove_connection};
use app::pages::{ConnectionsPage, List};
use axum::extract::RawQuery;
use axum::response::Response;
use oauth::Params;
use oauth::answer::ConnectionsDialog;

use super::{PageResult, call_api, error_page, flash, list_unavailable, read_user_form, render, response_of};
use crate::browser::{Id, Visitor};
use crate::form::{Form, FormError};
use crate::ui;

const LIST: &str = "/account/applications";

/// `GET /account/applications`
pub async fn list(visitor: Visitor, RawQuery(query): RawQuery) -> Response {
    let params = Params::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    response_of(show(&visitor, None, params.last("next")).await)
}

/// `GET /account/applications/{id}/remove`
pub async fn ask_remove(visitor: Visitor, Id(id): Id) -> Response {
    response_of(show_removal(&visitor, id).await)
}

async fn show_removal(visitor: &Visitor, id: String) -> PageResult {
    visitor.person()?;
    show(visitor, Some(call_api(visitor, ask_remove_connection(id)).await?), None).await
}

async fn show(visitor: &Visitor, dialog: Option<ConnectionsDialog>, focus: Option<&str>) -> PageResult {
    visitor.person()?;
    let list = ui::caller(visitor).call(list_connections()).await.map_err(|error| match error.kind {
        ApiErrorKind::Unavailable => list_unavailable(visitor, List::Applications)(error.into()),
        _ => error_page(visitor)(error),
    })?;
    let page = ConnectionsPage { list, dialog, focus: focus.map(str::to_owned) };
    Ok(render(flash::page(visitor).await, |frame| app::pages::connections(frame, page)))
}

/// `GET /account/applications/{id}`
pub async fn get(visitor: Visitor, Id(id): Id) -> Response {
    response_of(show_one(&visitor, &id).await)
}

async fn show_one(visitor: &Visitor, id: &str) -> PageResult {
    let current = visitor.person()?;
    let detail = visitor.site.provider.connection(current.user.id, id).await.map_err(error_page(visitor))?;
    Ok(render(flash::page(visitor).await, |frame| app::pages::connection(frame, detail)))
}

/// `POST /account/applications/{id}/remove`
pub async fn remove(visitor: Visitor, Id(id): Id, form: Result<Form, FormError>) -> Response {
    response_of(try_remove(&visitor, id, form).await)
}

async fn try_remove(visitor: &Visitor, id: String, form: Result<Form, FormError>) -> PageResult {
    read_user_form(visitor, form, LIST)?;
    match call_api(visitor, remove_connection(id)).await? {
        ConnectionsDialog::Removed(gone) => {
            let next = gone.next.map(|next| format!("?{}", Params::default().with("next", &next).encode()));
            Ok(flash::redirect(visitor, gone.announcement, &format!("{LIST}{}", next.unwrap_or_default())).await)
        }
        question @ ConnectionsDialog::Remove(_) => show(visitor, Some(question), None).await,
    }
}
