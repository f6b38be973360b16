//! What the scope picker changes in the page.

use super::dom::{attribute, by_id, copy_of, first_in, mark};
use super::texts::fill;
use leptos::web_sys::{Element, HtmlInputElement, HtmlTemplateElement};

/// Says what is wrong beside the field and in the summary; without a message, takes both away.
pub(super) fn show_error(field: &HtmlInputElement, message: &str) {
    show_problem(message);
    mark(field, by_id("scope-error"), message);
    let _ = field.set_attribute("aria-describedby", "scope-hint scope-error");
}

/// Puts the summary of problems above the form, as the server would have sent it; without a message, takes it away.
fn show_problem(message: &str) -> Option<()> {
    if let Some(old) = by_id::<Element>("problem") {
        old.remove();
    }
    let template = by_id::<HtmlTemplateElement>("scope-problem").filter(|_| !message.is_empty())?;
    let problem = copy_of(&template)?;
    first_in::<Element>(&problem, "a")?.set_text_content(Some(message));
    template.parent_element()?.insert_before(&problem, Some(&template)).ok().map(drop)
}

/// Clones the server's pattern of a chip, in which `{scope}` stands where the scope belongs.
pub(super) fn append_chip(scope: &str) -> Option<()> {
    let chip = copy_of(&by_id("scope-chip")?)?;
    first_in::<Element>(&chip, "code")?.set_text_content(Some(scope));
    first_in::<HtmlInputElement>(&chip, "input")?.set_value(scope);
    let button = first_in::<Element>(&chip, "button")?;
    for name in ["value", "aria-label"] {
        button.set_attribute(name, &fill(&attribute(&button, name), &[("scope", scope)])).ok()?;
    }
    by_id::<Element>("scopes")?.append_child(&chip).ok().map(drop)
}
