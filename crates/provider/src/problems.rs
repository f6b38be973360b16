//! Problems: each refused request gets an `error_uri` that explains it (RFC 6749 §4.1.2.1, §5.2),
//! and a background write records it for the owner of the client. Losing a record is harmless.
//!
//! The URL is derived from the problem under the server's key: it is known before anything is
//! written, equal problems share it, it cannot be guessed, and it looks the same whether the client
//! exists or not.

pub(crate) mod rate_limit;
mod read;

use oauth::problem::{Finding, ProblemId, redacted, redacted_for};
use oauth::{Client, Credentials, Error as OAuth, ErrorCode, Params};

use crate::clients::is_client_id;
use crate::error::Error;
use crate::provider::Provider;
use crate::store::Store;
use crate::store::problems::ProblemRow;

/// The failed request.
pub(crate) struct FailedRequest<'a> {
    /// The client that it names, authenticated or not.
    pub client_id: Option<&'a str>,
    /// Its parameters.
    pub params: &'a Params,
    /// Its client secret.
    pub secret: Option<&'a str>,
    /// The signed-in user of its browser.
    pub user_id: Option<i64>,
}

impl Provider {
    /// The error with its `error_uri`, for an endpoint that takes client credentials. The problem
    /// is recorded for the client that the request names, without waiting.
    #[must_use]
    pub fn explain(&self, error: Error, authorization: Option<&str>, params: &Params) -> Error {
        let Error::OAuth(error) = error else { return error };
        let credentials = credentials(authorization, params);
        let client_id = credentials.client_id().filter(|id| is_client_id(id));
        let failed = FailedRequest { client_id, params, secret: credentials.secret(), user_id: None };
        Error::OAuth(self.explained(error, &failed))
    }

    pub(crate) fn explained(&self, mut error: OAuth, failed: &FailedRequest<'_>) -> OAuth {
        error.reason = error.reason.map(|reason| redacted_for(&reason, failed.params, failed.secret));
        error.client = failed.client_id.map(|id| redacted(id).into());
        let finding = error.finding.as_deref().cloned();
        let id = finding.and_then(|finding| self.note(error.code, finding, failed));
        error.uri = Some(self.error_uri(&id.unwrap_or_else(|| error.code.to_string())));
        error
    }

    /// The URL of the page of a problem, or of a kind of error.
    #[must_use]
    pub fn error_uri(&self, id: &str) -> String {
        format!("{}/errors/{id}", self.settings().issuer)
    }

    /// Records a problem of the client that the request names; returns its id. `None` if the
    /// request names no client.
    pub(crate) fn note(&self, code: ErrorCode, finding: Finding, failed: &FailedRequest<'_>) -> Option<String> {
        let client_id = failed.client_id?.to_owned();
        let finding = finding.redact(failed.params, failed.secret);
        let id = self.problem_id(code, &client_id, &finding);
        let now = self.now();
        if self.note_rate_limit().allows(&client_id, failed.user_id, now) {
            let row = ProblemRow {
                id: id.clone(),
                client_id,
                code,
                finding,
                by_owner: false,
                times: 1,
                first_at: now,
                last_at: now,
            };
            self.in_background(store(self.store().clone(), row, failed.user_id));
        }
        Some(id)
    }

    /// The id of a problem. After failed client authentication it depends only on the method: equal
    /// ids must not reveal whether a client exists, is disabled or has another secret.
    fn problem_id(&self, code: ErrorCode, client_id: &str, finding: &Finding) -> String {
        let (fault, parameter) = match code {
            ErrorCode::InvalidClient => ("", ""),
            _ => (finding.fault.as_str(), finding.parameter.as_str()),
        };
        let sent = finding.sent.as_deref();
        let parts = [code.as_str(), client_id, fault, parameter, sent.unwrap_or_default()];
        // A missing value differs from an empty one.
        let there = [u8::from(sent.is_some())];
        let parts: Vec<&[u8]> = parts.iter().map(|part| part.as_bytes()).chain([&there[..]]).collect();
        ProblemId::write(code, &self.key().mac("problem", &parts))
    }
}

/// Stores the problem of an existing client. The client is read before the writer is used, since
/// anyone can name one that does not exist.
async fn store(store: Store, row: ProblemRow, user_id: Option<i64>) -> Result<(), Error> {
    let Some(client) = store.find_client(&row.client_id).await? else { return Ok(()) };
    let by_owner = match user_id {
        Some(user_id) => is_owner(&store, &client, user_id).await?,
        None => false,
    };
    store.note_problem(ProblemRow { by_owner, ..row }).await
}

/// Whether this user may read the client's problems: the user who registered it; for the operator's
/// clients, any administrator.
async fn is_owner(store: &Store, client: &Client, user_id: i64) -> Result<bool, Error> {
    match client.owner {
        Some(owner) => Ok(owner == user_id),
        None => Ok(store.find_user(user_id).await?.is_some_and(|user| user.administrator && !user.disabled)),
    }
}

/// The client credentials of a request, even if there are too many.
fn credentials(authorization: Option<&str>, params: &Params) -> Credentials {
    let parsed = Credentials::parse(authorization, params);
    parsed.or_else(|_| Credentials::parse(authorization, &Params::default())).unwrap_or_else(|_| {
        match params.get("client_id") {
            Ok(Some(client_id)) => Credentials::Public { client_id: client_id.to_owned() },
            _ => Credentials::None,
        }
    })
}
