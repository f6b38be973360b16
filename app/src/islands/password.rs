use super::dom::{by_id, on, once_awake};
use leptos::prelude::*;
use leptos::web_sys::{Event, HtmlInputElement, KeyboardEvent};

/// "Show password" beside a password field, and a hint while Caps Lock is on. The password is hidden again when it is sent.
#[island]
pub fn PasswordTools(
    /// The id of the password field.
    field: String,
) -> impl IntoView {
    let (awake, shown, caps) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let (controls, watched) = (field.clone(), field.clone());
    once_awake(move || {
        watch(&watched, shown, caps);
        awake.set(true);
    });
    let press = move |_| {
        shown.update(|shown| *shown = !*shown);
        set_shown(&field, shown.get_untracked());
    };
    let label = move || if shown.get() { "Hide password" } else { "Show password" };
    let status = move || status(shown.get(), caps.get());
    view! {
        <span class="scripted" class:ready=awake translate="no">
            <button type="button" class="quiet" aria-controls=controls on:click=press>
                {label}
            </button>
        </span>
        <span role="status" class="hint below-status" translate="no">{status}</span>
    }
}

const fn status(shown: bool, caps: bool) -> &'static str {
    match (shown, caps) {
        (true, true) => "Your password is visible. Caps Lock is on.",
        (true, false) => "Your password is visible",
        (false, true) => "Caps Lock is on",
        (false, false) => " ",
    }
}

fn set_shown(field: &str, shown: bool) {
    if let Some(input) = by_id::<HtmlInputElement>(field) {
        input.set_type(if shown { "text" } else { "password" });
    }
}

fn watch(field: &str, shown: RwSignal<bool>, caps: RwSignal<bool>) {
    let Some(input) = by_id::<HtmlInputElement>(field) else { return };
    for event in ["keydown", "keyup"] {
        on(&input, event, move |event: KeyboardEvent| caps.set(event.get_modifier_state("CapsLock")));
    }
    if let Some(form) = input.form() {
        let field = field.to_owned();
        on(&form, "submit", move |_: Event| {
            set_shown(&field, false);
            shown.set(false);
        });
    }
}
