//! Services: resource servers registered with the form of their access tokens (RFC 8707, RFC 9068).

use oauth::resource::is_same;
use oauth::{Message, Resources};

use crate::error::Error;
use crate::provider::Provider;
pub use crate::store::services::{Format, ServiceRow};

/// Maximum length of a resource URI: a token for several services must still fit into a header.
const MOST_ADDRESS: usize = 500;
/// Maximum length of a name, in characters.
const MOST_NAME: usize = 200;

impl Provider {
    /// Registers a service under its resource URI.
    ///
    /// # Errors
    /// `Conflict` with a message when it is registered already or is no valid resource
    /// (RFC 8707 §2).
    pub async fn add_service(&self, service: ServiceRow) -> Result<ServiceRow, Error> {
        let is_resource = Resources::of([service.resource.clone()]).is_ok();
        let checks = [
            (is_resource && service.resource.len() <= MOST_ADDRESS, "service-resource"),
            (service.name.chars().count() <= MOST_NAME, "text-long-200"),
            (oauth::form::visible(&service.name) == service.name, "text-invisible"),
        ];
        checks.iter().find(|(held, _)| !held).map_or(Ok(()), |(_, key)| Err(Error::Conflict((*key).into())))?;
        let known = self.service_at(&service.resource).await?.is_some();
        match !known && self.store().insert_service(service.clone(), self.now()).await? {
            true => Ok(service),
            false => Err(Error::Conflict(Message::new("service-exists").with("resource", service.resource.as_str()))),
        }
    }

    /// All services, by resource.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    pub async fn list_services(&self) -> Result<Vec<ServiceRow>, Error> {
        self.store().list_services().await
    }

    /// Removes a service: new tokens for it are opaque. Issued tokens remain valid.
    ///
    /// # Errors
    /// `NotFound` when there is no such service.
    pub async fn remove_service(&self, resource: &str) -> Result<(), Error> {
        let service = self.service_at(resource).await?.ok_or(Error::NotFound)?;
        match self.store().delete_service(service.resource).await? {
            true => Ok(()),
            false => Err(Error::NotFound),
        }
    }

    /// These resources as registered, and whether all of them accept signed tokens. If one does
    /// not, the token is opaque: it must introspect, and the others can too.
    pub(crate) async fn services_of(&self, resources: Resources) -> Result<(Resources, bool), Error> {
        if resources.is_empty() {
            return Ok((resources, false));
        }
        let services = self.store().list_services().await?;
        let resources = resources.spelled_as(services.iter().map(|one| one.resource.as_str()));
        let reads = |resource: &str| services.iter().any(|one| one.resource == resource && one.format == Format::Jwt);
        let readers = resources.iter().all(reads);
        Ok((resources, readers))
    }

    /// The service of this resource, in any equivalent spelling.
    async fn service_at(&self, resource: &str) -> Result<Option<ServiceRow>, Error> {
        let mut services = self.store().list_services().await?;
        services.sort_by_key(|one| one.resource != resource);
        Ok(services.into_iter().find(|one| is_same(&one.resource, resource)))
    }
}
