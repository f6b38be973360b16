//! Tokens and sessions, third tab: applications that the person allowed.

use app::pages::{ConnectionsPage, List};
use axum::response::Response;
use provider::Error;

use super::{Answer, ended, failed, flash, not_loaded, posted_by, shown};
use crate::browser::{Id, Visitor};
use crate::form::{Form, FormError};

const LIST: &str = "/account/applications";

/// `GET /account/applications`
pub async fn list(visitor: Visitor) -> Response {
    ended(show(&visitor, None).await)
}

/// `GET /account/applications/{id}/remove`
pub async fn ask_remove(visitor: Visitor, Id(id): Id) -> Response {
    ended(show(&visitor, Some(id)).await)
}

async fn show(visitor: &Visitor, asked: Option<String>) -> Answer {
    let current = visitor.person()?;
    let connections = visitor.site.provider.connections(current.user.id).await;
    let connections = connections.map_err(not_loaded(visitor, List::Applications))?;
    let dialog = match asked {
        None => None,
        Some(id) => {
            let found = connections.iter().find(|connection| connection.id == id).cloned();
            Some(found.ok_or(Error::NotFound).map_err(failed(visitor))?)
        }
    };
    let page = ConnectionsPage { connections, dialog };
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
    ended(remove_it(&visitor, &id, form).await)
}

async fn remove_it(visitor: &Visitor, id: &str, form: Result<Form, FormError>) -> Answer {
    let (current, _) = posted_by(visitor, form, LIST)?;
    match visitor.site.provider.remove_connection(current.user.id, id).await {
        // A second press finds nothing left to remove: what was wanted is so.
        Ok(()) | Err(Error::NotFound) => {
            Ok(flash::tell(visitor, visitor.language.say("connections-removed"), LIST).await)
        }
        Err(error) => Err(failed(visitor)(error)),
    }
}
