//! The page with the list of permanent tokens, with or without a dialog over it.

use app::api::ApiErrorKind;
use app::api::tokens::list_tokens;
use app::pages::{TokenFocus, TokensPage};
use axum::http::{HeaderValue, StatusCode, header};
use oauth::answer::TokenDialog;
use oauth::form::visible;
use oauth::view::TokensView;
use oauth::{Message, Params};

use crate::browser::{Page, Visitor};
use crate::pages::{PageResult, error_page, flash, render_with_status};
use crate::ui;

/// The page. Frame and dialog are shown even when the list cannot be read.
pub(super) async fn show(visitor: &Visitor, params: &Params, dialog: Option<TokenDialog>) -> PageResult {
    visitor.person()?;
    let query = params.last("q").unwrap_or_default().to_owned();
    let number = params.last("page").and_then(|page| page.parse::<i64>().ok()).unwrap_or(1);
    let list = match ui::caller(visitor).call(list_tokens(query, number)).await {
        Ok(list) => Some(list),
        Err(error) if error.kind == ApiErrorKind::Unavailable => {
            tracing::error!(error.why, "the list of tokens was not loaded");
            None
        }
        Err(error) => return Err(error_page(visitor)(error)),
    };
    let status = status_of(list.is_none(), dialog.as_ref());
    let focus = list.as_ref().and_then(|list| focus(params, list));
    let frame = frame(visitor, dialog.is_some(), params.last("created"), list.as_ref()).await;
    let page = TokensPage { list, dialog, focus };
    let mut response = render_with_status(status, frame, |frame| app::pages::tokens(frame, page));
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
    }
    Ok(response)
}

/// The status: a dialog's own, where there is one, since a secret that is shown once must not come
/// with an error status.
fn status_of(unavailable: bool, dialog: Option<&TokenDialog>) -> StatusCode {
    match dialog {
        Some(dialog) if dialog.is_unavailable() => StatusCode::SERVICE_UNAVAILABLE,
        Some(dialog) if dialog.is_old() => StatusCode::FORBIDDEN,
        Some(dialog) if dialog.is_refused() => StatusCode::UNPROCESSABLE_ENTITY,
        None if unavailable => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::OK,
    }
}

/// Where the focus goes: to the row that `created` or `renamed` names, or to the one that `next`
/// names beside a revoked one.
fn focus(params: &Params, list: &TokensView) -> Option<TokenFocus> {
    let render = |id: &str| list.rows.iter().any(|row| row.token.id == id);
    match (params.last("created").or(params.last("renamed")), params.last("next")) {
        (Some(id), _) if render(id) => Some(TokenFocus::Name(id.to_owned())),
        (_, Some(id)) if render(id) => Some(TokenFocus::Revoke(id.to_owned())),
        (_, Some(_)) => Some(TokenFocus::New),
        _ => None,
    }
}

/// The frame with the flash message; not behind a dialog, where screen readers would not announce
/// it.
async fn frame(visitor: &Visitor, open: bool, created: Option<&str>, list: Option<&TokensView>) -> Page {
    if open {
        return Page::new(visitor);
    }
    let rows = list.map(|list| list.rows.as_slice()).unwrap_or_default();
    let made = rows.iter().find(|row| created == Some(row.token.id.as_str()));
    let page = flash::page(visitor).await;
    match made {
        Some(row) => {
            let message = Message::new("tokens-was-created").with("name", visible(&row.token.name));
            page.status(Some(visitor.language.translate_message(&message)))
        }
        None => page,
    }
}
