//! Island: "Show password" and the Caps Lock hint.

use crate::browser;
use crate::views::PasswordLabels;
use leptos::ev;
use leptos::prelude::*;

/// "Show password" for the field with this id, and a hint while Caps Lock is on. The password is
/// hidden again when the form is submitted. There is no button before hydration: it would do
/// nothing.
#[island]
pub fn PasswordIsland(field: String, words: PasswordLabels) -> impl IntoView {
    let tools = Tools { field: StoredValue::new(field), labels: StoredValue::new(words), ..Tools::new() };
    if cfg!(feature = "hydrate") {
        tools.listen();
    }
    view! {
        <span class="show-password" translate="no">
            {move || tools.hydrated.get().then(|| view! {
                <button
                    type="button" class="quiet" aria-controls=tools.field.get_value()
                    on:click=move |_| tools.show(!tools.shown.get_untracked())
                >{move || tools.label()}</button>
            })}
        </span>
        <span role="status" class="hint below-status" translate="no">{move || tools.status_text()}</span>
    }
}

#[derive(Clone, Copy)]
struct Tools {
    field: StoredValue<String>,
    labels: StoredValue<PasswordLabels>,
    hydrated: RwSignal<bool>,
    shown: RwSignal<bool>,
    caps: RwSignal<bool>,
}

impl Tools {
    fn new() -> Self {
        let off = || RwSignal::new(false);
        Self {
            field: StoredValue::default(),
            labels: StoredValue::default(),
            hydrated: off(),
            shown: off(),
            caps: off(),
        }
    }

    fn listen(self) {
        browser::next_tick(move || self.hydrated.set(true));
        window_event_listener(ev::keydown, move |event| self.notice_caps_lock(&event));
        window_event_listener(ev::keyup, move |event| self.notice_caps_lock(&event));
        window_event_listener(ev::submit, move |_| self.show(false));
    }

    fn show(self, shown: bool) {
        self.field.with_value(|field| browser::set_password_visible(field, shown));
        self.shown.set(shown);
    }

    /// Password managers send synthetic key events without Caps Lock state.
    fn notice_caps_lock(self, event: &ev::KeyboardEvent) {
        if let Some(on) = self.field.with_value(|field| browser::caps_lock(event, field)) {
            self.caps.set(on);
        }
    }

    fn label(self) -> String {
        let shown = self.shown.get();
        self.labels.with_value(|t| if shown { t.hide() } else { t.show() })
    }

    fn status_text(self) -> String {
        let (shown, caps) = (self.shown.get(), self.caps.get());
        self.labels.with_value(|t| match (shown, caps) {
            (true, true) => t.visible_caps(),
            (true, false) => t.visible(),
            (false, true) => t.caps(),
            (false, false) => String::new(),
        })
    }
}
