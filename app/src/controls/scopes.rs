use crate::islands::ConsentIsland;
use crate::words::say_with;
use leptos::prelude::*;
use oauth::Scope;

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
