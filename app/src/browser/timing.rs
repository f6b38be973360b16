//! Timers and page lifecycle events.

use leptos::ev;
use leptos::prelude::{set_timeout, window, window_event_listener};
use leptos::wasm_bindgen::{JsCast, JsValue, closure::Closure};
use leptos::web_sys::PageTransitionEvent;
use std::time::Duration;

/// Runs after the current reactive updates are rendered.
pub(crate) fn next_tick(run: impl FnOnce() + 'static) {
    set_timeout(run, Duration::ZERO);
}

/// The result of a future, or `None` after so many milliseconds.
pub(crate) async fn with_timeout<T>(milliseconds: u32, work: impl Future<Output = T> + Unpin) -> Option<T> {
    let timer = js_sys::Promise::new(&mut |done, _| {
        set_timeout(
            move || {
                let _ = done.call0(&JsValue::NULL);
            },
            Duration::from_millis(milliseconds.into()),
        );
    });
    match futures::future::select(work, wasm_bindgen_futures::JsFuture::from(timer)).await {
        futures::future::Either::Left((answer, _)) => Some(answer),
        futures::future::Either::Right(_) => None,
    }
}

/// Runs when the page becomes visible again: window focus, or the back/forward cache.
pub(crate) fn on_revisit(run: impl Fn() + Clone + 'static) {
    on_bfcache_restore(run.clone());
    window_event_listener(ev::focus, move |_| run());
}

/// Runs when the page is restored from the back/forward cache (bfcache).
pub(crate) fn on_bfcache_restore(run: impl Fn() + 'static) {
    let shown = Closure::<dyn Fn(PageTransitionEvent)>::new(move |event: PageTransitionEvent| {
        if event.persisted() {
            run();
        }
    });
    let _ = window().add_event_listener_with_callback("pageshow", shown.as_ref().unchecked_ref());
    shown.forget();
}

/// Asks before the page is left (`beforeunload`) while `is_unsaved`.
pub(crate) fn on_before_unload(is_unsaved: impl Fn() -> bool + 'static) {
    window_event_listener(ev::beforeunload, move |event| {
        if is_unsaved() {
            event.prevent_default();
        }
    });
}
