//! The list of tokens as a page, with a dialog over it or not.

use app::pages::{PageNumbers, TokenDialog, TokenFocus, TokensPage};
use axum::http::{HeaderValue, StatusCode, header};
use oauth::form::visible;
use oauth::view::ScopeChoice;
use oauth::{Message, Params};
use provider::Error;
use provider::tokens::{PAGE, TokenList};

use crate::browser::{Page, Visitor};
use crate::pages::{Answer, failed, flash, with_status};

/// What stands over the list.
#[derive(Default)]
pub(super) struct Over {
    /// The status of the answer.
    pub(super) status: StatusCode,
    /// The open dialog.
    pub(super) dialog: Option<TokenDialog>,
    /// The id of the form that was sent; empty for a new one.
    pub(super) form_id: String,
}

/// Every scope that exists, and whether this person may use it.
pub(super) async fn choices(visitor: &Visitor) -> Result<Vec<ScopeChoice>, Error> {
    let Some(current) = &visitor.current else { return Ok(Vec::new()) };
    visitor.site.provider.scope_choices(current.user.id).await
}

/// The page. A list that cannot be read takes neither the frame nor the dialog with it.
pub(super) async fn show(visitor: &Visitor, params: &Params, over: Over) -> Answer {
    let current = visitor.person()?;
    let query = params.last("q").unwrap_or_default().trim().to_owned();
    let asked = params.last("page").and_then(|page| page.parse::<i64>().ok()).unwrap_or(1);
    let (list, scopes, unavailable) = match load(visitor, current.user.id, (&query, asked)).await {
        Ok((list, scopes)) => (list, scopes, false),
        Err(Error::Unavailable(why)) => {
            tracing::error!(why, "the list of tokens was not loaded");
            (TokenList::default(), Vec::new(), true)
        }
        Err(error) => return Err(failed(visitor)(error)),
    };
    // A dialog has its own answer: what it shows once must not come as a failure.
    let status = if unavailable && over.dialog.is_none() { StatusCode::SERVICE_UNAVAILABLE } else { over.status };
    let form_id = if over.form_id.is_empty() { visitor.site.provider.nonce() } else { over.form_id };
    let pages = (list.total.saturating_add(PAGE - 1) / PAGE).max(1);
    let focus = focus(params, &list);
    let frame = frame(visitor, &over.dialog, (focus.as_ref(), &list)).await;
    let page = TokensPage {
        page: PageNumbers { page: list.page, pages, total: list.total },
        tokens: list.tokens,
        inactive: list.inactive,
        unavailable,
        dialog: over.dialog,
        focus,
        query,
        scopes,
        form_id,
        issuer: visitor.site.provider.settings().issuer.clone(),
    };
    let mut response = with_status(status, frame, |frame| app::pages::tokens(frame, page));
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
    }
    Ok(response)
}

async fn load(
    visitor: &Visitor,
    user_id: i64,
    (query, page): (&str, i64),
) -> Result<(TokenList, Vec<ScopeChoice>), Error> {
    Ok((visitor.site.provider.token_list(user_id, query, page).await?, choices(visitor).await?))
}

/// Where the focus goes: to the row that `created` names, or to the one that `next` names beside a revoked one.
fn focus(params: &Params, list: &TokenList) -> Option<TokenFocus> {
    let shown = |id: &str| list.tokens.iter().any(|token| token.id == id);
    match (params.last("created"), params.last("next")) {
        (Some(id), _) if shown(id) => Some(TokenFocus::Name(id.to_owned())),
        (_, Some(id)) if shown(id) => Some(TokenFocus::Revoke(id.to_owned())),
        (_, Some(_)) => Some(TokenFocus::New),
        _ => None,
    }
}

/// The frame with what is to be told. Behind a dialog nobody would hear it, so it waits.
async fn frame(
    visitor: &Visitor,
    dialog: &Option<TokenDialog>,
    (focus, list): (Option<&TokenFocus>, &TokenList),
) -> Page {
    if dialog.is_some() {
        return Page::new(visitor);
    }
    let made = list.tokens.iter().find(|token| focus == Some(&TokenFocus::Name(token.id.clone())));
    let page = flash::page(visitor).await;
    match made {
        Some(token) => {
            let told = Message::new("tokens-was-created").with("name", visible(&token.name));
            page.status(Some(visitor.language.tell(&told)))
        }
        None => page,
    }
}
