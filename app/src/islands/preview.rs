use super::dom::{by_id, first_in, on, once_awake};
use super::texts::{fill, text};
use leptos::prelude::*;
use leptos::web_sys::{Element, HtmlInputElement};
use oauth::form::visible;

/// Shows, while an application's name is typed, the question that people will be asked.
#[island]
pub fn PreviewIsland() -> impl IntoView {
    once_awake(|place| {
        let preview = first_in::<Element>(&place, "[data-heading]");
        let (Some(preview), Some(field)) = (preview, by_id::<HtmlInputElement>("name")) else { return };
        let typed = field.clone();
        let show = move || show(&preview, &typed.value());
        show();
        on(&field, "input", move |_| show());
    });
}

fn show(preview: &Element, typed: &str) {
    let name = visible(typed);
    let name = name.trim();
    // Isolated, as `bdi` does it: a name cannot turn the sentence around it.
    let isolated = ["\u{2068}", name, "\u{2069}"].concat();
    preview.set_text_content(Some(&fill(&text(preview, "heading"), &[("name", &isolated)])));
    let _ = preview.toggle_attribute_with_force("hidden", name.is_empty());
}
