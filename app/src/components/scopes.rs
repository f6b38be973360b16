//! Scopes as people read them: title, raw name, risk.

use crate::frame;
use crate::i18n::{scope_title, translate};
use crate::views::rights::mark;
use leptos::prelude::*;
use oauth::Risk;
use oauth::view::ScopeView;

/// Scopes as a list: title, raw scope, and risk in words.
#[component]
pub(crate) fn Rights(scopes: Vec<ScopeView>) -> AnyView {
    let lines: Vec<_> =
        scopes.into_iter().map(|scope| view! { <li>{mark(scope.risk)}<div><Right scope=scope/></div></li> }).collect();
    view! { <ul class="rights">{lines}</ul> }.into_any()
}

/// One scope. It is used inside `<label>`, so it consists of inline elements only.
#[component]
pub(crate) fn Right(scope: ScopeView) -> AnyView {
    let title = title(&scope);
    let ScopeView { name, risk, allowed, new, .. } = scope;
    let risk = risk_text(risk).filter(|_| allowed);
    let note = if allowed { None } else { Some(translate("right-refused")) };
    let raw = view! { <code dir="ltr">{name}</code> }.into_any();
    // A scope without a title is shown raw, never hidden.
    let (first, second) = match title.is_empty() {
        true => (raw, view! { <span class="sub">{translate("right-without-sentence")}</span> }.into_any()),
        false => (view! { <bdi>{title}</bdi> }.into_any(), raw),
    };
    let first = if allowed { view! { <span>{first}</span> }.into_any() } else { view! { <s>{first}</s> }.into_any() };
    view! {
        <span class="right">
            {first}
            {new.then(|| view! { " "<span class="tag">{translate("right-new")}</span> })}
            <span class="about-right">
                {second}
                {risk.map(|text| view! { " "<span class="sub">{text}</span> })}
            </span>
        </span>
        {note.map(|text| view! { <span class="sub refused">{text}</span> })}
    }
    .into_any()
}

/// The operator's title in the language of the page, or the default one.
fn title(scope: &ScopeView) -> String {
    let language = frame::current().language;
    let own = scope.titles.get(language.tag()).cloned();
    own.unwrap_or_else(|| scope_title(language, &scope.name, &scope.title))
}

/// The risk in words, for people who do not see the icon.
fn risk_text(risk: Risk) -> Option<String> {
    match risk {
        Risk::Unknown => None,
        Risk::Reads => Some(translate("right-reads")),
        Risk::Changes => Some(translate("right-changes")),
        Risk::Away => Some(translate("right-away")),
    }
}
