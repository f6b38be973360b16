use super::dom::{all, by_id, on, once_awake};
use leptos::prelude::*;
use leptos::web_sys::{Element, Event, HtmlInputElement};
use oauth::Scope;

/// Says, while a scope is unticked, what Allow would still give.
#[island]
pub fn ConsentNote(
    /// Everything that Allow gives with every box ticked.
    asked: Scope,
) -> impl IntoView {
    let refused = RwSignal::new(Scope::default());
    once_awake(move || {
        let Some(boxes) = by_id::<Element>("optional-scopes") else { return };
        refused.set(unticked());
        on(&boxes, "change", move |_: Event| refused.set(unticked()));
    });
    view! {
        <span role="status" class="hint" translate="no">{move || explain(&asked, &refused.get())}</span>
    }
}

fn unticked() -> Scope {
    let boxes = all::<HtmlInputElement>("#optional-scopes input");
    let names: Vec<String> = boxes.iter().filter(|input| !input.checked()).map(HtmlInputElement::value).collect();
    Scope::of(names.iter().map(String::as_str))
}

/// What an unticked scope means, in words; a space when nothing is unticked, because an empty text has no node to wake.
fn explain(asked: &Scope, refused: &Scope) -> String {
    let given = asked.minus(refused);
    match (refused.is_empty(), given.is_empty()) {
        (true, _) => " ".to_owned(),
        (false, true) => format!("Allow gives nothing: you left out {}.", spoken(refused)),
        (false, false) => format!("Allow gives {}, without {}.", spoken(&given), spoken(refused)),
    }
}

fn spoken(scope: &Scope) -> String {
    scope.iter().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::explain;
    use oauth::Scope;

    #[test]
    fn an_unticked_scope_is_explained_and_ticked_ones_are_not() {
        let asked = Scope::of(["email", "profile"]);
        assert_eq!(explain(&asked, &Scope::default()), " ");
        assert_eq!(explain(&asked, &Scope::of(["email"])), "Allow gives profile, without email.");
        assert_eq!(explain(&asked, &asked), "Allow gives nothing: you left out email, profile.");
    }
}
