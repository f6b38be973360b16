//! Services that say in what form they want the access tokens that name them (RFC 8707, RFC 9068).

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
        match self.store().insert_service(service.clone(), self.now()).await? {
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
        match self.store().delete_service(resource.to_owned()).await? {
            true => Ok(()),
            false => Err(Error::NotFound),
        }
    }

    /// Whether every one of these resources reads signed tokens. One that does not must introspect, and can: a token that all can use
    /// is opaque then.
    pub(crate) async fn are_readers(&self, resources: &Resources) -> Result<bool, Error> {
        let services = self.store().list_services().await?;
        let reads = |resource: &str| services.iter().any(|one| one.resource == resource && one.format == Format::Jwt);
        Ok(resources.iter().all(reads))
    }
}
