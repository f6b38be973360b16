//! A form that was sent, as an island sees it.

use leptos::prelude::window;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{
    Element, Event, FormData, HtmlElement, HtmlFormElement, HtmlInputElement, InputEvent, SubmitEvent, Url,
};

/// A press that sends a form: where to, and with what.
pub(crate) struct Press {
    form: HtmlFormElement,
    button: Option<HtmlElement>,
    data: FormData,
}

impl Press {
    /// The press behind this event; none where somebody else has taken it.
    pub(crate) fn of(event: &SubmitEvent) -> Option<Self> {
        if event.default_prevented() {
            return None;
        }
        let form: HtmlFormElement = event.target()?.dyn_into().ok()?;
        let button = event.submitter();
        let data = FormData::new_with_form(&form).ok()?;
        Some(Self { form, button, data })
    }

    /// `POST` or `GET`, then the path: "POST /account/tokens/new".
    pub(crate) fn target(&self) -> String {
        // A field called "action" would hide the property.
        let action = self.form.get_attribute("action").unwrap_or_default();
        let method = self.form.get_attribute("method").unwrap_or_default().to_ascii_uppercase();
        let origin = window().location().origin().unwrap_or_default();
        let path = Url::new_with_base(&action, &origin).map(|url| url.pathname()).unwrap_or_default();
        [&method, " ", &path].concat()
    }

    /// What the form holds in this field; empty where it has none.
    pub(crate) fn text(&self, name: &str) -> String {
        self.data.get(name).as_string().unwrap_or_default()
    }

    /// What it holds in every field of this name.
    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        self.data.get_all(name).iter().filter_map(|value| value.as_string()).collect()
    }

    /// Whether it is the form with this id.
    pub(crate) fn is(&self, id: &str) -> bool {
        self.form.get_attribute("id").as_deref() == Some(id)
    }

    /// Whether it is a search.
    pub(crate) fn is_search(&self) -> bool {
        self.form.get_attribute("role").as_deref() == Some("search")
    }

    /// What the pressed button stands for.
    pub(crate) fn intent(&self) -> String {
        self.button.as_ref().and_then(|button| button.get_attribute("value")).unwrap_or_default()
    }

    /// Shows that the answer is awaited: until [`Press::release`] the form is not sent again. False where it is awaited already.
    pub(crate) fn hold(&self) -> bool {
        if self.form.has_attribute("aria-busy") {
            return false;
        }
        let _ = self.form.set_attribute("aria-busy", "true");
        if let Some(button) = &self.button {
            let _ = button.set_attribute("aria-busy", "true");
        }
        true
    }

    /// The answer is there.
    pub(crate) fn release(&self) {
        let button = self.button.as_ref().map(AsRef::<Element>::as_ref);
        for element in [Some(self.form.as_ref()), button].into_iter().flatten() {
            let _ = element.remove_attribute("aria-busy");
            let _ = element.remove_attribute("data-busy");
        }
    }
}

/// What stands in the field of a search, while it is typed.
pub(crate) fn searched(event: &Event) -> Option<String> {
    let field: HtmlInputElement = event.target()?.dyn_into().ok()?;
    let composing = event.dyn_ref::<InputEvent>().is_some_and(InputEvent::is_composing);
    (field.type_() == "search" && !composing).then(|| field.value())
}
