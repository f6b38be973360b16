//! Notes, error summaries, and failures of server functions.

use super::{Day, ErasedChildren, Glyph, Icon, Name, ToView, View, When};
use crate::api::{ApiError, ErrorLink};
use leptos::prelude::*;
use oauth::answer::{FieldMessage, Piece};

/// A message with an icon. Kinds: `good`, `bad`, `warn`, or empty for a neutral one.
#[component]
pub(crate) fn Note(#[prop(default = "")] kind: &'static str, children: ErasedChildren) -> View {
    let glyph = if kind == "good" { Glyph::Check } else { Glyph::Alert };
    view! {
        <div class=format!("note {kind}")>
            <Icon glyph=glyph/>
            <div>{children.render()}</div>
        </div>
    }
    .view()
}

/// The error summary of a refused form: it gets the focus and links to each field.
#[component]
pub(crate) fn ProblemSummary(#[prop(into)] title: String, problems: Vec<FieldMessage>) -> View {
    let any = !problems.is_empty();
    let line = |problem: FieldMessage| view! { <li><a href=format!("#{}", problem.field)>{problem.text}</a></li> };
    let lines: Vec<_> = problems.into_iter().map(line).collect();
    any.then(|| {
        view! {
            <div class="note bad" role="alert" tabindex="-1" autofocus id="problem">
                <Icon glyph=Glyph::Alert/>
                <div><h2>{title}</h2><ul>{lines}</ul></div>
            </div>
        }
    })
    .view()
}

/// The empty state of a list: a heading, one line, one action.
#[cfg(any(feature = "ssr", feature = "account"))]
#[component]
pub(crate) fn EmptyState(glyph: Glyph, #[prop(into)] title: String, children: ErasedChildren) -> View {
    view! {
        <div class="empty">
            <Icon glyph=glyph/>
            <h2>{title}</h2>
            {children.render()}
        </div>
    }
    .view()
}

/// A translated message with names, code and times in it.
#[component]
pub(crate) fn Pieces(of: Vec<Piece>) -> View {
    let piece = |piece: Piece| match piece {
        Piece::Text(text) => text.view(),
        Piece::Name(name) => view! { <Name of=name/> }.view(),
        Piece::Code(code) => view! { <code dir="ltr">{code}</code> }.view(),
        Piece::Mark(text) => view! { <mark>{text}</mark> }.view(),
        Piece::Day(at) => view! { <Day at=at/> }.view(),
        Piece::Moment(at) => view! { <When at=at/> }.view(),
    };
    of.into_iter().map(piece).collect::<Vec<_>>().view()
}

/// The failure of the last call, provided as context to dialogs.
#[derive(Clone, Copy)]
pub(crate) struct Failure(pub(crate) RwSignal<Option<ApiError>>);

/// The failure inside an open dialog.
#[component]
pub(crate) fn FailureNote() -> View {
    let Some(Failure(failure)) = use_context() else { return ().view() };
    (move || failure.get().map(refused)).view()
}

/// A failure with links to the next steps.
pub(crate) fn refused(error: ApiError) -> View {
    let link = |link: ErrorLink| view! { <a href=link.to>{link.label}</a> };
    let links: Vec<_> = error.links.into_iter().map(link).collect();
    view! { <div role="alert" class="told"><Note kind="bad"><p>{error.message}</p><p class="ways">{links}</p></Note></div> }
        .view()
}
