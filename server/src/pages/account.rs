//! The account page, and the forms for password, theme and language.

use app::pages::{AccountPage, PasswordPage};
use axum::extract::{Extension, RawQuery};
use axum::response::Response;
use oauth::Params;
use oauth::form::FieldError;
use provider::Error;
use provider::users::{Ends, PasswordChange, Rejected};

use super::{
    PageResult, error_page, flash, read_form, read_user_form, render, render_with_status, response_of, status_of,
};
use crate::address::ClientAddress;
use crate::browser::{LANGUAGE, Page, THEME, Visitor, local_path, see_other};
use crate::form::{Form, FormError};
use crate::respond;
use crate::session::{self, Person};

/// The query under which the account page shows the first steps after the set-up.
pub const FIRST_STEPS: &str = "first_steps";

/// `GET /account`
pub async fn get(visitor: Visitor, RawQuery(query): RawQuery) -> Response {
    response_of(account(&visitor, query.as_deref() == Some(FIRST_STEPS)).await)
}

async fn account(visitor: &Visitor, first_steps: bool) -> PageResult {
    let current = visitor.person()?;
    let view = visitor.site.provider.account_view(current.user.id).await.map_err(error_page(visitor))?;
    let page = AccountPage { first_steps: first_steps && view.administrator, view };
    Ok(render(flash::page(visitor).await, |frame| app::pages::account(frame, page)))
}

/// `GET /account/password`
pub async fn password(visitor: Visitor) -> Response {
    response_of(password_page(&visitor).await)
}

async fn password_page(visitor: &Visitor) -> PageResult {
    let current = visitor.person()?;
    let page = page_of(visitor, current.user.id, Ends::default(), Vec::new()).await?;
    Ok(render(Page::new(visitor), |frame| app::pages::password(frame, page)))
}

/// The password page with what may be revoked as well, and what was chosen of it.
async fn page_of(
    visitor: &Visitor,
    user_id: i64,
    chosen: Ends,
    errors: Vec<FieldError>,
) -> Result<PasswordPage, Box<Response>> {
    let view = visitor.site.provider.account_view(user_id).await.map_err(error_page(visitor))?;
    let (tokens, connections) = ((view.tokens, chosen.permanent), (view.connections, chosen.grants));
    Ok(PasswordPage { errors, tokens, connections })
}

/// `POST /account/password`
pub async fn change_password(
    visitor: Visitor,
    Extension(_): Extension<ClientAddress>,
    form: Result<Form, FormError>,
) -> Response {
    response_of(change(&visitor, form).await)
}

async fn change(visitor: &Visitor, form: Result<Form, FormError>) -> PageResult {
    let (current, params) = read_user_form(visitor, form, "/account/password")?;
    let field = |name: &str| params.last(name).unwrap_or_default().to_owned();
    let (old, new) = (field("current_password"), field("new_password"));
    let is_chosen = |name: &str| params.last(name).is_some_and(|value| !value.is_empty());
    let ends = Ends { tokens: false, permanent: is_chosen("end_tokens"), grants: is_chosen("end_applications") };
    let (provider, user_id) = (&visitor.site.provider, current.user.id);
    let errors = match provider
        .change_password(user_id, PasswordChange { current: &old, new: &new }, &current.signed_in.session, ends)
        .await
    {
        Ok(()) => return Ok(changed(visitor, user_id, ends).await),
        Err(Rejected::Form(errors)) => errors,
        Err(Rejected::Error(Error::Throttled { .. } | Error::Capped)) => {
            vec![FieldError::new("current_password", "throttled-field")]
        }
        Err(Rejected::Error(error)) => return Err(error_page(visitor)(error)),
    };
    let page = page_of(visitor, user_id, ends, errors).await?;
    Ok(render_with_status(status_of(&page.errors), Page::new(visitor), |frame| app::pages::password(frame, page)))
}

/// The other sessions have ended; this one continues under a new id, since the old one may have
/// leaked. If it has ended meanwhile, the user signs in.
async fn changed(visitor: &Visitor, user_id: i64, ends: Ends) -> Response {
    if let Err(error) = renew_session(visitor, user_id).await {
        tracing::warn!(%error, "the session was not renewed after a change of password");
        // Without the flush the session layer would try to save it once more.
        let _ = visitor.session.flush().await;
        return respond::redirect_to_sign_in("/account");
    }
    let done = if ends == Ends::default() { "password-changed" } else { "password-changed-also" };
    flash::redirect(visitor, visitor.language.translate(done), "/account").await
}

async fn renew_session(visitor: &Visitor, user_id: i64) -> Result<(), tower_sessions::session::Error> {
    let user = visitor.site.provider.user(user_id).await.ok();
    let person = visitor.session.get::<Person>(session::PERSON).await?;
    let (Some(user), Some(person), Some(current)) = (user, person, &visitor.current) else { return Ok(()) };
    let replaces = Some(current.signed_in.session.clone());
    let password_changed_at = user.password_changed_at;
    session::renew(&visitor.session, Person { password_changed_at, replaces, renewed: true, ..person }).await
}

/// `GET /.well-known/change-password`: where password managers find the page (W3C, A Well-Known URL
/// for Changing Passwords).
pub async fn change_password_page() -> Response {
    see_other("/account/password")
}

/// `POST /account/theme`: a cookie, so that the server can render the page in the right colours at
/// once.
pub async fn theme(visitor: Visitor, form: Result<Form, FormError>) -> Response {
    let params = match read_form(&visitor, form) {
        Ok(params) => params,
        Err(response) => return *response,
    };
    if visitor.current.is_some() {
        flash::store(&visitor, visitor.language.translate("theme-saved")).await;
    }
    let theme = app::Theme::parse(params.last("theme").unwrap_or_default());
    redirect_with_preference(&visitor, &params, THEME, theme.as_str())
}

/// `GET /language`: a cookie again, since people choose their language before they sign in.
pub async fn language(visitor: Visitor, RawQuery(query): RawQuery) -> Response {
    let params = Params::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    match params.last("language").and_then(app::Language::parse) {
        Some(language) => redirect_with_preference(&visitor, &params, LANGUAGE, language.tag()),
        None => see_other(&local_path(params.last("return_to").unwrap_or("/"))),
    }
}

/// Redirects back to where the choice was made, with a cookie that stores it.
fn redirect_with_preference(visitor: &Visitor, params: &Params, name: &str, value: &str) -> Response {
    let back = see_other(&local_path(params.last("return_to").unwrap_or("/account")));
    visitor.with_preference_cookie(back, name, value)
}
