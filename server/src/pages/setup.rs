//! The first administrator, made in the browser through a one-time link.

use app::pages::SetupPage;
use axum::extract::{Extension, RawQuery};
use axum::response::Response;
use oauth::form::{FieldError, visible};
use oauth::{Message, Params};
use provider::users::Rejected;
use provider::{Error, User};

use super::{PageResult, account, error_page, flash, login, read_form, render_with_status, response_of, status_of};
use crate::address::ClientAddress;
use crate::browser::{Page, Visitor};
use crate::form::{Form, FormError};
use crate::respond::{self, ErrorContent};

/// `GET /setup`
pub async fn get(visitor: Visitor, RawQuery(query): RawQuery) -> Response {
    let params = Params::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    response_of(open(&visitor, params.last("token").unwrap_or_default()).await)
}

async fn open(visitor: &Visitor, token: &str) -> PageResult {
    let live = visitor.site.provider.setup_is_open(token).await.map_err(error_page(visitor))?;
    if !live {
        return Err(invalid_link(visitor, token).await);
    }
    Ok(form(visitor, token, "", Vec::new()))
}

/// `POST /setup`
pub async fn post(
    visitor: Visitor,
    Extension(address): Extension<ClientAddress>,
    form: Result<Form, FormError>,
) -> Response {
    response_of(complete(&visitor, address, form).await)
}

async fn complete(visitor: &Visitor, address: ClientAddress, body: Result<Form, FormError>) -> PageResult {
    let params = read_form(visitor, body)?;
    let field = |name: &str| params.last(name).unwrap_or_default();
    let (token, username) = (field("token"), field("username"));
    match visitor.site.provider.complete_setup(token, username, field("password")).await {
        Ok(user) => sign_in(visitor, &user, address).await,
        Err(Rejected::Form(errors)) => Ok(form(visitor, token, username, errors)),
        Err(Rejected::Error(Error::NotFound)) => Err(invalid_link(visitor, token).await),
        Err(Rejected::Error(error)) => Err(error_page(visitor)(error)),
    }
}

/// Signs the new administrator in: the password was set in this request.
async fn sign_in(visitor: &Visitor, user: &User, address: ClientAddress) -> PageResult {
    let response = login::begin(visitor, user, address, &format!("/account?{}", account::FIRST_STEPS)).await?;
    let operator = visitor.site.provider.settings().name.as_str();
    flash::store(
        visitor,
        visitor.language.translate_message(&Message::new("setup-welcome").with("operator", visible(operator))),
    )
    .await;
    Ok(response)
}

/// The error page of an invalid link, with a message of its own for one that was used.
async fn invalid_link(visitor: &Visitor, token: &str) -> Box<Response> {
    match visitor.site.provider.setup_was_used(token).await {
        Ok(true) => Box::new(respond::error_page(visitor, ErrorContent::used_setup_link())),
        Ok(false) => error_page(visitor)(Error::NotFound),
        Err(error) => error_page(visitor)(error),
    }
}

fn form(visitor: &Visitor, token: &str, username: &str, errors: Vec<FieldError>) -> Response {
    let page = SetupPage { token: token.to_owned(), username: username.to_owned(), errors };
    render_with_status(status_of(&page.errors), Page::new(visitor), |frame| app::pages::setup(frame, page))
}
