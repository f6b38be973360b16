//! Reads columns as values. A missing column, or one of another type, is an internal error, not the
//! caller's.

use oauth::oidc::ClaimsRequest;
use oauth::{Binding, Resources, Scope, Timestamp};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::error::Error;

/// A text, not null.
pub fn text(row: &AnyRow, column: &str) -> Result<String, Error> {
    Ok(row.try_get(column)?)
}

/// A nullable text.
pub fn text_opt(row: &AnyRow, column: &str) -> Result<Option<String>, Error> {
    Ok(row.try_get(column)?)
}

/// An integer, not null.
pub fn int(row: &AnyRow, column: &str) -> Result<i64, Error> {
    Ok(row.try_get(column)?)
}

/// A nullable integer.
pub fn int_opt(row: &AnyRow, column: &str) -> Result<Option<i64>, Error> {
    Ok(row.try_get(column)?)
}

/// A boolean, stored as an integer: false is 0.
pub fn flag(row: &AnyRow, column: &str) -> Result<bool, Error> {
    Ok(int(row, column)? != 0)
}

/// [`flag`] for a column that is null in older rows: null is false.
pub fn flag_opt(row: &AnyRow, column: &str) -> Result<bool, Error> {
    Ok(int_opt(row, column)?.is_some_and(|number| number != 0))
}

/// A time, not null.
pub fn time(row: &AnyRow, column: &str) -> Result<Timestamp, Error> {
    Ok(Timestamp::from_seconds(int(row, column)?))
}

/// A nullable time.
pub fn time_opt(row: &AnyRow, column: &str) -> Result<Option<Timestamp>, Error> {
    Ok(int_opt(row, column)?.map(Timestamp::from_seconds))
}

/// A `claims` parameter; `None` equals one that requests nothing.
pub fn claims_opt(row: &AnyRow, column: &str) -> Result<Option<ClaimsRequest>, Error> {
    let parse = |text: String| ClaimsRequest::from_stored(&text).map_err(|_| Error::corrupt("claims"));
    text_opt(row, column)?.map(parse).transpose()
}

/// The reverse of [`claims_opt`].
pub fn claims_text(claims: &ClaimsRequest) -> Option<String> {
    (!claims.is_empty()).then(|| claims.to_json())
}

/// The binding of a code or token.
pub fn binding(row: &AnyRow) -> Result<Binding, Error> {
    let resources = text_opt(row, "resources")?.map(|text| Resources::from_stored(&text));
    Ok(Binding { resources: resources.unwrap_or_default(), key: text_opt(row, "key_thumbprint")? })
}

/// A stored scope. The limits on a request's scope do not apply: whatever was written is read.
pub fn stored_scope(text: &str) -> Scope {
    Scope::of(text.split(' '))
}

/// A scope.
pub fn scope(row: &AnyRow, column: &str) -> Result<Scope, Error> {
    Ok(stored_scope(&text(row, column)?))
}
