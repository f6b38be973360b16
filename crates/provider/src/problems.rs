//! Why a request failed: each refusal gets an address that explains it (`error_uri`, RFC 6749 §4.1.2.1 and §5.2), and what
//! went wrong is noted for the owner of the client, behind the answer. Losing a note harms nobody.
//!
//! The address is derived from the problem under the server's key. So it is known before anything is written, equal
//! problems have the same one, nobody can guess another's, and it looks the same whether the client exists or not.

pub(crate) mod rate_limit;
mod read;

use oauth::problem::{Finding, ProblemId, redacted, redacted_for};
use oauth::{Client, Credentials, Error as OAuth, ErrorCode, Params};

use crate::clients::is_client_id;
use crate::error::Error;
use crate::provider::Provider;
use crate::store::Store;
use crate::store::problems::ProblemRow;

/// The request that failed.
pub(crate) struct FailedRequest<'a> {
    /// The client that it names, proven or not.
    pub client_id: Option<&'a str>,
    /// Its parameters.
    pub params: &'a Params,
    /// The client secret in it.
    pub secret: Option<&'a str>,
    /// Who is signed in in the browser that it came from.
    pub user_id: Option<i64>,
}

impl Provider {
    /// The same error with the address of the page that explains it, for an endpoint that programs call with client
    /// credentials. What went wrong is noted for the client that the request names; nothing here waits.
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

    /// The address of the page about a problem, or about a kind of error.
    #[must_use]
    pub fn error_uri(&self, id: &str) -> String {
        format!("{}/errors/{id}", self.settings().issuer)
    }

    /// Notes a problem of the client that the request names; its id. `None`: the request names no client.
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

    /// Of a client that failed to prove who it is, the id tells only how it tried: whether it exists, is disabled or has
    /// another secret must not show in two ids being equal.
    fn problem_id(&self, code: ErrorCode, client_id: &str, finding: &Finding) -> String {
        let (fault, parameter) = match code {
            ErrorCode::InvalidClient => ("", ""),
            _ => (finding.fault.as_str(), finding.parameter.as_str()),
        };
        let sent = finding.sent.as_deref();
        let parts = [code.as_str(), client_id, fault, parameter, sent.unwrap_or_default()];
        // That nothing was sent is not the same as that an empty text was.
        let there = [u8::from(sent.is_some())];
        let parts: Vec<&[u8]> = parts.iter().map(|part| part.as_bytes()).chain([&there[..]]).collect();
        ProblemId::write(code, &self.key().mac("problem", &parts))
    }
}

/// The row of a client that exists. Asked before the writer is, since anybody can name a client that does not.
async fn store(store: Store, row: ProblemRow, user_id: Option<i64>) -> Result<(), Error> {
    let Some(client) = store.find_client(&row.client_id).await? else { return Ok(()) };
    let by_owner = match user_id {
        Some(user_id) => is_owner(&store, &client, user_id).await?,
        None => false,
    };
    store.note_problem(ProblemRow { by_owner, ..row }).await
}

/// Whether this user answers for the client: who registered it, and for the operator's own any administrator.
async fn is_owner(store: &Store, client: &Client, user_id: i64) -> Result<bool, Error> {
    match client.owner {
        Some(owner) => Ok(owner == user_id),
        None => Ok(store.find_user(user_id).await?.is_some_and(|user| user.administrator && !user.disabled)),
    }
}

/// What the request says about its client, also where it says too much.
fn credentials(authorization: Option<&str>, params: &Params) -> Credentials {
    let parsed = Credentials::parse(authorization, params);
    parsed.or_else(|_| Credentials::parse(authorization, &Params::default())).unwrap_or_else(|_| {
        match params.get("client_id") {
            Ok(Some(client_id)) => Credentials::Public { client_id: client_id.to_owned() },
            _ => Credentials::None,
        }
    })
}
