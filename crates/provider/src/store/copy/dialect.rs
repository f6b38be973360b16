//! Which kind of database a connection belongs to.

use sqlx::AnyConnection;

use super::value::Value;

/// Whether the connection is one to PostgreSQL.
pub fn is_postgres(connection: &AnyConnection) -> bool {
    connection.backend_name() == "PostgreSQL"
}

/// Why this database cannot store a row, if it cannot.
pub fn is_unstorable(connection: &AnyConnection, row: &[Value]) -> Option<&'static str> {
    let nul = |value: &Value| matches!(value, Value::Text(Some(text)) if text.contains('\0'));
    (is_postgres(connection) && row.iter().any(nul)).then_some("a text holds a NUL, which PostgreSQL does not take")
}
