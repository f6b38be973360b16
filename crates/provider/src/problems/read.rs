//! The owner of an application reads its problems, and adds a missing redirect URI by a button.

use crate::store::records::User;
use oauth::form::ClientForm;
use oauth::problem::{Fault, Finding, ProblemId};
use oauth::view::{ProblemDetails, ProblemPage, ProblemView};
use oauth::{Client, ErrorCode};

use crate::error::Error;
use crate::provider::Provider;
use crate::store::gate::Gate;
use crate::store::problems::{Added, ProblemRow};

/// Message id for adding a redirect URI to a client that has changed since.
const CHANGED: &str = "application-changed";

impl Provider {
    /// The problems of a client, latest first.
    ///
    /// # Errors
    /// `NotFound` when the user neither registered it nor is an administrator.
    pub async fn recent_problems(&self, user_id: i64, client_id: &str) -> Result<Vec<ProblemView>, Error> {
        let client = self.answered_for(user_id, client_id).await?;
        let rows = self.store().list_problems(client_id).await?;
        Ok(rows.into_iter().map(|row| view(row, &client)).collect())
    }

    /// Deletes the problems of a client; their pages then show only the kind of error.
    ///
    /// # Errors
    /// `NotFound` when the user neither registered it nor is an administrator.
    pub async fn clear_problems(&self, user_id: i64, client_id: &str) -> Result<(), Error> {
        let client = self.answered_for(user_id, client_id).await?;
        self.answering(user_id, client_id).store().forget_problems_of(client.id).await
    }

    /// The page at an `error_uri`. Without authorization it shows the kind of error, which the id
    /// contains, without a database read; the client's owner and administrators see the details.
    ///
    /// # Errors
    /// `NotFound` when there can be no such id; `Unavailable` for a signed-in user while the
    /// database does not answer.
    pub async fn problem(&self, viewer: Option<i64>, id: &str) -> Result<ProblemPage, Error> {
        let parsed = ProblemId::parse(id).ok_or(Error::NotFound)?;
        let details = match viewer.filter(|_| parsed.single) {
            Some(viewer) => self.details(viewer, id).await?,
            None => None,
        };
        Ok(ProblemPage { code: parsed.code, details })
    }

    async fn details(&self, viewer: i64, id: &str) -> Result<Option<ProblemDetails>, Error> {
        let Some(row) = self.store().find_problem(id).await? else { return Ok(None) };
        let client = match self.answered_for(viewer, &row.client_id).await {
            Ok(client) => client,
            Err(Error::NotFound) => return Ok(None),
            Err(error) => return Err(error),
        };
        let problem = view(row, &client);
        Ok(Some(ProblemDetails {
            problem,
            own: client.owner == Some(viewer),
            version: client.version,
            client_id: client.id,
            client_name: client.name,
            redirect_uris: client.redirect_uris,
        }))
    }

    /// Adds the redirect URI of a refused request to the client and deletes that problem; returns
    /// the URI. Idempotent.
    ///
    /// # Errors
    /// `NotFound` when there is no such problem, it is not about a redirect URI that may be added
    /// by a button (see [`Finding::addable_redirect_uri`]), or the client belongs to another user;
    /// `Conflict` when the client has changed since `version`.
    pub async fn add_redirect_uri(
        &self,
        user_id: i64,
        client_id: &str,
        problem_id: &str,
        version: i64,
    ) -> Result<String, Error> {
        // The row is read before the client: if a concurrent request has deleted the row, its new
        // redirect URI is then visible.
        let row = self.store().find_problem(problem_id).await?.filter(|row| row.client_id == client_id);
        let client = self.answered_for(user_id, client_id).await?;
        if let Some(known) = client.redirect_uris.iter().find(|uri| self.is_about(problem_id, client_id, uri)) {
            self.answering(user_id, client_id).store().forget_problem(problem_id.to_owned()).await?;
            return Ok(known.clone());
        }
        let uri = row.and_then(|row| addable(&row, &client)).ok_or(Error::NotFound)?;
        let seen = Client { version, ..client };
        let answering = self.answering(user_id, client_id);
        match answering.store().add_redirect_uri(seen, uri.clone(), problem_id.to_owned()).await? {
            Added::Yes => Ok(uri),
            Added::Changed => Err(Error::Conflict(CHANGED.into())),
        }
    }

    /// Whether the id is that of the problem that this redirect URI was not registered: the row may
    /// be deleted, the id is derived.
    fn is_about(&self, problem_id: &str, client_id: &str, uri: &str) -> bool {
        let finding = Finding::new(Fault::NotRegistered, "redirect_uri").sent(uri);
        self.problem_id(ErrorCode::InvalidRequest, client_id, &finding) == problem_id
    }

    /// A provider whose writes require that this user owns this client.
    fn answering(&self, user_id: i64, client_id: &str) -> Self {
        self.only_if(Gate::answers_for(user_id, client_id, true))
    }

    /// A client that this user owns or administers.
    async fn answered_for(&self, user_id: i64, client_id: &str) -> Result<Client, Error> {
        let user = self.user(user_id).await?;
        let client = self.store().read_client(client_id).await?.ok_or(Error::NotFound)?;
        if answers_for(&user, &client) { Ok(client) } else { Err(Error::NotFound) }
    }
}

fn answers_for(user: &User, client: &Client) -> bool {
    let registered = client.owner == Some(user.id) && user.rights().may_register();
    !user.disabled && (registered || user.administrator)
}

fn view(row: ProblemRow, client: &Client) -> ProblemView {
    ProblemView {
        may_add: addable(&row, client).is_some(),
        difference: row.finding.difference(client),
        id: row.id,
        code: row.code,
        finding: row.finding,
        times: row.times,
        first_at: row.first_at,
        last_at: row.last_at,
        by_owner: row.by_owner,
    }
}

/// The redirect URI that may be added, if the client with it would be valid.
fn addable(row: &ProblemRow, client: &Client) -> Option<String> {
    let uri = row.finding.addable_redirect_uri(client)?.to_owned();
    let mut redirect_uris = client.redirect_uris.clone();
    redirect_uris.push(uri.clone());
    let form = ClientForm {
        name: client.name.clone(),
        description: client.description.clone(),
        redirect_uris,
        kind: client.kind,
        require_pkce: client.require_pkce,
        optional_scopes: Vec::new(),
    };
    form.check().is_empty().then_some(uri)
}
