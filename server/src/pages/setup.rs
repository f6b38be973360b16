//! The first administrator, made in the browser through a one-time link.

use app::pages::SetupPage;
use axum::extract::RawQuery;
use axum::response::Response;
use oauth::Params;
use oauth::form::FieldError;
use provider::Error;
use provider::users::Rejected;

use super::{Answer, ended, failed, posted, status_of, with_status};
use crate::browser::{Page, Visitor, see_other};
use crate::form::{Form, FormError};
use crate::respond::{self, Problem};

/// `GET /setup`
pub async fn get(visitor: Visitor, RawQuery(query): RawQuery) -> Response {
    let params = Params::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    ended(open(&visitor, params.last("token").unwrap_or_default()).await)
}

async fn open(visitor: &Visitor, token: &str) -> Answer {
    let live = visitor.site.provider.setup_is_open(token).await.map_err(failed(visitor))?;
    if !live {
        return Err(closed(visitor, token).await);
    }
    Ok(form(visitor, token, "", Vec::new()))
}

/// `POST /setup`
pub async fn post(visitor: Visitor, form: Result<Form, FormError>) -> Response {
    ended(complete(&visitor, form).await)
}

async fn complete(visitor: &Visitor, body: Result<Form, FormError>) -> Answer {
    let params = posted(visitor, body)?;
    let field = |name: &str| params.last(name).unwrap_or_default();
    let (token, username) = (field("token"), field("username"));
    match visitor.site.provider.complete_setup(token, username, field("password")).await {
        Ok(_) => Ok(see_other("/login")),
        Err(Rejected::Form(errors)) => Ok(form(visitor, token, username, errors)),
        Err(Rejected::Error(Error::NotFound)) => Err(closed(visitor, token).await),
        Err(Rejected::Error(error)) => Err(failed(visitor)(error)),
    }
}

/// A link that is not good: one that was used says so.
async fn closed(visitor: &Visitor, token: &str) -> Box<Response> {
    match visitor.site.provider.setup_was_used(token).await {
        Ok(true) => Box::new(respond::problem_page(visitor, Problem::used_setup_link())),
        Ok(false) => failed(visitor)(Error::NotFound),
        Err(error) => failed(visitor)(error),
    }
}

fn form(visitor: &Visitor, token: &str, username: &str, errors: Vec<FieldError>) -> Response {
    let page = SetupPage { token: token.to_owned(), username: username.to_owned(), errors };
    with_status(status_of(&page.errors), Page::new(visitor), |frame| app::pages::setup(frame, page))
}
