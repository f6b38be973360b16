//! A write as a value: its future, its statements, and what it invalidates.

use std::pin::Pin;

use super::statements::Statements;
use crate::error::Error;
use crate::store::invalidation::Invalidation;

/// The future of a write, which borrows its connection.
pub type Written<'c, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'c>>;

/// A write as a list of statements, and its outcome if each of them changes exactly one row.
pub type BatchedWrite<T> = (Statements, T);

/// What an outcome invalidates.
pub type Invalidates<T> = Box<dyn Fn(&T) -> Invalidation + Send + Sync>;
