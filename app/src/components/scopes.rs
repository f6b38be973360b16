use super::{Glyph, Icon};
use crate::words::say;
use leptos::prelude::*;
use oauth::view::ScopeView;

/// What an application may do: a sentence for each scope, the raw scope beside it, and its risk in words.
#[component]
pub(crate) fn Rights(scopes: Vec<ScopeView>) -> AnyView {
    let lines: Vec<_> = scopes
        .into_iter()
        .map(|scope| view! { <li><Icon glyph=Risk::of(&scope.name).glyph()/><div><Right scope=scope/></div></li> })
        .collect();
    view! { <ul class="rights">{lines}</ul> }.into_any()
}

/// One right. It stands in a label too, so it is made of inline elements alone.
#[component]
pub(crate) fn Right(scope: ScopeView) -> AnyView {
    let ScopeView { name, title, allowed, .. } = scope;
    let risk = Risk::of(&name).words().filter(|_| allowed);
    let note = if allowed { None } else { Some(say("right-refused")) };
    let raw = view! { <code dir="ltr">{name}</code> }.into_any();
    // A scope without a sentence is shown raw, never hidden.
    let (first, second) = match title.is_empty() {
        true => (raw, view! { <span class="sub">{say("right-without-sentence")}</span> }.into_any()),
        false => (view! { <bdi>{title}</bdi> }.into_any(), raw),
    };
    let first = if allowed { view! { <span>{first}</span> }.into_any() } else { view! { <s>{first}</s> }.into_any() };
    view! {
        <span class="right">{first}{second}</span>
        {risk.map(|words| view! { <span class="sub">{words}</span> })}
        {note.map(|words| view! { <span class="sub refused">{words}</span> })}
    }
    .into_any()
}

/// What a right can do at its worst, as an icon and as words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Risk {
    Reads,
    Changes,
    Away,
}

impl Risk {
    /// Judged by the name: a scope has no risk of its own in the database. What only looks harmless is called harmless here,
    /// so the operator's sentence must say it.
    fn of(scope: &str) -> Self {
        const CHANGING: [&str; 7] = ["write", "admin", "manage", "delete", "edit", "create", "update"];
        let name = scope.to_ascii_lowercase();
        match CHANGING.iter().any(|word| name.contains(word)) {
            _ if name == "offline_access" => Self::Away,
            true => Self::Changes,
            false => Self::Reads,
        }
    }

    const fn glyph(self) -> Glyph {
        match self {
            Self::Reads => Glyph::Eye,
            Self::Changes => Glyph::Edit,
            Self::Away => Glyph::Moon,
        }
    }

    fn words(self) -> Option<String> {
        match self {
            Self::Reads => None,
            Self::Changes => Some(say("right-changes")),
            Self::Away => Some(say("right-away")),
        }
    }
}
