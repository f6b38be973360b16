use crate::i18n::translate_with;
use crate::islands::{ConsentIsland, ConsentLabels};
use leptos::prelude::*;
use oauth::Scope;

/// Says, while a scope of `children` is unticked, what Allow would still give. `asked` is everything that it gives otherwise.
#[component]
pub(crate) fn ConsentNote(asked: Scope, children: Children) -> AnyView {
    let of = |key| translate_with(key, [("given", "{given}".into()), ("refused", "{refused}".into())]);
    let asked = asked.iter().collect::<Vec<_>>().join(" ");
    let labels = ConsentLabels { asked, some: of("consent-some"), nothing: of("consent-nothing") };
    view! { <ConsentIsland words=labels>{children()}</ConsentIsland> }.into_any()
}
