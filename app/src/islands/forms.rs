//! What islands that answer in place do alike: they hear the forms of the page, put new answers into their list, and look now
//! and then whether it is still true.

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

/// What a press leads to.
pub(super) type Task = Pin<Box<dyn Future<Output = ()>>>;

/// Knows the forms of an island: gives what a press leads to; none: it is not one of its forms.
type Handler = Box<dyn Fn(&Submission) -> Option<Task>>;

/// Answers the forms of the page in place.
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

/// Puts a new list in the place of the one that is shown, where it is another.
#[cfg(any(feature = "ssr", feature = "account"))]
pub(super) fn replace_list<T: PartialEq + Send + Sync + 'static>(shown: RwSignal<Option<T>>, list: T) {
    if shown.with_untracked(|known| known.as_ref() != Some(&list)) {
        browser::swap_preserving_focus(|| shown.set(Some(list)));
    }
}

/// Asks for the list as it stands now, and then does what follows from it.
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

/// Looks whether the page still shows the truth: it may have stood in the background.
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
