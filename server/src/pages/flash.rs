//! What has just been done, told once on the next page.

use axum::response::Response;

use crate::browser::{Page, Visitor, see_other};

const KEY: &str = "flash";

/// Goes on to a page that will say `message`. The action stands even if the message cannot be kept.
pub async fn tell(visitor: &Visitor, message: String, location: &str) -> Response {
    keep(visitor, message).await;
    see_other(location)
}

/// Keeps a message for the next page that can tell it.
pub async fn keep(visitor: &Visitor, message: String) {
    if let Err(error) = visitor.session.insert(KEY, message).await {
        tracing::warn!(%error, "the message for the next page was lost");
    }
}

/// The frame of a page with the message that waits for it, if any.
pub async fn page(visitor: &Visitor) -> Page {
    // Looked at before it is taken: taking is a write, and a page without a message must not cost
    // one.
    let message = visitor.session.get::<String>(KEY).await.unwrap_or_default();
    if message.is_some() && !visitor.head_only {
        let _ = visitor.session.remove::<String>(KEY).await;
    }
    Page::new(visitor).status(message)
}
