//! What the person is called.

use app::pages::NamePage;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::Response;
use oauth::Params;
use oauth::form::{FieldError, PersonName};
use provider::users::Rejected;

use super::{Answer, ended, failed, flash, open_too_long, posted_by, stale, status_of, with_status};
use crate::browser::{Current, Page, Visitor};
use crate::form::{Form, FormError};

/// Where the form stands.
pub const PATH: &str = "/account/name";

/// `GET /account/name`: the name as it is, or as it was typed before the session ended.
pub async fn get(visitor: Visitor, RawQuery(query): RawQuery) -> Response {
    let typed = query.and_then(|query| Params::parse(query.as_bytes()).ok()).filter(|typed| !typed.pairs().is_empty());
    ended(visitor.person().map(|current| {
        let form = typed.as_ref().map_or_else(|| known(current), PersonName::parse);
        show(&visitor, NamePage { form, errors: Vec::new() })
    }))
}

fn known(current: &Current) -> PersonName {
    let text = |name: &Option<String>| name.clone().unwrap_or_default();
    PersonName { given_name: text(&current.user.given_name), family_name: text(&current.user.family_name) }
}

/// `POST /account/name`
pub async fn post(visitor: Visitor, form: Result<Form, FormError>) -> Response {
    ended(change(&visitor, form).await)
}

async fn change(visitor: &Visitor, body: Result<Form, FormError>) -> Answer {
    if let Some(params) = stale(visitor, &body) {
        let errors = open_too_long().into_iter().map(|error| FieldError::new("given_name", error.message));
        let page = NamePage { form: PersonName::parse(&params), errors: errors.collect() };
        return Ok(with_status(StatusCode::FORBIDDEN, Page::new(visitor), |frame| app::pages::name(frame, page)));
    }
    let (current, params) = posted_by(visitor, body, PATH)?;
    let form = PersonName::parse(&params);
    match visitor.site.provider.change_name(current.user.id, &form).await {
        Ok(()) => Ok(flash::tell(visitor, visitor.language.say("name-changed"), "/account").await),
        Err(Rejected::Form(errors)) => Ok(show(visitor, NamePage { form, errors })),
        Err(Rejected::Error(error)) => Err(failed(visitor)(error)),
    }
}

fn show(visitor: &Visitor, page: NamePage) -> Response {
    with_status(status_of(&page.errors), Page::new(visitor), |frame| app::pages::name(frame, page))
}
