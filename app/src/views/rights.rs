//! Scopes as connected applications show them: title, raw scope, risk.

use super::connections::ConnectionLabels;
use super::{Glyph, Icon, ToView, View};
use leptos::prelude::*;
use oauth::Risk;
use oauth::answer::Right;

/// The scopes as a list.
pub(crate) fn rights(of: Vec<Right>, t: &ConnectionLabels) -> View {
    let line = |right: Right| view! { <li>{mark(right.risk)}<div>{line(right, t)}</div></li> };
    let lines: Vec<_> = of.into_iter().map(line).collect();
    view! { <ul class="rights">{lines}</ul> }.view()
}

fn line(right: Right, t: &ConnectionLabels) -> View {
    let risk = match right.risk {
        Risk::Unknown => None,
        Risk::Reads => Some(t.reads()),
        Risk::Changes => Some(t.changes()),
        Risk::Away => Some(t.away()),
    };
    let raw = view! { <code dir="ltr">{right.scope}</code> }.view();
    // A scope without a title is shown raw, never hidden.
    let (first, second) = match right.title.is_empty() {
        true => (raw, view! { <span class="sub">{t.without_sentence()}</span> }.view()),
        false => (view! { <bdi>{right.title}</bdi> }.view(), raw),
    };
    view! {
        <span class="right">
            <span>{first}</span>
            <span class="about-right">{second}{risk.map(|text| view! { " "<span class="sub">{text}</span> })}</span>
        </span>
    }
    .view()
}

/// The risk as an icon; none where the operator did not state it, since an eye would look harmless.
pub(crate) fn mark(risk: Risk) -> View {
    let glyph = match risk {
        Risk::Reads => Glyph::Eye,
        Risk::Changes => Glyph::Edit,
        Risk::Away => Glyph::Moon,
        Risk::Unknown => return view! { <span class="icon-gap"></span> }.view(),
    };
    view! { <Icon glyph=glyph/> }.view()
}
