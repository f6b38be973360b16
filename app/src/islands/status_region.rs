//! What every island that calls the server does the same way: it waits for an answer, tells what came of it, and says
//! what stands in the way.

use crate::api::{ApiError, ApiErrorKind};
use crate::browser;
use crate::views::{Failure, Note, ToView, View, refused};
use leptos::prelude::*;
use std::pin::Pin;

/// How long an answer is waited for, in milliseconds. Then the same is asked again, once: whatever makes something
/// carries the id of its form, so that it is made once.
const TIMEOUT_MS: u32 = 10_000;

/// A call under way.
pub(super) type Call<T> = Pin<Box<dyn Future<Output = Result<T, ApiError>>>>;

/// What a call is answered.
pub(super) async fn call_with_retry<T>(call: impl Fn() -> Call<T>) -> Result<T, ApiError> {
    match browser::with_timeout(TIMEOUT_MS, call()).await {
        Some(answer) => answer,
        None => browser::with_timeout(TIMEOUT_MS, call())
            .await
            .unwrap_or_else(|| Err(ApiError::new(ApiErrorKind::NoAnswer, ""))),
    }
}

/// The two places where an island speaks.
#[derive(Clone, Copy)]
pub(super) struct StatusRegion {
    announcement: RwSignal<String>,
    failure: RwSignal<Option<ApiError>>,
    no_answer: StoredValue<String>,
}

impl StatusRegion {
    /// An island that has nothing to say yet. `no_answer` is said where the server says nothing.
    pub(super) fn new(no_answer: String) -> Self {
        let failure = RwSignal::new(None);
        provide_context(Failure(failure));
        Self { announcement: RwSignal::new(String::new()), failure, no_answer: StoredValue::new(no_answer) }
    }

    /// What was done, told where the eye is; what went wrong, where no dialog stands over it.
    pub(super) fn render(self) -> impl IntoView {
        view! {
            <div role="status" class="told">{move || announcement(self.announcement.get())}</div>
            <div id="failure">{move || self.failure.get().filter(|_| !browser::has_island_dialog()).map(refused)}</div>
        }
    }

    /// Something new begins.
    pub(super) fn clear(self) {
        browser::clear_status();
        self.announcement.set(String::new());
        self.failure.set(None);
    }

    /// Tells what was done.
    pub(super) fn announce(self, text: String) {
        self.announcement.set(text);
    }

    /// Says why it was not done. Who has to sign in first comes back to `back`, else to this page.
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

    /// The page shows what is no longer so: it is loaded anew, unless something is typed in it.
    pub(super) fn reload_or_fail(self, error: ApiError) {
        match (error.kind.is_session_over(), browser::is_dialog_open()) {
            (true, false) => browser::reload(),
            (true, true) => self.fail(error, None),
            // Nobody asked for it: what is not known is not told.
            (false, _) => {}
        }
    }
}

fn announcement(text: String) -> Option<View> {
    (!text.is_empty()).then(|| view! { <Note kind="good">{text}</Note> }.view())
}
