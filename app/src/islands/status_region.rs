//! Shared by islands that call the server: waiting for answers, the ARIA status region, failures.

use crate::api::{ApiError, ApiErrorKind};
use crate::browser;
use crate::views::{Failure, Note, ToView, View, refused};
use leptos::prelude::*;
use std::pin::Pin;

/// The timeout of a call, in milliseconds, after which it is retried once. Calls that create
/// something are idempotent: they carry the `form_id`.
const TIMEOUT_MS: u32 = 10_000;

/// A pending call.
pub(super) type Call<T> = Pin<Box<dyn Future<Output = Result<T, ApiError>>>>;

/// Calls a server function, and once more after a timeout.
pub(super) async fn call_with_retry<T>(call: impl Fn() -> Call<T>) -> Result<T, ApiError> {
    match browser::with_timeout(TIMEOUT_MS, call()).await {
        Some(answer) => answer,
        None => browser::with_timeout(TIMEOUT_MS, call())
            .await
            .unwrap_or_else(|| Err(ApiError::new(ApiErrorKind::NoAnswer, ""))),
    }
}

/// The two live regions of an island: status and failure.
#[derive(Clone, Copy)]
pub(super) struct StatusRegion {
    announcement: RwSignal<String>,
    failure: RwSignal<Option<ApiError>>,
    no_answer: StoredValue<String>,
}

impl StatusRegion {
    /// Empty regions. `no_answer`: the message for a failure without one of the server.
    pub(super) fn new(no_answer: String) -> Self {
        let failure = RwSignal::new(None);
        provide_context(Failure(failure));
        Self { announcement: RwSignal::new(String::new()), failure, no_answer: StoredValue::new(no_answer) }
    }

    /// Renders both regions; a failure is shown here unless a dialog of the island is open.
    pub(super) fn render(self) -> impl IntoView {
        view! {
            <div role="status" class="told">{move || announcement(self.announcement.get())}</div>
            <div id="failure">{move || self.failure.get().filter(|_| !browser::has_island_dialog()).map(refused)}</div>
        }
    }

    /// Clears both for a new action.
    pub(super) fn clear(self) {
        browser::clear_status();
        self.announcement.set(String::new());
        self.failure.set(None);
    }

    /// Announces a success to screen readers.
    pub(super) fn announce(self, text: String) {
        self.announcement.set(text);
    }

    /// Shows a failure. After a sign-in the person returns to `back`, else to this page.
    pub(super) fn fail(self, mut error: ApiError, back: Option<&str>) {
        if error.message.is_empty() {
            error.message = self.no_answer.get_value();
        }
        for link in &mut error.links {
            if error.kind == ApiErrorKind::SignedOut {
                link.to =
                    browser::with_query(&link.to, [("return_to", back.unwrap_or(&browser::current_url()))].into_iter());
            }
        }
        browser::move_into_page_dialog("failure");
        self.failure.set(Some(error));
    }

    /// A poll failed. If the session is over the page is reloaded, unless a dialog is open.
    pub(super) fn reload_or_fail(self, error: ApiError) {
        match (error.kind.is_session_over(), browser::is_dialog_open()) {
            (true, false) => browser::reload(),
            (true, true) => self.fail(error, None),
            // A background poll: other failures are not shown.
            (false, _) => {}
        }
    }
}

fn announcement(text: String) -> Option<View> {
    (!text.is_empty()).then(|| view! { <Note kind="good">{text}</Note> }.view())
}
