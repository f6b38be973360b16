use super::{Glyph, Icon};
use crate::frame;
use crate::words::{say, told};
use leptos::prelude::*;
use oauth::form::FieldError;

/// A message with an icon. Kinds: `good`, `bad`, `warn`, or empty for a neutral one.
#[component]
pub(crate) fn Note(#[prop(default = "")] kind: &'static str, children: Children) -> AnyView {
    let glyph = if kind == "good" { Glyph::Check } else { Glyph::Alert };
    view! {
        <div class=format!("note {kind}")>
            <Icon glyph=glyph/>
            <div>{children()}</div>
        </div>
    }
    .into_any()
}

/// The summary of a refused form: it takes the focus, and each line leads to its field.
#[component]
pub(crate) fn Problems(errors: Vec<FieldError>) -> AnyView {
    let any = !errors.is_empty();
    let lines: Vec<_> = errors
        .into_iter()
        .map(|error| view! { <li><a href=format!("#{}", error.field)>{told(&error.message)}</a></li> })
        .collect();
    any.then(|| {
        view! {
            <div class="note bad" role="alert" tabindex="-1" autofocus id="problem">
                <Icon glyph=Glyph::Alert/>
                <div><h2>{say("problem")}</h2><ul>{lines}</ul></div>
            </div>
        }
    })
    .into_any()
}

/// What stands where a list would be: a heading, one line, and one action.
#[component]
pub(crate) fn Empty(glyph: Glyph, #[prop(into)] title: String, children: Children) -> AnyView {
    view! {
        <div class="empty">
            <Icon glyph=glyph/>
            <h2>{title}</h2>
            {children()}
        </div>
    }
    .into_any()
}

/// What stands where a list would be that could not be read: nothing has changed, and the same address may be asked again.
#[component]
pub(crate) fn NotLoaded(#[prop(into)] text: String) -> AnyView {
    let again = frame::current().here.clone();
    view! {
        <div role="alert" id="not-loaded">
            <Note kind="bad"><p>{text}</p><p><a href=again>{say("try-again")}</a></p></Note>
        </div>
    }
    .into_any()
}
