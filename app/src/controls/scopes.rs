use crate::islands::{ConsentIsland, ScopeIsland};
use crate::words::{say, say_with};
use leptos::prelude::*;
use oauth::Scope;
use oauth::view::ScopeChoice;

/// The plural forms of CLDR.
const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The button Add. What may be added stands in the list `scope-choices`; here stands what exists and may not.
#[component]
pub(crate) fn ScopePicker(known: Vec<ScopeChoice>) -> AnyView {
    let refused: Vec<String> = known.into_iter().filter(|choice| !choice.allowed).map(|choice| choice.name).collect();
    let of = |key| say_with(key, [("scope", "{scope}".into())]);
    view! {
        <button
            type="submit" name="intent" value="add" class="button" data-refused=refused.join(" ")
            data-added=forms("scope-added") data-removed=forms("scope-removed") data-present=forms("scope-present")
            data-scope-missing=say("scope-missing") data-scope-unknown=of("scope-unknown")
            data-scope-not-allowed=of("scope-not-allowed")
        >{say("scope-add")}</button>
        <ScopeIsland/>
    }
    .into_any()
}

/// A sentence in each of its plural forms, a line each; those that are like `other` are left out.
fn forms(key: &'static str) -> String {
    let gap = |name: &str| format!("{{{name}}}").into();
    let form = |form: &str| say_with(key, [("form", form.into()), ("scope", gap("scope")), ("count", gap("count"))]);
    let other = form("other");
    let lines = FORMS.iter().map(|name| (name, form(name)));
    let lines = lines.filter(|(name, text)| **name == "other" || *text != other);
    lines.map(|(name, text)| format!("{name}: {text}")).collect::<Vec<_>>().join("\n")
}

/// Says, while a scope is unticked, what Allow would still give. `asked` is everything that it gives otherwise.
#[component]
pub(crate) fn ConsentNote(asked: Scope) -> AnyView {
    let asked = asked.iter().collect::<Vec<_>>().join(" ");
    let of = |key| say_with(key, [("given", "{given}".into()), ("refused", "{refused}".into())]);
    view! {
        <div>
            <span
                role="status" class="hint" data-asked=asked
                data-some=of("consent-some") data-nothing=of("consent-nothing")
            ></span>
            <ConsentIsland/>
        </div>
    }
    .into_any()
}
