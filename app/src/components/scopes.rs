use super::{Glyph, Icon};
use leptos::prelude::*;
use oauth::view::ScopeView;

const SHOWN: usize = 3;

/// Raw scopes as chips: three of them, and the rest behind "+2 more".
#[component]
pub(crate) fn ScopeList(scopes: Vec<String>) -> AnyView {
    let chip = |scope: String| view! { <li class="chip"><code dir="ltr">{scope}</code></li> };
    let mut scopes = scopes.into_iter();
    let first: Vec<_> = scopes.by_ref().take(SHOWN).map(chip).collect();
    let rest: Vec<_> = scopes.map(chip).collect();
    let more = format!("+{} more", rest.len());
    view! {
        <ul class="chips">{first}</ul>
        {(!rest.is_empty()).then(|| view! { <details><summary>{more}</summary><ul class="chips">{rest}</ul></details> })}
    }
    .into_any()
}

/// Rights as sentences, each with its raw scope beside it.
#[component]
pub(crate) fn Rights(scopes: Vec<ScopeView>) -> AnyView {
    let lines: Vec<_> = scopes.into_iter().map(right).collect();
    view! { <ul class="rights">{lines}</ul> }.into_any()
}

fn right(scope: ScopeView) -> AnyView {
    let sentence = sentence_of(&scope);
    let glyph = glyph_of(&scope.name);
    let refused = !scope.allowed;
    view! {
        <li>
            <Icon glyph=glyph/>
            <div>
                <div class="right">
                    {if refused { view! { <s>{sentence}</s> }.into_any() } else { view! { <span>{sentence}</span> }.into_any() }}
                    <code dir="ltr">{scope.name.clone()}</code>
                </div>
                {refused.then(|| view! { <span class="sub">"Your account may not give this right."</span> })}
                {(scope.name == "offline_access" && !refused).then(|| view! { <span class="sub">"Works when you are away"</span> })}
            </div>
        </li>
    }
    .into_any()
}

/// The sentence of a scope; one that has none is shown raw, never hidden.
pub(crate) fn sentence_of(scope: &ScopeView) -> String {
    if scope.title.is_empty() { format!("{} (no description was given)", scope.name) } else { scope.title.clone() }
}

fn glyph_of(scope: &str) -> Glyph {
    match scope {
        "offline_access" => Glyph::Moon,
        name if name.contains("write") || name.contains("admin") => Glyph::Edit,
        _ => Glyph::Eye,
    }
}
