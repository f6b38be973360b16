//! The developer's list of applications, and registering one (idempotent by `form_id`).

use app::api::applications::register_application;
use app::pages::{ApplicationsPage, DeveloperPage, RegisterPage};
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::Response;
use oauth::Params;
use oauth::answer::{ApplicationAnswer, FieldMessage};
use oauth::form::ClientForm;
use provider::Error;

use super::{
    PageResult, application, call_api, error_page, expired_form, expired_form_errors, field_errors, flash,
    read_user_form, render, render_with_status, response_of, scopes,
};
use crate::browser::{Current, Page, Visitor};
use crate::form::{Form, FormError};

/// `GET /developer`
pub async fn developer(visitor: Visitor) -> Response {
    response_of(visitor.person().map(|current| {
        let issuer = visitor.site.provider.settings().issuer.clone();
        let page = DeveloperPage { may_register: may_register(current), issuer };
        render(Page::new(&visitor), |frame| app::pages::developer(frame, page))
    }))
}

/// `GET /developer/applications`
pub async fn list(visitor: Visitor) -> Response {
    response_of(show(&visitor).await)
}

async fn show(visitor: &Visitor) -> PageResult {
    let current = visitor.person()?;
    let may_register = may_register(current);
    let loaded = match may_register {
        true => visitor.site.provider.applications(current.user.id).await,
        false => Ok(Vec::new()),
    };
    let (status, applications) = match loaded {
        Ok(applications) => (StatusCode::OK, Some(applications)),
        Err(Error::Unavailable(error)) => {
            tracing::error!(%error, "the applications could not be loaded");
            (StatusCode::SERVICE_UNAVAILABLE, None)
        }
        Err(error) => return Err(error_page(visitor)(error)),
    };
    let page = ApplicationsPage { applications, may_register };
    Ok(render_with_status(status, flash::page(visitor).await, |frame| app::pages::applications(frame, page)))
}

/// `GET /developer/applications/new`: a link may fill the form in; it never registers.
pub async fn new(visitor: Visitor, RawQuery(query): RawQuery) -> Response {
    let params = Params::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    response_of(open(&visitor, &params).await)
}

async fn open(visitor: &Visitor, params: &Params) -> PageResult {
    match may_register(visitor.person()?) {
        true => form(visitor, ClientForm::parse(params), Vec::new()).await,
        false => Ok(not_allowed(visitor)),
    }
}

/// `POST /developer/applications/new`
pub async fn create(visitor: Visitor, form: Result<Form, FormError>) -> Response {
    response_of(submit(&visitor, form).await)
}

async fn submit(visitor: &Visitor, body: Result<Form, FormError>) -> PageResult {
    if let Some(params) = expired_form(visitor, &body) {
        let mut again =
            form(visitor, ClientForm::parse(&params), field_errors(visitor, &expired_form_errors())).await?;
        *again.status_mut() = StatusCode::FORBIDDEN;
        return Ok(again);
    }
    let (current, params) = read_user_form(visitor, body, "/developer/applications/new")?;
    if !may_register(current) {
        return Ok(not_allowed(visitor));
    }
    if let Some(edited) = ClientForm::edited(&params, params.last("intent").unwrap_or_default()) {
        return form(visitor, edited, Vec::new()).await;
    }
    let (typed, form_id) = (ClientForm::parse(&params), params.last("form_id").unwrap_or_default());
    let answer = call_api(visitor, register_application(typed.clone(), form_id.to_owned())).await?;
    let id = match &answer {
        ApplicationAnswer::Registered(made) => made.client_id.clone(),
        ApplicationAnswer::AlreadyRegistered(id) => id.clone(),
        ApplicationAnswer::Refused(errors) => return form(visitor, typed, errors.clone()).await,
        other => return Err(error_page(visitor)(Error::Internal(format!("{other:?}")))),
    };
    application::answered(visitor, &id, answer).await
}

async fn form(visitor: &Visitor, form: ClientForm, errors: Vec<FieldMessage>) -> PageResult {
    let provider = &visitor.site.provider;
    let scopes = scopes::optional(visitor).await.map_err(error_page(visitor))?;
    let page = RegisterPage { form, errors, scopes, form_id: provider.nonce() };
    let status = if page.errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(render_with_status(status, Page::new(visitor), |frame| app::pages::register(frame, page)))
}

/// Only accounts with full access register applications (row S2); others get 403 with the reason.
fn not_allowed(visitor: &Visitor) -> Response {
    render_with_status(StatusCode::FORBIDDEN, Page::new(visitor), app::pages::not_allowed_to_register)
}

fn may_register(current: &Current) -> bool {
    current.user.rights().may_register()
}
