//! Flash messages: a message in the session that the next page shows once.

use axum::response::Response;

use crate::browser::{Page, Visitor, see_other};

const KEY: &str = "flash";

/// Redirects to a page that shows `message`. The redirect goes on even if the message cannot be
/// stored.
pub async fn redirect(visitor: &Visitor, message: String, location: &str) -> Response {
    store(visitor, message).await;
    see_other(location)
}

/// Stores a message for the next page that shows one.
pub async fn store(visitor: &Visitor, message: String) {
    if let Err(error) = visitor.session.insert(KEY, message).await {
        tracing::warn!(%error, "the message for the next page was lost");
    }
}

/// A page with the stored message, if any.
pub async fn page(visitor: &Visitor) -> Page {
    // Read before it is removed: removing is a write, which a page without a message must not cost.
    let message = visitor.session.get::<String>(KEY).await.unwrap_or_default();
    if message.is_some() && !visitor.head_only {
        let _ = visitor.session.remove::<String>(KEY).await;
    }
    Page::new(visitor).status(message)
}
