use crate::components::{Name, Right, Rights};
use crate::controls::ConsentNote;
use crate::words::{say, sentence};
use leptos::prelude::*;
use oauth::Scope;
use oauth::view::ScopeView;

/// What is asked for: the new part first, then what may be left out, then what was allowed before, folded.
#[component]
pub(super) fn Asked(app: String, scopes: Vec<ScopeView>) -> AnyView {
    let all = scopes.clone();
    let (optional, needed): (Vec<_>, Vec<_>) = scopes.into_iter().partition(|scope| scope.optional && scope.allowed);
    let (new, known): (Vec<_>, Vec<_>) = needed.into_iter().partition(|scope| scope.new);
    let again = all.iter().any(|scope| !scope.new);
    let anything_new = all.iter().any(|scope| scope.new);
    let named = |key| sentence(key, [("app", view! { <Name of=app.clone()/> }.into_any())]);
    let heading = if again { say("consent-new").into_any() } else { named("consent-able") };
    let nothing = all.is_empty().then(|| view! { <p>{named("consent-asks-nothing")}</p> });
    view! {
        {(!new.is_empty()).then(|| view! { <div class="stack-tight"><h2>{heading}</h2><Rights scopes=new/></div> })}
        {nothing}
        {(!optional.is_empty()).then(|| view! { <Optional all=all optional=optional/> })}
        // Where nothing is new, what was allowed before is what is asked.
        {(!known.is_empty()).then(|| view! {
            <details open=!anything_new><summary>{say("consent-known")}</summary><Rights scopes=known/></details>
        })}
    }
    .into_any()
}

#[component]
fn Optional(all: Vec<ScopeView>, optional: Vec<ScopeView>) -> AnyView {
    let given = all.iter().filter(|scope| scope.allowed);
    let asked = Scope::of(given.map(|scope| scope.name.as_str()));
    let boxes: Vec<_> = optional.into_iter().map(checkbox).collect();
    view! {
        <fieldset id="optional-scopes">
            <legend>{say("consent-choose")}</legend>
            {boxes}
        </fieldset>
        <ConsentNote asked=asked/>
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
