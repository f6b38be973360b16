//! `GET, POST /oauth2/end-session` (OpenID Connect RP-Initiated Logout 1.0 §2), the confirmation
//! form, and the page after it.

use app::pages::SignOutPage;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::Response;
use oauth::Params;
use provider::authorize::Fault;
use provider::authorize::PageError;
use provider::logout::{LogoutConfirmation, LogoutOutcome};
use provider::signed_in::SignedIn;

use crate::browser::{Page, Visitor, check_browser, see_other};
use crate::form::{Form, FormError};
use crate::respond::{self, ErrorContent};

/// The path of the page after signing out.
const SIGNED_OUT: &str = "/logged-out";

/// The request in the query.
pub async fn get(RawQuery(query): RawQuery, visitor: Visitor) -> Response {
    let params = match Params::parse(query.unwrap_or_default().as_bytes()) {
        Ok(params) => params,
        Err(error) => {
            let unreadable = PageError::new(Fault::UnreadableEndSession(error.description));
            return respond::error_page_for(&visitor, &unreadable.into());
        }
    };
    let decided = visitor.site.provider.end_session_request(&params, &visitor.browser, signed_in(&visitor)).await;
    respond_to(&visitor, decided).await
}

/// The request in body and query. Answered with a redirect to GET, since a cross-site form comes
/// without cookies (`SameSite=Lax`).
pub async fn post(RawQuery(query): RawQuery, visitor: Visitor, form: Result<Form, FormError>) -> Response {
    let params = match form.and_then(|form| form.with_query(query.as_deref())) {
        Ok(params) => params,
        Err(error) => {
            return respond::error_page(&visitor, ErrorContent::unreadable(error.status(), error.description()));
        }
    };
    match visitor.site.provider.end_session_path(&params).await {
        Ok(path) => see_other(&path),
        Err(error) => respond::error_page_for(&visitor, &error),
    }
}

/// `POST /logout/confirm`
pub async fn confirm(visitor: Visitor, form: Result<Form, FormError>) -> Response {
    let Form(params) = match form {
        Ok(form) => form,
        Err(error) => {
            return respond::error_page(&visitor, ErrorContent::unreadable(error.status(), error.description()));
        }
    };
    if let Err(why) = check_browser(&visitor, &params) {
        return respond::error_page(&visitor, ErrorContent::csrf_error(&why, &visitor));
    }
    let sealed = params.last("request").unwrap_or_default();
    let decided = visitor.site.provider.confirm_logout(sealed, &visitor.browser, signed_in(&visitor)).await;
    match decided {
        Err(provider::Error::Page(error)) if matches!(error.fault, Fault::ForeignForm) => {
            respond::error_page(&visitor, ErrorContent::old_form())
        }
        decided => respond_to(&visitor, decided).await,
    }
}

/// `GET /logged-out`
pub async fn signed_out(visitor: Visitor) -> Response {
    if visitor.current.is_some() {
        return see_other("/");
    }
    signed_out_page(&visitor)
}

fn signed_in(visitor: &Visitor) -> Option<&SignedIn> {
    visitor.current.as_ref().map(|current| &current.signed_in)
}

async fn respond_to(visitor: &Visitor, decided: Result<LogoutOutcome, provider::Error>) -> Response {
    match decided {
        Ok(LogoutOutcome::Ask(question)) => confirmation_page(visitor, *question),
        // HEAD must have no effect (RFC 9110 §9.2.1), so it does not redirect to the client as if
        // the session had ended.
        Ok(LogoutOutcome::Go { ends: true, .. }) if visitor.head_only => signed_out_page(visitor),
        Ok(LogoutOutcome::Go { ends, to }) => {
            if let Err(error) = if ends { visitor.session.flush().await } else { Ok(()) } {
                return respond::error_page_for(visitor, &provider::Error::Unavailable(error.to_string()));
            }
            see_other(to.as_deref().unwrap_or(SIGNED_OUT))
        }
        Err(error) => respond::error_page_for(visitor, &error),
    }
}

fn signed_out_page(visitor: &Visitor) -> Response {
    let page = Page::new(visitor);
    let html = app::pages::signed_out(&page.frame);
    page.answer(StatusCode::OK, html)
}

fn confirmation_page(visitor: &Visitor, question: LogoutConfirmation) -> Response {
    let page = Page::new(visitor).form_action(question.form_action).in_ui_locales(&question.ui_locales);
    let sign_out = SignOutPage { sealed: question.sealed, client_name: question.client_name };
    let html = app::pages::sign_out(&page.frame, sign_out);
    page.answer(StatusCode::OK, html)
}
