//! Services that say in what form they want the access tokens that name them (RFC 8707, RFC 9068).

use oauth::resource::is_same;
use oauth::{Message, Resources};

use crate::error::Error;
use crate::provider::Provider;
pub use crate::store::services::{Format, ServiceRow};

/// The longest address: those of a token that several services read must still fit into a header.
const MOST_ADDRESS: usize = 500;
/// The longest name, in characters.
const MOST_NAME: usize = 200;

impl Provider {
    /// Registers a service under the resource by which clients name it.
    ///
    /// # Errors
    /// `Conflict` with a sentence when it is registered already or cannot be a resource (RFC 8707 §2).
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

    /// Every service, by resource.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    pub async fn list_services(&self) -> Result<Vec<ServiceRow>, Error> {
        self.store().list_services().await
    }

    /// Removes a service: new tokens that name it are opaque. Those that were issued live on.
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

    /// These resources as they are registered, and whether every one of them reads signed tokens. One that does not must introspect,
    /// and can: a token that all can use is opaque then.
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

    /// The service of this resource, however it is spelled.
    async fn service_at(&self, resource: &str) -> Result<Option<ServiceRow>, Error> {
        let mut services = self.store().list_services().await?;
        services.sort_by_key(|one| one.resource != resource);
        Ok(services.into_iter().find(|one| is_same(&one.resource, resource)))
    }
}
