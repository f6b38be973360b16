//! The first administrator, made in the browser through a one-time link.

use app::pages::SetupPage;
use axum::extract::{Extension, RawQuery};
use axum::response::Response;
use oauth::form::{FieldError, visible};
use oauth::{Message, Params};
use provider::users::Rejected;
use provider::{Error, User};

use super::{Answer, account, ended, failed, flash, login, posted, status_of, with_status};
use crate::address::ClientAddress;
use crate::browser::{Page, Visitor};
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
pub async fn post(
    visitor: Visitor,
    Extension(address): Extension<ClientAddress>,
    form: Result<Form, FormError>,
) -> Response {
    ended(complete(&visitor, address, form).await)
}

async fn complete(visitor: &Visitor, address: ClientAddress, body: Result<Form, FormError>) -> Answer {
    let params = posted(visitor, body)?;
    let field = |name: &str| params.last(name).unwrap_or_default();
    let (token, username) = (field("token"), field("username"));
    match visitor.site.provider.complete_setup(token, username, field("password")).await {
        Ok(user) => welcomed(visitor, &user, address).await,
        Err(Rejected::Form(errors)) => Ok(form(visitor, token, username, errors)),
        Err(Rejected::Error(Error::NotFound)) => Err(closed(visitor, token).await),
        Err(Rejected::Error(error)) => Err(failed(visitor)(error)),
    }
}

/// Who made the account is signed in with it: the password was shown a moment ago.
async fn welcomed(visitor: &Visitor, user: &User, address: ClientAddress) -> Answer {
    let response = login::begin(visitor, user, address, &format!("/account?{}", account::FIRST_STEPS)).await?;
    let operator = visitor.site.provider.settings().name.as_str();
    flash::keep(
        visitor,
        visitor.language.translate_message(&Message::new("setup-welcome").with("operator", visible(operator))),
    )
    .await;
    Ok(response)
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
