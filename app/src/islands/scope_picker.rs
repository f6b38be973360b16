use super::dom::{all, attribute, by_id, closest, first_in, on, once_awake, say, values};
use super::scope_view::{append_chip, show_error};
use super::texts::{counted, fill, text, told};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent};
use oauth::form::NewToken;
use oauth::view::ScopeChoice;

/// The button Add of the dialog "New permanent token". It applies the server's rules, compiled into the page; without
/// it the button posts the form and the server adds the scope.
#[island]
pub fn ScopeIsland() -> impl IntoView {
    once_awake(|place| wire(&place));
}

fn wire(place: &Element) -> Option<()> {
    let button: Element = first_in(place, "button[value=add]")?;
    let field: HtmlInputElement = by_id("scope")?;
    let list: Element = by_id("scopes")?;
    let texts = button.clone();
    on(&list, "click", move |event| remove(&event, &texts));
    let texts = button.clone();
    on(&field, "keydown", move |event| {
        let entered = event.dyn_ref::<KeyboardEvent>().is_some_and(|key| key.key() == "Enter" && !key.is_composing());
        entered.then(|| add(&event, &texts))
    });
    on(&button.clone(), "click", move |event| add(&event, &button));
    Some(())
}

/// The form as it stands in the page: nothing is remembered elsewhere.
fn form(field: &HtmlInputElement) -> NewToken {
    NewToken { name: String::new(), scope: field.value(), scopes: values("#scopes input[name=scopes]") }
}

/// Every scope that exists, and whether this person may use it.
fn known(texts: &Element) -> Vec<ScopeChoice> {
    let choice = |name: &str, allowed| ScopeChoice { name: name.to_owned(), title: String::new(), allowed };
    let offered = all::<Element>("#scope-choices option");
    let offered = offered.iter().map(|option| choice(&attribute(option, "value"), true));
    let refused = text(texts, "refused");
    offered.chain(refused.split(' ').filter(|name| !name.is_empty()).map(|name| choice(name, false))).collect()
}

fn add(event: &Event, texts: &Element) -> Option<()> {
    let field: HtmlInputElement = by_id("scope")?;
    event.prevent_default();
    let mut form = form(&field);
    let before = form.scopes.len();
    match form.add(&known(texts)) {
        Ok(()) => {
            show_error(&field, "");
            field.set_value("");
            let added = form.scopes.get(before);
            if let Some(scope) = added {
                append_chip(scope);
            }
            let key = if added.is_some() { "added" } else { "present" };
            tell(texts, key, added.map_or("", String::as_str), form.scopes.len());
        }
        Err(error) => show_error(&field, &told(texts, &error.message)),
    }
    field.focus().ok()
}

fn remove(event: &Event, texts: &Element) -> Option<()> {
    let button = closest::<HtmlElement>(event, "button")?;
    let (field, chip) = (by_id::<HtmlInputElement>("scope")?, closest::<Element>(event, "li")?);
    event.prevent_default();
    let intent = attribute(&button, "value");
    let scope = intent.strip_prefix("remove:").unwrap_or_default();
    let mut form = form(&field);
    form.remove(scope);
    chip.remove();
    tell(texts, "removed", scope, form.scopes.len());
    field.focus().ok()
}

/// "read added. 2 scopes."
fn tell(texts: &Element, key: &str, scope: &str, count: usize) {
    let args = [("scope", scope), ("count", &count.to_string())];
    say(by_id("scopes-status"), fill(&counted(texts, key, count), &args));
}
