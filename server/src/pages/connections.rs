//! Tokens and sessions, third tab: applications that the person allowed. Each form does what its server function does
//! (`app::api::connections`).

use app::api::ApiErrorKind;
use app::api::connections::{ask_remove_connection, list_connections, remove_connection};
use app::pages::{ConnectionsPage, List};
use axum::extract::RawQuery;
use axum::response::Response;
use oauth::Params;
use oauth::answer::ConnectionsDialog;

use super::{Answer, called, ended, failed, flash, not_loaded, posted_by, shown};
use crate::browser::{Id, Visitor};
use crate::form::{Form, FormError};
use crate::ui;

const LIST: &str = "/account/applications";

/// `GET /account/applications`
pub async fn list(visitor: Visitor, RawQuery(query): RawQuery) -> Response {
    let params = Params::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    ended(show(&visitor, None, params.last("next")).await)
}

/// `GET /account/applications/{id}/remove`
pub async fn ask_remove(visitor: Visitor, Id(id): Id) -> Response {
    ended(question(&visitor, id).await)
}

async fn question(visitor: &Visitor, id: String) -> Answer {
    visitor.person()?;
    show(visitor, Some(called(visitor, ask_remove_connection(id)).await?), None).await
}

async fn show(visitor: &Visitor, dialog: Option<ConnectionsDialog>, focus: Option<&str>) -> Answer {
    visitor.person()?;
    let list = ui::caller(visitor).call(list_connections()).await.map_err(|error| match error.kind {
        ApiErrorKind::Unavailable => not_loaded(visitor, List::Applications)(error.into()),
        _ => failed(visitor)(error),
    })?;
    let page = ConnectionsPage { list, dialog, focus: focus.map(str::to_owned) };
    Ok(shown(flash::page(visitor).await, |frame| app::pages::connections(frame, page)))
}

/// `GET /account/applications/{id}`
pub async fn get(visitor: Visitor, Id(id): Id) -> Response {
    ended(show_one(&visitor, &id).await)
}

async fn show_one(visitor: &Visitor, id: &str) -> Answer {
    let current = visitor.person()?;
    let detail = visitor.site.provider.connection(current.user.id, id).await.map_err(failed(visitor))?;
    Ok(shown(flash::page(visitor).await, |frame| app::pages::connection(frame, detail)))
}

/// `POST /account/applications/{id}/remove`
pub async fn remove(visitor: Visitor, Id(id): Id, form: Result<Form, FormError>) -> Response {
    ended(remove_it(&visitor, id, form).await)
}

async fn remove_it(visitor: &Visitor, id: String, form: Result<Form, FormError>) -> Answer {
    posted_by(visitor, form, LIST)?;
    match called(visitor, remove_connection(id)).await? {
        ConnectionsDialog::Removed(gone) => {
            let next = gone.next.map(|next| format!("?{}", Params::default().with("next", &next).encode()));
            Ok(flash::tell(visitor, gone.announcement, &format!("{LIST}{}", next.unwrap_or_default())).await)
        }
        question @ ConnectionsDialog::Remove(_) => show(visitor, Some(question), None).await,
    }
}
