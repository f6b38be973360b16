//! Developers manage the applications that they registered. Registering one requires full access,
//! which is checked at each use; an application of another user is reported as not found.

use oauth::form::ClientForm;
use oauth::view::{ApplicationView, SecretView};
use oauth::{Client, ClientKind};

use super::NewClient;
use crate::error::Error;
use crate::provider::Provider;
use crate::store::clients::{ClientUse, OwnDeletion, SecretRow, SettingsRow};
use crate::store::gate::Gate;

/// Message id for a concurrent change of an application: the second one is refused.
const CHANGED: &str = "application-changed";

/// Message id when deleting an application that has users, without typing its name.
const CONFIRM: &str = "application-name-needed";

impl Provider {
    /// Registers an application; its secret is shown only here.
    ///
    /// # Errors
    /// `NotFound` without full access; `Conflict("already")` when this form has already registered
    /// one; `Conflict` with a message when the form is invalid, `Form` for a scope that does not
    /// exist.
    pub async fn register(
        &self,
        user_id: i64,
        form: &ClientForm,
        form_id: &str,
    ) -> Result<(Client, Option<String>), Error> {
        self.check_developer(user_id).await?;
        let new = NewClient {
            optional_scope: self.optional_scope(form).await?,
            description: form.description.clone(),
            require_pkce: form.require_pkce || form.kind == ClientKind::Public,
            owner: Some(user_id),
            form_id: Some(self.form_key(user_id, form_id)),
            ..NewClient::new(&form.name, form.kind, form.redirect_uris.clone())
        };
        self.only_if(Gate::developer(user_id)).add_client(new).await
    }

    /// The id of the application that this user registered with this form.
    ///
    /// # Errors
    /// `NotFound` when the form registered none.
    pub async fn registered_by(&self, user_id: i64, form_id: &str) -> Result<String, Error> {
        let form_id = self.form_key(user_id, form_id);
        self.store().find_client_by_form_id(user_id, &form_id).await?.ok_or(Error::NotFound)
    }

    /// The user's applications, by time of registration.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    pub async fn applications(&self, user_id: i64) -> Result<Vec<ApplicationView>, Error> {
        let clients = self.store().list_clients_of(user_id).await?;
        let used = self.store().client_use_of(user_id).await?;
        let secrets = self.store().list_secrets_of(user_id, self.now()).await?;
        Ok(clients.into_iter().map(|client| view(client, &used, &secrets)).collect())
    }

    /// One of the user's applications.
    ///
    /// # Errors
    /// `NotFound` when it belongs to another user or the user lacks full access.
    pub async fn application(&self, user_id: i64, id: &str) -> Result<ApplicationView, Error> {
        self.check_developer(user_id).await?;
        let found = self.applications(user_id).await?.into_iter().find(|view| view.client_id == id);
        found.ok_or(Error::NotFound)
    }

    /// Changes name, description, redirect URIs, PKCE and optional scopes of an application; its
    /// kind is fixed at registration.
    ///
    /// # Errors
    /// `NotFound` when it belongs to another user; `Conflict` with a message when it has changed
    /// since `version` or the form is invalid.
    pub async fn save_application(
        &self,
        user_id: i64,
        id: &str,
        form: &ClientForm,
        version: i64,
    ) -> Result<Client, Error> {
        let client = self.own_client(user_id, id).await?;
        if let Some(error) = form.check().into_iter().next() {
            return Err(Error::Form(error));
        }
        let settings = SettingsRow {
            id: client.id,
            version,
            name: form.name.clone(),
            description: form.description.clone(),
            require_pkce: form.require_pkce || client.kind == ClientKind::Public,
            redirect_uris: form.redirect_uris.clone(),
            optional_scope: self.optional_scope(form).await?,
        };
        let own = self.only_if(Gate::answers_for(user_id, id, false));
        own.store().update_client(settings).await?.ok_or_else(|| Error::Conflict(CHANGED.into()))
    }

    /// A new secret for an application; the current one expires after `keep_seconds`.
    ///
    /// # Errors
    /// `NotFound` when it belongs to another user; `Conflict("already")` when this form has already
    /// made one, `Conflict` with a message when the application is public.
    pub async fn rotate_application_secret(
        &self,
        user_id: i64,
        id: &str,
        keep: i64,
        form_id: &str,
    ) -> Result<String, Error> {
        self.own_client(user_id, id).await?;
        let form_id = Some(self.form_key(user_id, form_id));
        self.only_if(Gate::answers_for(user_id, id, false)).rotate_once(id, keep, form_id).await
    }

    /// Deletes an application and everything that was issued to it. If it has users, its name must
    /// be typed to confirm.
    ///
    /// # Errors
    /// `NotFound` when it belongs to another user; `Conflict` with a message when the name is
    /// missing or wrong.
    pub async fn delete_application(&self, user_id: i64, id: &str, confirm_name: &str) -> Result<(), Error> {
        self.own_client(user_id, id).await?;
        let typed = confirm_name.trim().to_owned();
        let own = self.only_if(Gate::answers_for(user_id, id, false));
        match own.store().delete_own_client(id.to_owned(), user_id, typed).await? {
            OwnDeletion::Done => Ok(()),
            OwnDeletion::InUse => Err(Error::Conflict(CONFIRM.into())),
            OwnDeletion::NotTheirs => Err(Error::NotFound),
        }
    }

    pub(super) async fn own_client(&self, user_id: i64, id: &str) -> Result<Client, Error> {
        self.check_developer(user_id).await?;
        let client = self.store().find_client(id).await?;
        client.filter(|client| client.owner == Some(user_id)).ok_or(Error::NotFound)
    }

    async fn check_developer(&self, user_id: i64) -> Result<(), Error> {
        let user = self.user(user_id).await?;
        if user.rights().may_register() && !user.disabled { Ok(()) } else { Err(Error::NotFound) }
    }
}

fn view(client: Client, used: &[ClientUse], secrets: &[SecretRow]) -> ApplicationView {
    let used = used.iter().find(|used| used.client_id == client.id);
    let secrets = secrets.iter().filter(|secret| secret.client_id == client.id).map(|secret| SecretView {
        hint: secret.hint.clone(),
        created_at: secret.created_at,
        expires_at: secret.expires_at,
    });
    ApplicationView {
        secrets: secrets.collect(),
        people: used.map_or(0, |used| used.people),
        last_used: used.and_then(|used| used.last_used),
        by_key: client.registration.uses_private_key_jwt(),
        client_id: client.id,
        name: client.name,
        description: client.description,
        kind: client.kind,
        redirect_uris: client.redirect_uris,
        require_pkce: client.require_pkce,
        optional_scopes: client.optional_scope.iter().map(str::to_owned).collect(),
        created_at: client.created_at,
        version: client.version,
    }
}
