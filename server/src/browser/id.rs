//! Extractors of the ids in a page's path.

use axum::extract::{FromRef, FromRequestParts, Path};
use axum::http::request::Parts;
use axum::response::Response;
use provider::Error;

use crate::respond;
use crate::state::Site;

/// The id in a page's path; 404 where it has a NUL, which PostgreSQL cannot store.
pub struct Id(pub String);

impl<S> FromRequestParts<S> for Id
where
    S: Send + Sync,
    Site: FromRef<S>,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        match Path::<String>::from_request_parts(parts, state).await {
            Ok(Path(id)) if !id.contains('\0') => Ok(Self(id)),
            _ => Err(respond::page(&Site::from_ref(state), &Error::NotFound, &parts.headers)),
        }
    }
}

/// The two ids in a page's path, each as [`Id`] has it.
pub struct Ids(pub String, pub String);

impl<S> FromRequestParts<S> for Ids
where
    S: Send + Sync,
    Site: FromRef<S>,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        match Path::<(String, String)>::from_request_parts(parts, state).await {
            Ok(Path((one, other))) if !one.contains('\0') && !other.contains('\0') => Ok(Self(one, other)),
            _ => Err(respond::page(&Site::from_ref(state), &Error::NotFound, &parts.headers)),
        }
    }
}
