//! Server half of the note about unticked scopes on the consent page.

use crate::i18n::translate_with;
use crate::islands::{ConsentIsland, ConsentLabels};
use leptos::prelude::*;
use oauth::Scope;

/// Around optional scopes: says what Allow still grants while some are unticked. `asked`:
/// everything it grants otherwise.
#[component]
pub(crate) fn ConsentNote(asked: Scope, children: Children) -> AnyView {
    let of = |key| translate_with(key, [("given", "{given}".into()), ("refused", "{refused}".into())]);
    let asked = asked.iter().collect::<Vec<_>>().join(" ");
    let labels = ConsentLabels { asked, some: of("consent-some"), nothing: of("consent-nothing") };
    view! { <ConsentIsland words=labels>{children()}</ConsentIsland> }.into_any()
}
