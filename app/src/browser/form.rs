//! Form submissions as islands see them.

use super::dom::{all, by_id};
use super::fields::{Fields, set_field_error};
use leptos::prelude::window;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{
    Element, Event, HtmlElement, HtmlFormElement, HtmlInputElement, InputEvent, KeyboardEvent, SubmitEvent, Url,
};
use oauth::answer::FieldMessage;

/// A form that is being submitted, and the button.
pub(crate) struct Submission {
    form: HtmlFormElement,
    button: Option<HtmlElement>,
    fields: Fields,
}

impl Submission {
    /// The submission of this event; `None` where another listener has handled it.
    pub(crate) fn of(event: &SubmitEvent) -> Option<Self> {
        if event.default_prevented() {
            return None;
        }
        let form: HtmlFormElement = event.target()?.dyn_into().ok()?;
        let button = event.submitter();
        let fields = Fields::of(&form)?;
        Some(Self { form, button, fields })
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

    /// The values of the form.
    pub(crate) const fn fields(&self) -> &Fields {
        &self.fields
    }

    /// The value of this field; empty where there is none.
    pub(crate) fn text(&self, name: &str) -> String {
        self.fields.text(name)
    }

    /// The values of every field of this name.
    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        self.fields.all(name)
    }

    /// Whether it is the form with this id.
    pub(crate) fn has_id(&self, id: &str) -> bool {
        self.form.get_attribute("id").as_deref() == Some(id)
    }

    /// Whether it is the search form.
    pub(crate) fn is_search(&self) -> bool {
        self.form.get_attribute("role").as_deref() == Some("search")
    }

    /// The value of the pressed button.
    pub(crate) fn intent(&self) -> String {
        self.button.as_ref().and_then(|button| button.get_attribute("value")).unwrap_or_default()
    }

    /// Marks form and button `aria-busy` until [`Submission::clear_busy`]; false where they are
    /// already. A busy form is not submitted again.
    pub(crate) fn set_busy(&self) -> bool {
        if self.form.has_attribute("aria-busy") {
            return false;
        }
        let _ = self.form.set_attribute("aria-busy", "true");
        if let Some(button) = &self.button {
            let _ = button.set_attribute("aria-busy", "true");
        }
        true
    }

    /// Removes the busy marks.
    pub(crate) fn clear_busy(&self) {
        let button = self.button.as_ref().map(AsRef::<Element>::as_ref);
        for element in [Some(self.form.as_ref()), button].into_iter().flatten() {
            let _ = element.remove_attribute("aria-busy");
        }
    }
}

/// Blocks the submission of a POST form that is busy.
pub(crate) fn submit_once(event: &SubmitEvent) {
    let posted = Submission::of(event).filter(|submission| submission.target().starts_with("POST "));
    if posted.is_some_and(|submission| !submission.set_busy()) {
        event.prevent_default();
    }
}

/// Removes every busy mark.
pub(crate) fn clear_all_busy() {
    for element in all("[aria-busy]") {
        let _ = element.remove_attribute("aria-busy");
    }
}

/// The values of the unticked checkboxes in this group.
pub(crate) fn unchecked_boxes(id: &str) -> Vec<String> {
    let boxes = all(&["#", id, " input[type=checkbox]"].concat());
    let boxes = boxes.into_iter().filter_map(|element| element.dyn_into::<HtmlInputElement>().ok());
    boxes.filter(|tick| !tick.checked()).map(|tick| tick.value()).collect()
}

/// Shows or hides the characters of a password field.
pub(crate) fn set_password_visible(id: &str, shown: bool) {
    if let Some(field) = by_id::<HtmlInputElement>(id) {
        field.set_type(if shown { "text" } else { "password" });
    }
}

/// Whether Caps Lock is on, by a key event of the field with this id. `None`: another field, or a
/// synthetic event.
pub(crate) fn caps_lock(event: &Event, id: &str) -> Option<bool> {
    let field: Element = event.target()?.dyn_into().ok()?;
    let key: &KeyboardEvent = event.dyn_ref()?;
    (field.id() == id).then(|| key.get_modifier_state("CapsLock"))
}

/// Shows these validation errors at their fields, and clears the others.
pub(crate) fn set_field_errors(problems: &[FieldMessage]) {
    for place in all(".field-error") {
        let id = place.id();
        let Some(name) = id.strip_suffix("-error") else { continue };
        let problem = problems.iter().find(|problem| problem.field == name);
        set_field_error(name, problem.map_or("", |problem| problem.text.as_str()));
    }
}

/// The text of the search field while it is typed.
pub(crate) fn search_text(event: &Event) -> Option<String> {
    let field: HtmlInputElement = event.target()?.dyn_into().ok()?;
    let composing = event.dyn_ref::<InputEvent>().is_some_and(InputEvent::is_composing);
    (field.type_() == "search" && !composing).then(|| field.value())
}
