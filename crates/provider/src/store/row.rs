//! Columns as values. A column that is missing or of another type is a fault of ours, not of the caller.

use oauth::oidc::ClaimsRequest;
use oauth::{Binding, Resources, Scope, Timestamp};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::error::Error;

/// A text that is always there.
pub fn text(row: &AnyRow, column: &str) -> Result<String, Error> {
    Ok(row.try_get(column)?)
}

/// A text that may be null.
pub fn text_opt(row: &AnyRow, column: &str) -> Result<Option<String>, Error> {
    Ok(row.try_get(column)?)
}

/// A number that is always there.
pub fn int(row: &AnyRow, column: &str) -> Result<i64, Error> {
    Ok(row.try_get(column)?)
}

/// A number that may be null.
pub fn int_opt(row: &AnyRow, column: &str) -> Result<Option<i64>, Error> {
    Ok(row.try_get(column)?)
}

/// A number that stands for yes (not 0) or no (0).
pub fn flag(row: &AnyRow, column: &str) -> Result<bool, Error> {
    Ok(int(row, column)? != 0)
}

/// The same in a column that older rows do not have: no.
pub fn flag_opt(row: &AnyRow, column: &str) -> Result<bool, Error> {
    Ok(int_opt(row, column)?.is_some_and(|number| number != 0))
}

/// A moment that is always there.
pub fn time(row: &AnyRow, column: &str) -> Result<Timestamp, Error> {
    Ok(Timestamp::from_seconds(int(row, column)?))
}

/// A moment that may not have come.
pub fn time_opt(row: &AnyRow, column: &str) -> Result<Option<Timestamp>, Error> {
    Ok(int_opt(row, column)?.map(Timestamp::from_seconds))
}

/// A `claims` parameter; none is the same as one that asks for nothing.
pub fn claims_opt(row: &AnyRow, column: &str) -> Result<Option<ClaimsRequest>, Error> {
    let parse = |text: String| ClaimsRequest::from_stored(&text).map_err(|_| Error::corrupt("claims"));
    text_opt(row, column)?.map(parse).transpose()
}

/// The reverse of [`claims_opt`].
pub fn claims_text(claims: &ClaimsRequest) -> Option<String> {
    (!claims.is_empty()).then(|| claims.to_json())
}

/// What a code or token is bound to.
pub fn binding(row: &AnyRow) -> Result<Binding, Error> {
    let resources = text_opt(row, "resources")?.map(|text| Resources::from_stored(&text));
    Ok(Binding { resources: resources.unwrap_or_default(), key: text_opt(row, "key_thumbprint")? })
}

/// A stored set of scope tokens. The limit on what a request may name does not hold here: what was written is read.
pub fn stored_scope(text: &str) -> Scope {
    Scope::of(text.split(' '))
}

/// A set of scope tokens.
pub fn scope(row: &AnyRow, column: &str) -> Result<Scope, Error> {
    Ok(stored_scope(&text(row, column)?))
}
