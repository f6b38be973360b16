use super::dom::{attribute, by_id, first_in, on, once_awake};
use super::texts::text;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, HtmlInputElement, KeyboardEvent};
use std::cell::Cell;
use std::rc::Rc;

/// "Show password" beside a password field, and a hint while Caps Lock is on. The password is hidden again when it is sent.
#[island]
pub fn PasswordIsland() -> impl IntoView {
    once_awake(|place| {
        if let Some(tools) = Tools::find(&place) {
            tools.wire();
        }
    });
}

#[derive(Clone)]
struct Tools {
    input: HtmlInputElement,
    button: Element,
    status: Element,
    caps: Rc<Cell<bool>>,
}

impl Tools {
    fn find(place: &Element) -> Option<Self> {
        let button: Element = first_in(place, "button[data-show]")?;
        let input = by_id(&attribute(&button, "aria-controls"))?;
        Some(Self { input, button, status: first_in(place, "[role=status]")?, caps: Rc::default() })
    }

    fn wire(self) {
        for name in ["keydown", "keyup"] {
            let tools = self.clone();
            on(&self.input, name, move |event| tools.notice_caps_lock(&event));
        }
        if let Some(form) = self.input.form() {
            let tools = self.clone();
            on(&form, "submit", move |_| tools.show(false));
        }
        let _ = self.button.parent_element().map(|holder| holder.class_list().add_1("ready"));
        let target = self.button.clone();
        on(&target, "click", move |_| self.show(!self.shown()));
    }

    fn shown(&self) -> bool {
        self.input.type_() == "text"
    }

    fn show(&self, shown: bool) {
        self.input.set_type(if shown { "text" } else { "password" });
        self.button.set_text_content(Some(&text(&self.button, if shown { "hide" } else { "show" })));
        self.tell();
    }

    /// Password managers send key events of their own making, which know nothing of Caps Lock.
    fn notice_caps_lock(&self, event: &Event) {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        let on = event.get_modifier_state("CapsLock");
        if self.caps.replace(on) != on {
            self.tell();
        }
    }

    fn tell(&self) {
        let key = match (self.shown(), self.caps.get()) {
            (true, true) => "visible-caps",
            (true, false) => "visible",
            (false, true) => "caps",
            (false, false) => "",
        };
        self.status.set_text_content(Some(&if key.is_empty() { String::new() } else { text(&self.button, key) }));
    }
}
