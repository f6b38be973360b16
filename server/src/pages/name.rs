//! What the person is called.

use app::api::account as api;
use app::pages::NamePage;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::Response;
use oauth::Params;
use oauth::answer::FieldMessage;
use oauth::form::{FieldError, PersonName};

use super::{Answer, called, ended, flash, open_too_long, posted_by, stale, with_status};
use crate::browser::{Current, Page, Visitor};
use crate::form::{Form, FormError};

/// Where the form stands.
pub const PATH: &str = "/account/name";

/// `GET /account/name`: the name as it is, or as it was typed before the session ended.
pub async fn get(visitor: Visitor, RawQuery(query): RawQuery) -> Response {
    let typed = query.and_then(|query| Params::parse(query.as_bytes()).ok()).filter(|typed| !typed.pairs().is_empty());
    ended(visitor.person().map(|current| {
        let form = typed.as_ref().map_or_else(|| known(current), PersonName::parse);
        show(&visitor, NamePage { form, problems: Vec::new() })
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
        let tell = |error: FieldError| FieldMessage {
            field: "given_name".to_owned(),
            text: visitor.language.translate_message(&error.message),
        };
        let problems = open_too_long().into_iter().map(tell).collect();
        let page = NamePage { form: PersonName::parse(&params), problems };
        return Ok(with_status(StatusCode::FORBIDDEN, Page::new(visitor), |frame| app::pages::name(frame, page)));
    }
    let (_, params) = posted_by(visitor, body, PATH)?;
    let form = PersonName::parse(&params);
    let saved = called(visitor, api::save_name(form.clone())).await?;
    if saved.problems.is_empty() {
        return Ok(flash::tell(visitor, saved.announcement, "/account").await);
    }
    Ok(show(visitor, NamePage { form, problems: saved.problems }))
}

fn show(visitor: &Visitor, page: NamePage) -> Response {
    let status = if page.problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    with_status(status, Page::new(visitor), |frame| app::pages::name(frame, page))
}
