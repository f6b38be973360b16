use super::dom::{by_id, closest, first_in, on, once_awake, say, values};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, HtmlElement, HtmlInputElement, HtmlTemplateElement, KeyboardEvent, MouseEvent};
use oauth::form::NewToken;
use oauth::view::ScopeChoice;

/// The button Add of the dialog "New permanent token". It applies the server's rules, compiled into the page; without
/// it the button posts the form and the server adds the scope.
#[island]
pub fn ScopePicker(
    /// Every scope that exists, and whether this person may use it.
    known: Vec<ScopeChoice>,
) -> impl IntoView {
    let known = StoredValue::new(known);
    let press = move |event: MouseEvent| {
        event.prevent_default();
        known.with_value(|known| add(known));
    };
    once_awake(move || {
        if let Some(field) = by_id::<HtmlInputElement>("scope") {
            on(&field, "keydown", move |event: KeyboardEvent| {
                if event.key() == "Enter" {
                    event.prevent_default();
                    known.with_value(|known| add(known));
                }
            });
        }
        if let Some(list) = by_id::<Element>("scopes") {
            on(&list, "click", remove);
        }
    });
    view! {
        <button type="submit" name="intent" value="add" class="button" translate="no" on:click=press>"Add"</button>
    }
}

/// The form as it stands in the page: nothing is remembered elsewhere.
fn form(field: &HtmlInputElement) -> NewToken {
    NewToken { name: String::new(), scope: field.value(), scopes: values("#scopes input[name=scopes]") }
}

fn add(known: &[ScopeChoice]) {
    let Some(field) = by_id::<HtmlInputElement>("scope") else { return };
    let mut form = form(&field);
    let before = form.scopes.len();
    match form.add(known) {
        Ok(()) => {
            show_error(&field, "");
            let added = form.scopes.get(before).cloned();
            added.as_deref().map(append_chip);
            field.set_value("");
            say("scopes-status", status(added.as_deref(), "added", form.scopes.len()));
        }
        Err(error) => show_error(&field, &error.message.to_string()),
    }
    let _ = field.focus();
}

fn remove(event: Event) {
    let Some(button) = closest::<HtmlElement>(&event, "button") else { return };
    let (Some(field), Some(chip)) = (by_id::<HtmlInputElement>("scope"), closest::<Element>(&event, "li")) else {
        return;
    };
    event.prevent_default();
    let intent = button.get_attribute("value").unwrap_or_default();
    let scope = intent.strip_prefix("remove:").unwrap_or_default();
    let mut form = form(&field);
    form.remove(scope);
    chip.remove();
    say("scopes-status", status(Some(scope), "removed", form.scopes.len()));
    let _ = field.focus();
}

/// "read added. 2 scopes."
fn status(scope: Option<&str>, what: &str, count: usize) -> String {
    let plural = if count == 1 { "" } else { "s" };
    match scope {
        Some(scope) => format!("{scope} {what}. {count} scope{plural}."),
        None => format!("Already added. {count} scope{plural}."),
    }
}

fn show_error(field: &HtmlInputElement, message: &str) {
    show_problem(message);
    if let Some(place) = by_id::<HtmlElement>("scope-error") {
        place.set_text_content(Some(message));
    }
    let _ = match message {
        "" => field.remove_attribute("aria-invalid"),
        _ => field.set_attribute("aria-invalid", "true"),
    };
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

fn copy_of(template: &HtmlTemplateElement) -> Option<Element> {
    template.content().first_element_child()?.clone_node_with_deep(true).ok()?.dyn_into().ok()
}

/// Clones the server's pattern of a chip.
fn append_chip(scope: &str) -> Option<()> {
    let chip = copy_of(&by_id("scope-chip")?)?;
    first_in::<Element>(&chip, "code")?.set_text_content(Some(scope));
    first_in::<HtmlInputElement>(&chip, "input")?.set_value(scope);
    let button = first_in::<Element>(&chip, "button")?;
    let _ = button.set_attribute("value", &format!("remove:{scope}"));
    let _ = button.set_attribute("aria-label", &format!("Remove {scope}"));
    by_id::<Element>("scopes")?.append_child(&chip).ok()?;
    Some(())
}

#[cfg(test)]
mod tests {
    use super::status;

    #[test]
    fn the_status_counts_what_is_there() {
        assert_eq!(status(Some("read"), "added", 1), "read added. 1 scope.");
        assert_eq!(status(Some("read"), "removed", 0), "read removed. 0 scopes.");
        assert_eq!(status(None, "added", 2), "Already added. 2 scopes.");
    }
}
