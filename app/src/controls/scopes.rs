use crate::islands::{ConsentIsland, ConsentWords};
use crate::words::say_with;
use leptos::prelude::*;
use oauth::Scope;

/// Says, while a scope of `children` is unticked, what Allow would still give. `asked` is everything that it gives otherwise.
#[component]
pub(crate) fn ConsentNote(asked: Scope, children: Children) -> AnyView {
    let of = |key| say_with(key, [("given", "{given}".into()), ("refused", "{refused}".into())]);
    let asked = asked.iter().collect::<Vec<_>>().join(" ");
    let words = ConsentWords { asked, some: of("consent-some"), nothing: of("consent-nothing") };
    view! { <ConsentIsland words=words>{children()}</ConsentIsland> }.into_any()
}
