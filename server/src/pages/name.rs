//! The form with the user's name.

use app::api::account as api;
use app::pages::NamePage;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::Response;
use oauth::Params;
use oauth::answer::FieldMessage;
use oauth::form::{FieldError, PersonName};

use super::{
    PageResult, call_api, expired_form, expired_form_errors, flash, read_user_form, render_with_status, response_of,
};
use crate::browser::{Current, Page, Visitor};
use crate::form::{Form, FormError};

/// The path of the form.
pub const PATH: &str = "/account/name";

/// `GET /account/name`: the name as it is, or as it was typed before the session ended.
pub async fn get(visitor: Visitor, RawQuery(query): RawQuery) -> Response {
    let typed = query.and_then(|query| Params::parse(query.as_bytes()).ok()).filter(|typed| !typed.pairs().is_empty());
    response_of(visitor.person().map(|current| {
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
    response_of(change(&visitor, form).await)
}

async fn change(visitor: &Visitor, body: Result<Form, FormError>) -> PageResult {
    if let Some(params) = expired_form(visitor, &body) {
        let translate = |error: FieldError| FieldMessage {
            field: "given_name".to_owned(),
            text: visitor.language.translate_message(&error.message),
        };
        let problems = expired_form_errors().into_iter().map(translate).collect();
        let page = NamePage { form: PersonName::parse(&params), problems };
        return Ok(render_with_status(StatusCode::FORBIDDEN, Page::new(visitor), |frame| {
            app::pages::name(frame, page)
        }));
    }
    let (_, params) = read_user_form(visitor, body, PATH)?;
    let form = PersonName::parse(&params);
    let saved = call_api(visitor, api::save_name(form.clone())).await?;
    if saved.problems.is_empty() {
        return Ok(flash::redirect(visitor, saved.announcement, "/account").await);
    }
    Ok(show(visitor, NamePage { form, problems: saved.problems }))
}

fn show(visitor: &Visitor, page: NamePage) -> Response {
    let status = if page.problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    render_with_status(status, Page::new(visitor), |frame| app::pages::name(frame, page))
}
