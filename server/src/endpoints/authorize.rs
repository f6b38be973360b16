//! `GET, POST /oauth2/authorize` (RFC 6749 §3.1), and `POST /consent`, the decision on the consent
//! page.

use app::pages::FormPostPage;
use axum::extract::RawQuery;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use oauth::Params;
use provider::authorize::{AuthorizationResponse, Browser, Consent, Decision, DecisionOutcome, Fault, PageError, Step};

use crate::browser::{Page, Visitor, check_browser, see_other};
use crate::form::{Form, FormError};
use crate::respond::{self, ErrorContent};

/// The request in the query.
pub async fn get(RawQuery(query): RawQuery, visitor: Visitor) -> Response {
    match Params::parse(query.unwrap_or_default().as_bytes()) {
        Ok(params) => authorize(&visitor, &params).await,
        Err(error) => respond::error_page_for(&visitor, &PageError::new(Fault::Unreadable(error.description)).into()),
    }
}

/// The request in the body (OpenID Connect Core §3.1.2.1), and in the query beside it.
pub async fn post(RawQuery(query): RawQuery, visitor: Visitor, form: Result<Form, FormError>) -> Response {
    match form.and_then(|form| form.with_query(query.as_deref())) {
        Ok(params) => authorize(&visitor, &params).await,
        Err(error) => respond::error_page(&visitor, ErrorContent::unreadable(error.status(), error.description())),
    }
}

async fn authorize(visitor: &Visitor, params: &Params) -> Response {
    match next_step(visitor, params).await {
        Ok(Step::Respond(reply)) => respond_to_client(visitor, reply),
        Ok(Step::Switch(location)) => visitor.redirect(&location),
        Ok(Step::RepeatByGet(location)) => see_other(&location),
        Ok(Step::SignIn(return_to)) => {
            let back: String = url::form_urlencoded::byte_serialize(return_to.as_bytes()).collect();
            visitor.redirect(&format!("/login?return_to={back}"))
        }
        Ok(Step::Consent(consent)) => consent_page(visitor, *consent),
        Err(error) => respond::error_page_for(visitor, &error),
    }
}

/// The next step of the request. If the session ends meanwhile, the request is judged again without
/// one.
async fn next_step(visitor: &Visitor, params: &Params) -> Result<Step, provider::Error> {
    let provider = &visitor.site.provider;
    if visitor.head_only {
        return provider.preview_request(params).await;
    }
    // A cross-site form comes without the session cookie (`SameSite=Lax`): only a GET tells whether
    // somebody is signed in.
    let hidden = visitor.posted && visitor.current.is_none();
    let nobody =
        Browser { id: &visitor.browser, signed_in: None, address: Some(visitor.address), may_lack_cookies: hidden };
    let browser = Browser { signed_in: visitor.current.as_ref().map(|current| &current.signed_in), ..nobody };
    match provider.authorize(params, browser).await {
        Err(provider::Error::SignedOut) => provider.outside_sessions().authorize(params, nobody).await,
        step => step,
    }
}

/// The authorization response, by the request's response mode.
fn respond_to_client(visitor: &Visitor, reply: AuthorizationResponse) -> Response {
    match reply {
        AuthorizationResponse::Redirect(location) => see_other(&location),
        AuthorizationResponse::Form(reply) => {
            let page = Page::new(visitor).form_action(reply.form_action).in_ui_locales(&reply.ui_locales);
            let answer = FormPostPage { form: reply.form, client_name: reply.client_name };
            let html = app::pages::form_post(&page.frame, answer);
            page.answer(StatusCode::OK, html)
        }
    }
}

fn consent_page(visitor: &Visitor, consent: Consent) -> Response {
    let page = Page::new(visitor).form_action(consent.form_action).in_ui_locales(&consent.ui_locales);
    let html = app::pages::consent(&page.frame, consent.view);
    page.answer(StatusCode::OK, html)
}

/// `POST /consent`
pub async fn decide(visitor: Visitor, form: Result<Form, FormError>) -> Response {
    let params = match form {
        Ok(Form(params)) => params,
        Err(error) => {
            return respond::error_page(&visitor, ErrorContent::unreadable(error.status(), error.description()));
        }
    };
    if let Err(why) = check_browser(&visitor, &params) {
        return respond::error_page(&visitor, ErrorContent::csrf_error(&why, &visitor));
    }
    let Some(current) = &visitor.current else {
        return respond::error_page_for(&visitor, &PageError::new(Fault::ForeignForm).into());
    };
    let Some(decision) = decision(&params) else {
        let unanswered = ErrorContent::unreadable(StatusCode::BAD_REQUEST, "decision is neither allow nor deny");
        return respond::error_page(&visitor, unanswered);
    };
    match visitor.site.provider.decide(&decision, &current.signed_in).await {
        Ok(DecisionOutcome::Respond(AuthorizationResponse::Redirect(location)))
            if leaves_page_open(&visitor, &location) =>
        {
            open_application_page(&visitor, &decision, &location).await
        }
        Ok(DecisionOutcome::Respond(reply)) => respond_to_client(&visitor, reply),
        Ok(DecisionOutcome::Restart(location)) => see_other(&location),
        Err(error) => respond::error_page_for(&visitor, &error),
    }
}

/// Whether the redirect goes to a private-use scheme in a browser: it opens an application and
/// leaves the consent page open, so that a page must replace it. Only browsers send
/// `Sec-Fetch-Dest: document`; other clients get the redirect.
fn leaves_page_open(visitor: &Visitor, location: &str) -> bool {
    let browser = visitor.headers.get("sec-fetch-dest").is_some_and(|value| value == "document");
    browser && oauth::redirect_uri::is_private_use(location)
}

/// A page that opens the application by `Refresh`, and has a link where browsers block that.
async fn open_application_page(visitor: &Visitor, decision: &Decision, location: &str) -> Response {
    let Some(current) = &visitor.current else { return see_other(location) };
    let Ok(name) = visitor.site.provider.consent_client_name(decision, &current.signed_in).await else {
        return see_other(location);
    };
    let page = Page::new(visitor);
    let html = app::pages::answered(&page.frame, &name, location);
    let mut response = page.answer(StatusCode::OK, html);
    if let Ok(refresh) = HeaderValue::from_str(&format!("0; url={location}")) {
        response.headers_mut().insert(header::REFRESH, refresh);
    }
    response
}

/// The decision of the form; `None` when neither button was pressed.
fn decision(params: &Params) -> Option<Decision> {
    let allow = match params.last("decision")? {
        "allow" => true,
        "deny" => false,
        _ => return None,
    };
    let optional = params.all("optional_scope").map(str::to_owned).collect();
    Some(Decision { sealed: params.last("request")?.to_owned(), allow, optional })
}
