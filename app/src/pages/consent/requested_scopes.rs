//! The scopes on the consent page: new ones, optional ones, and those granted before.

use crate::components::{Name, Right, Rights};
use crate::controls::ConsentNote;
use crate::i18n::{translate, translate_with_views};
use crate::islands::OPTIONAL;
use leptos::prelude::*;
use oauth::Scope;
use oauth::view::{ConsentView, ScopeView};

/// New scopes first, then optional ones, then those granted before, collapsed. New ones are tagged
/// where there are others.
#[component]
pub(super) fn RequestedScopes(app: String, view: ConsentView) -> AnyView {
    let ConsentView { scopes, away, .. } = view;
    let all = scopes.clone();
    let again = all.iter().any(|scope| !scope.new);
    let anything_new = all.iter().any(|scope| scope.new);
    let (optional, needed): (Vec<_>, Vec<_>) = scopes.into_iter().partition(|scope| scope.optional && scope.allowed);
    let (new, known): (Vec<_>, Vec<_>) = needed.into_iter().partition(|scope| scope.new);
    let named = |key| translate_with_views(key, [("app", view! { <Name of=app.clone()/> }.into_any())]);
    let what = match all.is_empty() {
        true => view! { <p>{named("consent-asks-nothing")}</p> }.into_any(),
        false => view! { <h2>{named(heading_key(again && anything_new, away))}</h2> }.into_any(),
    };
    view! {
        <div class="stack-tight">
            {what}
            {(!new.is_empty()).then(|| view! { <Rights scopes=marked(new, again)/> })}
        </div>
        {(!optional.is_empty()).then(|| view! { <Optional all=all optional=marked(optional, again)/> })}
        // Nothing is new: the old scopes are what is asked for.
        {(!known.is_empty()).then(|| view! {
            <details open=!anything_new><summary>{translate("consent-known")}</summary><Rights scopes=known/></details>
        })}
    }
    .into_any()
}

/// The message key of the heading.
const fn heading_key(more: bool, away: bool) -> &'static str {
    match (more, away) {
        (false, false) => "consent-able",
        (false, true) => "consent-able-away",
        (true, false) => "consent-more",
        (true, true) => "consent-more-away",
    }
}

/// If all are new, none is tagged.
fn marked(scopes: Vec<ScopeView>, again: bool) -> Vec<ScopeView> {
    scopes.into_iter().map(|scope| ScopeView { new: scope.new && again, ..scope }).collect()
}

#[component]
fn Optional(all: Vec<ScopeView>, optional: Vec<ScopeView>) -> AnyView {
    let given = all.iter().filter(|scope| scope.allowed);
    let asked = Scope::of(given.map(|scope| scope.name.as_str()));
    let boxes: Vec<_> = optional.into_iter().map(checkbox).collect();
    view! {
        <ConsentNote asked=asked>
            <fieldset id=OPTIONAL>
                <legend>{translate("consent-choose")}</legend>
                {boxes}
            </fieldset>
        </ConsentNote>
    }
    .into_any()
}

fn checkbox(scope: ScopeView) -> AnyView {
    let id = format!("optional-{}", scope.name);
    view! {
        <div class="choice">
            <input type="checkbox" id=id.clone() name="optional_scope" value=scope.name.clone() checked/>
            <label for=id><Right scope=scope/></label>
        </div>
    }
    .into_any()
}
