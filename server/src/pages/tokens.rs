//! Tokens and sessions, first tab: permanent tokens.

mod list;

use app::pages::TokenDialog;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::Response;
use oauth::form::{FieldError, NewToken, visible};
use oauth::{Message, Params};
use provider::Error;
use provider::tokens::NotCreated;

use self::list::{Over, choices, show};
use super::{Answer, ended, failed, flash, open_too_long, posted_by, stale};
use crate::browser::{Id, Visitor};
use crate::form::{Form, FormError};

const LIST: &str = "/account/tokens";

/// `GET /account/tokens`
pub async fn list(visitor: Visitor, RawQuery(query): RawQuery) -> Response {
    let params = Params::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    ended(show(&visitor, &params, Over::default()).await)
}

/// `GET /account/tokens/new`: a link may fill the form in; it never creates.
pub async fn new(visitor: Visitor, RawQuery(query): RawQuery) -> Response {
    let params = Params::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    ended(fill(&visitor, &params).await)
}

async fn fill(visitor: &Visitor, params: &Params) -> Answer {
    let form = NewToken::prefill(params, &choices(visitor).await.map_err(failed(visitor))?);
    again(visitor, form, Vec::new(), "").await
}

/// `POST /account/tokens/new`
pub async fn create(visitor: Visitor, form: Result<Form, FormError>) -> Response {
    ended(submit(&visitor, form).await)
}

async fn submit(visitor: &Visitor, form: Result<Form, FormError>) -> Answer {
    if let Some(params) = stale(visitor, &form) {
        let dialog = TokenDialog::New { form: NewToken::parse(&params), errors: open_too_long() };
        return over(visitor, StatusCode::FORBIDDEN, dialog).await;
    }
    let (_, params) = posted_by(visitor, form, "/account/tokens/new")?;
    let mut form = NewToken::parse(&params);
    let form_id = params.last("form_id").unwrap_or_default();
    let intent = params.last("intent").unwrap_or("create");
    if let Some(scope) = intent.strip_prefix("remove:") {
        form.remove(scope);
        return again(visitor, form, Vec::new(), form_id).await;
    }
    if intent == "add" {
        let known = choices(visitor).await.map_err(failed(visitor))?;
        let errors = form.add(&known).err().into_iter().collect();
        return again(visitor, form, errors, form_id).await;
    }
    make(visitor, form, form_id).await
}

async fn make(visitor: &Visitor, form: NewToken, form_id: &str) -> Answer {
    let current = visitor.person()?;
    let dialog = match visitor.site.provider.create_token(current.user.id, &form, form_id).await {
        Ok(made) => TokenDialog::Created { id: made.id, name: form.name, value: made.secret.expose().to_owned() },
        Err(NotCreated::Already) => TokenDialog::AlreadyCreated,
        Err(NotCreated::Form(errors)) => return again(visitor, form, errors, form_id).await,
        Err(NotCreated::Error(Error::Unavailable(why))) => {
            tracing::error!(why, "no token was created");
            let errors = vec![FieldError::new(TokenDialog::FORM, "token-not-created")];
            let dialog = Some(TokenDialog::New { form, errors });
            // The same id: should the first one stand after all, the second press makes no other.
            let over = Over { status: StatusCode::SERVICE_UNAVAILABLE, dialog, form_id: form_id.to_owned() };
            return show(visitor, &Params::default(), over).await;
        }
        Err(NotCreated::Error(error)) => return Err(failed(visitor)(error)),
    };
    over(visitor, StatusCode::OK, dialog).await
}

async fn again(visitor: &Visitor, form: NewToken, errors: Vec<FieldError>, form_id: &str) -> Answer {
    let status = super::status_of(&errors);
    let dialog = Some(TokenDialog::New { form, errors });
    show(visitor, &Params::default(), Over { status, dialog, form_id: form_id.to_owned() }).await
}

async fn over(visitor: &Visitor, status: StatusCode, dialog: TokenDialog) -> Answer {
    show(visitor, &Params::default(), Over { status, dialog: Some(dialog), ..Over::default() }).await
}

/// `GET /account/tokens/{id}/revoke`
pub async fn ask_revoke(visitor: Visitor, Id(id): Id) -> Response {
    ended(question(&visitor, &id, false).await)
}

async fn question(visitor: &Visitor, id: &str, tried: bool) -> Answer {
    let current = visitor.person()?;
    let token = visitor.site.provider.token_view(current.user.id, id).await.map_err(failed(visitor))?;
    let status = if tried { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK };
    over(visitor, status, TokenDialog::Revoke { id: token.id, name: token.name, failed: tried }).await
}

/// `POST /account/tokens/{id}/revoke`
pub async fn revoke(visitor: Visitor, Id(id): Id, form: Result<Form, FormError>) -> Response {
    ended(revoke_it(&visitor, &id, form).await)
}

async fn revoke_it(visitor: &Visitor, id: &str, form: Result<Form, FormError>) -> Answer {
    let (current, _) = posted_by(visitor, form, LIST)?;
    let provider = &visitor.site.provider;
    let name = match provider.revoke_token(current.user.id, id).await {
        Ok(name) => name,
        Err(Error::Unavailable(why)) => {
            tracing::error!(why, "a token was not revoked");
            return question(visitor, id, true).await;
        }
        Err(error) => return Err(failed(visitor)(error)),
    };
    let beside = provider.token_beside(current.user.id, id).await.unwrap_or_default();
    let next = Params::default().with("next", &beside.unwrap_or_default());
    let told = visitor.language.tell(&Message::new("tokens-was-revoked").with("name", visible(&name)));
    Ok(flash::tell(visitor, told, &format!("{LIST}?{}", next.encode())).await)
}
