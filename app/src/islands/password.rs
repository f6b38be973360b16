use crate::browser;
use crate::views::PasswordWords;
use leptos::ev;
use leptos::prelude::*;

/// "Show password" for the field with this id, and a hint while Caps Lock is on. The password is hidden again when it is
/// sent. Until the island wakes there is no button: nothing could be done with it.
#[island]
pub fn PasswordIsland(field: String, words: PasswordWords) -> impl IntoView {
    let tools = Tools { field: StoredValue::new(field), words: StoredValue::new(words), ..Tools::new() };
    if cfg!(feature = "hydrate") {
        tools.listen();
    }
    view! {
        <span class="show-password" translate="no">
            {move || tools.awake.get().then(|| view! {
                <button
                    type="button" class="quiet" aria-controls=tools.field.get_value()
                    on:click=move |_| tools.show(!tools.shown.get_untracked())
                >{move || tools.label()}</button>
            })}
        </span>
        <span role="status" class="hint below-status" translate="no">{move || tools.told()}</span>
    }
}

#[derive(Clone, Copy)]
struct Tools {
    field: StoredValue<String>,
    words: StoredValue<PasswordWords>,
    awake: RwSignal<bool>,
    shown: RwSignal<bool>,
    caps: RwSignal<bool>,
}

impl Tools {
    fn new() -> Self {
        let off = || RwSignal::new(false);
        Self { field: StoredValue::default(), words: StoredValue::default(), awake: off(), shown: off(), caps: off() }
    }

    fn listen(self) {
        browser::soon(move || self.awake.set(true));
        window_event_listener(ev::keydown, move |event| self.notice_caps_lock(&event));
        window_event_listener(ev::keyup, move |event| self.notice_caps_lock(&event));
        window_event_listener(ev::submit, move |_| self.show(false));
    }

    fn show(self, shown: bool) {
        self.field.with_value(|field| browser::show_characters(field, shown));
        self.shown.set(shown);
    }

    /// Password managers send key events of their own making, which know nothing of Caps Lock.
    fn notice_caps_lock(self, event: &ev::KeyboardEvent) {
        if let Some(on) = self.field.with_value(|field| browser::caps_lock(event, field)) {
            self.caps.set(on);
        }
    }

    fn label(self) -> String {
        let shown = self.shown.get();
        self.words.with_value(|say| if shown { say.hide() } else { say.show() })
    }

    fn told(self) -> String {
        let (shown, caps) = (self.shown.get(), self.caps.get());
        self.words.with_value(|say| match (shown, caps) {
            (true, true) => say.visible_caps(),
            (true, false) => say.visible(),
            (false, true) => say.caps(),
            (false, false) => String::new(),
        })
    }
}
