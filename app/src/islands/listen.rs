//! What islands that answer in place do alike: they hear the forms of the page, put new answers into their list, and look now
//! and then whether it is still true.

use crate::browser::Press;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::pin::Pin;
#[cfg(any(feature = "ssr", feature = "account"))]
use {
    super::desk::{Call, Desk},
    crate::browser,
};

/// What a press leads to.
pub(super) type Task = Pin<Box<dyn Future<Output = ()>>>;

/// Knows the forms of an island: gives what a press leads to; none: it is not one of its forms.
type Known = Box<dyn Fn(&Press) -> Option<Task>>;

/// Answers the forms of the page in place.
pub(super) fn on_press(known: impl Fn(&Press) -> Option<Task> + 'static) {
    let known: Known = Box::new(known);
    window_event_listener(ev::submit, move |event| {
        let Some(press) = Press::of(&event) else { return };
        let Some(task) = known(&press) else { return };
        event.prevent_default();
        if press.hold() {
            spawn_local(async move {
                task.await;
                press.release();
            });
        }
    });
}

/// Puts a new list in the place of the one that is shown, where it is another.
#[cfg(any(feature = "ssr", feature = "account"))]
pub(super) fn swap<T: PartialEq + Send + Sync + 'static>(shown: RwSignal<Option<T>>, list: T) {
    if shown.with_untracked(|known| known.as_ref() != Some(&list)) {
        browser::swap_carefully(|| shown.set(Some(list)));
    }
}

/// Asks for the list as it stands now, and then does what follows from it.
#[cfg(any(feature = "ssr", feature = "account"))]
pub(super) fn load<T: PartialEq + Send + Sync + 'static>(
    desk: Desk,
    shown: RwSignal<Option<T>>,
    asked: Call<T>,
    then: Box<dyn FnOnce()>,
) {
    spawn_local(async move {
        match asked.await {
            Ok(list) => {
                swap(shown, list);
                browser::soon(then);
            }
            Err(error) => desk.fail(error, None),
        }
    });
}

/// Looks whether the page still shows the truth: it may have stood in the background.
#[cfg(any(feature = "ssr", feature = "account"))]
pub(super) fn look<T: PartialEq + Send + Sync + 'static>(desk: Desk, shown: RwSignal<Option<T>>, asked: Call<T>) {
    spawn_local(async move {
        match asked.await {
            Ok(list) => swap(shown, list),
            Err(error) => desk.leave(error),
        }
    });
}
