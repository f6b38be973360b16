//! The sign-in form (`/login`) and signing out (`/logout`).

use app::pages::{AlreadyPage, ForgotPage, SignInNotice, SignInPage};
use axum::extract::{Extension, RawQuery};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use oauth::{ErrorCode, Params, Timestamp};
use provider::authorize::SignInContext;
use provider::sign_in::SignInOutcome;
use provider::{Error, User};

use super::{PageResult, error_page, read_form, render_with_status, response_of};
use crate::address::ClientAddress;
use crate::browser::{CsrfError, KNOWN, Page, Visitor, check_browser, local_path, see_other};
use crate::form::{Form, FormError};
use crate::respond::{self, ErrorContent};
use crate::session::{self, Person};

/// The page after a sign-in without `return_to`.
const HOME: &str = "/account";

/// The longest stored `User-Agent`, in characters; longer ones are cut.
const MOST_AGENT: usize = 512;

/// `GET /login`
pub async fn get(visitor: Visitor, RawQuery(query): RawQuery) -> Response {
    let params = Params::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let return_to = local_path(params.last("return_to").unwrap_or(HOME));
    response_of(show(&visitor, &params, return_to).await)
}

async fn show(visitor: &Visitor, params: &Params, return_to: String) -> PageResult {
    let sign_in_context =
        visitor.site.provider.sign_in_context(&return_to, &visitor.browser).await.map_err(error_page(visitor))?;
    let switching = params.last("switch").is_some();
    if let Some(current) = visitor.current.as_ref().filter(|_| !switching && !sign_in_context.confirm) {
        let page = AlreadyPage { username: current.user.username.clone(), return_to };
        let frame = Page::new(visitor).in_ui_locales(&sign_in_context.ui_locales);
        return Ok(super::render(frame, |frame| app::pages::signed_in_already(frame, page)));
    }
    let fixed = visitor.current.as_ref().filter(|_| !switching).map(|current| current.user.username.clone());
    let username = fixed.clone().or_else(|| sign_in_context.login_hint.clone()).unwrap_or_default();
    let page = SignInPage { username, return_to, notice: notice(params), fixed_user: fixed, ..SignInPage::default() };
    Ok(form(visitor, &sign_in_context, page))
}

/// The notice over the form, by the query parameter of the redirect that led here.
fn notice(params: &Params) -> Option<SignInNotice> {
    const NOTICES: [(&str, SignInNotice); 3] = [
        ("signed_out", SignInNotice::SignedOut),
        ("ended", SignInNotice::SessionEnded),
        ("deleted", SignInNotice::Deleted),
    ];
    NOTICES.into_iter().find(|(name, _)| params.last(name).is_some()).map(|(_, notice)| notice)
}

/// `GET /forgot`
pub async fn forgot(visitor: Visitor, RawQuery(query): RawQuery) -> Response {
    let params = Params::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let return_to = local_path(params.last("return_to").unwrap_or(HOME));
    match visitor.site.provider.sign_in_context(&return_to, &visitor.browser).await {
        Ok(sign_in_context) => {
            let page = ForgotPage { return_to };
            super::render(Page::new(&visitor).in_ui_locales(&sign_in_context.ui_locales), |frame| {
                app::pages::forgot(frame, page)
            })
        }
        Err(error) => respond::error_page_for(&visitor, &error),
    }
}

/// The sign-in form. Its `form-action` names where a request behind it will end, since the browser
/// checks the redirects too.
fn form(visitor: &Visitor, sign_in_context: &SignInContext, page: SignInPage) -> Response {
    let (status, retry_after) = status(page.notice, visitor.site.provider.now());
    let page = SignInPage { client_name: sign_in_context.client_name.clone(), ..page };
    let frame =
        Page::new(visitor).form_action(sign_in_context.form_action.clone()).in_ui_locales(&sign_in_context.ui_locales);
    let cached_page = visitor.site.sign_in_page();
    let mut response = render_with_status(status, frame, |frame| match is_cacheable(frame, &page) {
        true => cached_page.html(frame, |frame| app::pages::sign_in(frame, page)),
        false => app::pages::sign_in(frame, page),
    });
    if let Some(seconds) = retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1).unsigned_abs()));
    }
    response
}

/// Whether the page depends on nothing but language and theme, so that it can be cached.
fn is_cacheable(frame: &app::Frame, page: &SignInPage) -> bool {
    let plain = SignInPage { return_to: HOME.to_owned(), ..SignInPage::default() };
    *page == plain && frame.user.is_none() && frame.status.is_none() && frame.here == "/login"
}

/// The form's status and `Retry-After` in seconds.
fn status(notice: Option<SignInNotice>, now: Timestamp) -> (StatusCode, Option<i64>) {
    match notice {
        None | Some(SignInNotice::SignedOut | SignInNotice::SessionEnded | SignInNotice::Deleted) => {
            (StatusCode::OK, None)
        }
        Some(SignInNotice::Wrong | SignInNotice::Locked) => (StatusCode::UNPROCESSABLE_ENTITY, None),
        Some(SignInNotice::Expired) => (StatusCode::FORBIDDEN, None),
        Some(SignInNotice::Throttled { until }) => (StatusCode::TOO_MANY_REQUESTS, Some(until.since(now))),
        Some(SignInNotice::Capped) => (StatusCode::TOO_MANY_REQUESTS, Some(respond::RETRY_CAPPED)),
        Some(SignInNotice::Busy) => (StatusCode::SERVICE_UNAVAILABLE, Some(respond::RETRY_SOON)),
    }
}

