//! Shared by islands that handle forms in place: the submit listener, replacing lists, polling.

use crate::browser::Submission;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::pin::Pin;
#[cfg(any(feature = "ssr", feature = "account"))]
use {
    super::status_region::{Call, StatusRegion},
    crate::browser,
};

/// What a submitted form starts.
pub(super) type Task = Pin<Box<dyn Future<Output = ()>>>;

/// Maps a submitted form to its task; `None`: not a form of the island.
type Handler = Box<dyn Fn(&Submission) -> Option<Task>>;

/// Handles the forms of the page in place.
pub(super) fn on_submit(handler: impl Fn(&Submission) -> Option<Task> + 'static) {
    let handler: Handler = Box::new(handler);
    window_event_listener(ev::submit, move |event| {
        let Some(submission) = Submission::of(&event) else { return };
        let Some(task) = handler(&submission) else { return };
        event.prevent_default();
        if submission.set_busy() {
            spawn_local(async move {
                task.await;
                submission.clear_busy();
            });
        }
    });
}

/// Replaces the shown list, if it differs.
#[cfg(any(feature = "ssr", feature = "account"))]
pub(super) fn replace_list<T: PartialEq + Send + Sync + 'static>(shown: RwSignal<Option<T>>, list: T) {
    if shown.with_untracked(|known| known.as_ref() != Some(&list)) {
        browser::swap_preserving_focus(|| shown.set(Some(list)));
    }
}

/// Loads the current list, then runs `then`.
#[cfg(any(feature = "ssr", feature = "account"))]
pub(super) fn load<T: PartialEq + Send + Sync + 'static>(
    status: StatusRegion,
    shown: RwSignal<Option<T>>,
    call: Call<T>,
    then: Box<dyn FnOnce()>,
) {
    spawn_local(async move {
        match call.await {
            Ok(list) => {
                replace_list(shown, list);
                browser::next_tick(then);
            }
            Err(error) => status.fail(error, None),
        }
    });
}

/// Polls the list when the page becomes visible again.
#[cfg(any(feature = "ssr", feature = "account"))]
pub(super) fn poll<T: PartialEq + Send + Sync + 'static>(
    status: StatusRegion,
    shown: RwSignal<Option<T>>,
    call: Call<T>,
) {
    spawn_local(async move {
        match call.await {
            Ok(list) => replace_list(shown, list),
            Err(error) => status.reload_or_fail(error),
        }
    });
}
