//! What an application may do: a sentence for each scope, the raw scope beside it, and its risk in words.

use super::connections::ConnectionWords;
use super::{Glyph, Icon, ToView, View};
use leptos::prelude::*;
use oauth::Risk;
use oauth::answer::Right;

/// The rights, one below the other.
pub(crate) fn rights(of: Vec<Right>, say: &ConnectionWords) -> View {
    let line = |right: Right| view! { <li>{mark(right.risk)}<div>{line(right, say)}</div></li> };
    let lines: Vec<_> = of.into_iter().map(line).collect();
    view! { <ul class="rights">{lines}</ul> }.view()
}

fn line(right: Right, say: &ConnectionWords) -> View {
    let risk = match right.risk {
        Risk::Unknown => None,
        Risk::Reads => Some(say.reads()),
        Risk::Changes => Some(say.changes()),
        Risk::Away => Some(say.away()),
    };
    let raw = view! { <code dir="ltr">{right.scope}</code> }.view();
    // A scope without a sentence is shown raw, never hidden.
    let (first, second) = match right.title.is_empty() {
        true => (raw, view! { <span class="sub">{say.without_sentence()}</span> }.view()),
        false => (view! { <bdi>{right.title}</bdi> }.view(), raw),
    };
    view! {
        <span class="right">
            <span>{first}</span>
            <span class="about-right">{second}{risk.map(|words| view! { " "<span class="sub">{words}</span> })}</span>
        </span>
    }
    .view()
}

/// What a right can do at its worst, as an icon. Where nobody has said, none: an eye would call it harmless.
pub(crate) fn mark(risk: Risk) -> View {
    let glyph = match risk {
        Risk::Reads => Glyph::Eye,
        Risk::Changes => Glyph::Edit,
        Risk::Away => Glyph::Moon,
        Risk::Unknown => return view! { <span class="icon-gap"></span> }.view(),
    };
    view! { <Icon glyph=glyph/> }.view()
}