/// `POST /login`
pub async fn post(
    visitor: Visitor,
    Extension(address): Extension<ClientAddress>,
    form: Result<Form, FormError>,
) -> Response {
    response_of(sign_in(&visitor, address, form).await)
}

async fn sign_in(visitor: &Visitor, address: ClientAddress, body: Result<Form, FormError>) -> PageResult {
    let Form(params) = body.map_err(|error| {
        Box::new(respond::error_page(visitor, ErrorContent::unreadable(error.status(), error.description())))
    })?;
    let return_to = local_path(params.last("return_to").unwrap_or(HOME));
    let username = params.last("username").unwrap_or_default();
    let outcome = match check_browser(visitor, &params) {
        Err(CsrfError::Token) => Err(SignInNotice::Expired),
        Err(why) => return Err(Box::new(respond::error_page(visitor, ErrorContent::csrf_error(&why, visitor)))),
        Ok(()) => attempt(visitor, username, params.last("password").unwrap_or_default(), address).await?,
    };
    match outcome {
        Ok(user) => begin(visitor, &user, address, &return_to).await,
        Err(notice) => {
            let sign_in_context = visitor
                .site
                .provider
                .sign_in_context(&return_to, &visitor.browser)
                .await
                .map_err(error_page(visitor))?;
            let fixed = visitor
                .current
                .as_ref()
                .filter(|_| sign_in_context.confirm)
                .map(|current| current.user.username.clone());
            let username = username.to_owned();
            let notice = Some(notice);
            Ok(form(
                visitor,
                &sign_in_context,
                SignInPage { username, return_to, notice, fixed_user: fixed, ..SignInPage::default() },
            ))
        }
    }
}

/// Verifies the password: the user, or the notice over the form.
async fn attempt(
    visitor: &Visitor,
    username: &str,
    password: &str,
    address: ClientAddress,
) -> Result<Result<User, SignInNotice>, Box<Response>> {
    // Outside the session gate: a sign-in with a password counts even if the previous session has
    // ended meanwhile.
    let provider = visitor.site.provider.outside_sessions();
    match provider.sign_in(username, password, address.0, visitor.known.as_deref()).await {
        Ok(SignInOutcome::In(user)) => Ok(Ok(*user)),
        Ok(SignInOutcome::Locked) => Ok(Err(SignInNotice::Locked)),
        Err(Error::OAuth(error)) if error.code == ErrorCode::InvalidGrant => Ok(Err(SignInNotice::Wrong)),
        Err(Error::Throttled { retry_after }) => {
            Ok(Err(SignInNotice::Throttled { until: provider.now().plus(retry_after) }))
        }
        Err(Error::Capped) => Ok(Err(SignInNotice::Capped)),
        Err(Error::Busy) => Ok(Err(SignInNotice::Busy)),
        Err(error) => Err(error_page(visitor)(error)),
    }
}

/// Begins the session under a new id, against session fixation. For the same user the old session
/// continues in it under its `sid`, so that no logout token is sent.
pub(super) async fn begin(visitor: &Visitor, user: &User, address: ClientAddress, return_to: &str) -> PageResult {
    let before = visitor.current.as_ref().filter(|current| current.user.id == user.id);
    let person = Person {
        user_id: user.id,
        auth_time: visitor.site.provider.now(),
        password_changed_at: user.password_changed_at,
        address: address.0.to_string(),
        user_agent: user_agent(&visitor.headers),
        replaces: before.map(|current| current.signed_in.session.clone()),
        renewed: false,
    };
    visitor.session.clear().await;
    let unavailable = |error: tower_sessions::session::Error| Error::Unavailable(error.to_string());
    session::renew(&visitor.session, person).await.map_err(unavailable).map_err(error_page(visitor))?;
    let mut response = see_other(return_to);
    set_known_browser(visitor, user, &mut response);
    Ok(response)
}

/// Sets the cookie of a known browser: its sign-ins are tried even while the account is throttled
/// by failures elsewhere. For 400 days, the most that browsers keep a cookie.
fn set_known_browser(visitor: &Visitor, user: &User, response: &mut Response) {
    let secure = if visitor.site.secure() { "; Secure" } else { "" };
    let value = visitor.site.provider.remember_browser(&user.username, visitor.known.as_deref());
    let name = visitor.site.cookie_name(KNOWN);
    let cookie = format!("{name}={value}; Path=/; Max-Age=34560000; HttpOnly; SameSite=Lax{secure}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

fn user_agent(headers: &HeaderMap) -> String {
    let text = crate::header::first(headers, header::USER_AGENT);
    text.chars().take(MOST_AGENT).collect()
}

/// `POST /logout`
pub async fn logout(visitor: Visitor, form: Result<Form, FormError>) -> Response {
    if let Err(response) = read_form(&visitor, form) {
        return *response;
    }
    match visitor.session.flush().await {
        Ok(()) => see_other("/login?signed_out=1"),
        Err(error) => respond::error_page_for(&visitor, &Error::Unavailable(error.to_string())),
    }
}
