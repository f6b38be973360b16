use super::dom::{all, by_id, first_in, on, once_awake};
use super::texts::{fill, text};
use leptos::prelude::*;
use leptos::web_sys::{Element, HtmlInputElement};

/// Says, while a scope is unticked, what Allow would still give.
#[island]
pub fn ConsentIsland() -> impl IntoView {
    once_awake(|place| {
        let note = first_in::<Element>(&place, "[data-asked]");
        let (Some(note), Some(boxes)) = (note, by_id::<Element>("optional-scopes")) else { return };
        tell(&note);
        on(&boxes, "change", move |_| tell(&note));
    });
}

/// Also at once: a browser that comes back to a page keeps what was unticked.
fn tell(note: &Element) {
    let boxes = all::<HtmlInputElement>("#optional-scopes input");
    let refused: Vec<String> = boxes.iter().filter(|input| !input.checked()).map(HtmlInputElement::value).collect();
    let asked = text(note, "asked");
    let given: Vec<&str> = asked.split(' ').filter(|scope| !refused.iter().any(|other| other == scope)).collect();
    let args = [("given", given.join(", ")), ("refused", refused.join(", "))];
    let args = args.each_ref().map(|(name, value)| (*name, value.as_str()));
    note.set_text_content(Some(&match wording(&given, &refused) {
        "" => String::new(),
        key => fill(&text(note, key), &args),
    }));
}

/// Which text says it; none while nothing is unticked.
const fn wording(given: &[&str], refused: &[String]) -> &'static str {
    match (given.is_empty(), refused.is_empty()) {
        (_, true) => "",
        (true, false) => "nothing",
        (false, false) => "some",
    }
}

#[cfg(test)]
mod tests {
    use super::wording;

    #[test]
    fn an_unticked_scope_is_explained_and_ticked_ones_are_not() {
        let refused = ["email".to_owned()];
        assert_eq!(
            [wording(&["email"], &[]), wording(&["profile"], &refused), wording(&[], &refused)],
            ["", "some", "nothing"]
        );
    }
}
