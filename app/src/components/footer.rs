//! The page footer: operator, links, language switch.

use super::PostForm;
use crate::frame::{self, Brand, Frame};
use crate::i18n::{Language, translate};
use leptos::prelude::*;
use std::sync::Arc;

/// The footer. It repeats the user menu for browsers without popovers.
#[component]
pub(crate) fn Footer() -> AnyView {
    let frame = frame::current();
    view! {
        <footer class="bottom">
            <div class="bottom-row">
                <p>{frame.operator.clone()}</p>
                <Addresses brand=frame.brand.clone()/>
                <Languages frame=frame.clone()/>
                {frame.user.is_some().then(|| view! { <WithoutPopover/> })}
            </div>
        </footer>
    }
    .into_any()
}

/// The language switch: a GET form, which works without scripts. Each language is named in itself.
#[component]
fn Languages(frame: Arc<Frame>) -> AnyView {
    let options: Vec<_> = Language::offered()
        .map(|language| {
            let chosen = language == frame.language;
            view! { <option value=language.tag() lang=language.tag() selected=chosen>{language.name()}</option> }
        })
        .collect();
    view! {
        <form method="get" action="/language" class="languages">
            <input type="hidden" name="return_to" value=frame.here.clone()/>
            <label for="language">{translate("language")}</label>
            <select id="language" name="language" autocomplete="off">{options}</select>
            <button type="submit" class="quiet">{translate("language-change")}</button>
        </form>
    }
    .into_any()
}

/// Links to privacy policy, terms and help, as far as the operator set them.
#[component]
fn Addresses(brand: Brand) -> AnyView {
    let link = |key, url: Option<String>| url.map(|url| view! { <li><a href=url>{translate(key)}</a></li> });
    let links = [link("privacy", brand.privacy_url), link("terms", brand.terms_url), link("help", brand.support_url)];
    let any = links.iter().any(Option::is_some);
    any.then(|| view! { <ul>{links.into_iter().collect_view()}</ul> }).into_any()
}

#[component]
fn WithoutPopover() -> AnyView {
    view! {
        <ul class="without-popover">
            <li><a href="/account">{translate("account")}</a></li>
            <li><a href="/account/tokens">{translate("tokens-and-sessions")}</a></li>
            <li><a href="/developer">{translate("api-menu")}</a></li>
            <li><PostForm action="/logout"><button type="submit" class="quiet">{translate("sign-out")}</button></PostForm></li>
        </ul>
    }
    .into_any()
}
