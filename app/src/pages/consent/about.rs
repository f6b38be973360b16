//! Where the answer of a consent goes, and facts about the application.

use crate::components::{Day, Name, Note};
use crate::frame;
use crate::i18n::{translate, translate_with_views};
use leptos::prelude::*;
use oauth::form::visible;
use oauth::redirect_uri;
use oauth::view::ConsentView;

/// The redirect destination, with warnings.
#[component]
pub(super) fn Destination(view: ConsentView) -> AnyView {
    view! {
        <p class="goes-to">{to(view.destination.clone())}</p>
        {view.public_client.then(|| view! { <Note>{translate("consent-public")}</Note> })}
        <TrustNotes view=view/>
    }
    .into_any()
}

/// The application's description of itself, and facts about it.
#[component]
pub(super) fn About(view: ConsentView) -> AnyView {
    let description = visible(&view.client_description);
    let described = view! { <bdi>{description.clone()}</bdi> }.into_any();
    view! {
        {(!description.is_empty()).then(|| view! { <p>{translate_with_views("consent-own-words", [("description", described)])}</p> })}
        <Facts view=view/>
    }
    .into_any()
}

/// The host is always shown: it is what tells an impostor from the application it imitates.
fn to(destination: redirect_uri::Destination) -> AnyView {
    match destination {
        redirect_uri::Destination::Web(site) => {
            translate_with_views("consent-to-site", [("site", view! { <code dir="ltr">{site}</code> }.into_any())])
        }
        redirect_uri::Destination::Device => translate("consent-to-device").into_any(),
    }
}

/// Warnings without alarm: most new and unreviewed applications are fine.
#[component]
fn TrustNotes(view: ConsentView) -> AnyView {
    let operator = view! { <bdi>{frame::current().operator.clone()}</bdi> }.into_any();
    let unreviewed =
        view.registered_by.is_some().then(|| translate_with_views("consent-unreviewed", [("operator", operator)]));
    let young = view.young.then(|| translate("consent-young"));
    let lines: Vec<AnyView> = young.map(IntoAny::into_any).into_iter().chain(unreviewed).collect();
    let any = !lines.is_empty();
    let lines: Vec<_> = lines.into_iter().map(|line| view! { <p class="hint">{line}</p> }).collect();
    any.then(|| view! { <div id="standing">{lines}</div> }).into_any()
}

#[component]
fn Facts(view: ConsentView) -> AnyView {
    let reviewed = view.registered_by.is_none();
    let owner = view.registered_by.unwrap_or_else(|| frame::current().operator.clone());
    view! {
        <details>
            <summary>{translate("consent-about")}</summary>
            <dl class="facts">
                <dt>{translate("consent-registered-by")}</dt>
                <dd>
                    <Name of=owner/>
                    {(!reviewed).then(|| view! { " "<span class="tag">{translate("consent-not-reviewed")}</span> })}
                </dd>
                <dt>{translate("consent-registered-on")}</dt><dd><Day at=view.registered_at/></dd>
            </dl>
        </details>
    }
    .into_any()
}
