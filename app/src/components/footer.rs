use super::PostForm;
use crate::frame::{self, Frame};
use crate::words::{Language, say};
use leptos::prelude::*;
use std::sync::Arc;

/// The footer. It repeats the user menu where the browser cannot open a popover.
#[component]
pub(crate) fn Bottom() -> AnyView {
    let frame = frame::current();
    view! {
        <footer class="bottom">
            <div class="bottom-row">
                <p>{frame.operator.clone()}</p>
                <Languages frame=frame.clone()/>
                {frame.user.is_some().then(|| view! { <WithoutPopover/> })}
            </div>
        </footer>
    }
    .into_any()
}

/// A form, so that it works without scripts; each language in its own words.
#[component]
fn Languages(frame: Arc<Frame>) -> AnyView {
    let options: Vec<_> = Language::OFFERED
        .into_iter()
        .map(|language| {
            let chosen = language == frame.language;
            view! { <option value=language.tag() lang=language.tag() selected=chosen>{language.name()}</option> }
        })
        .collect();
    view! {
        <form method="get" action="/language" class="languages">
            <input type="hidden" name="return_to" value=frame.here.clone()/>
            <label for="language">{say("language")}</label>
            <select id="language" name="language" autocomplete="off">{options}</select>
            <button type="submit" class="quiet">{say("language-change")}</button>
        </form>
    }
    .into_any()
}

#[component]
fn WithoutPopover() -> AnyView {
    view! {
        <ul class="without-popover">
            <li><a href="/account">{say("account")}</a></li>
            <li><a href="/account/tokens">{say("tokens-and-sessions")}</a></li>
            <li><a href="/developer">{say("api-menu")}</a></li>
            <li><PostForm action="/logout"><button type="submit" class="quiet">{say("sign-out")}</button></PostForm></li>
        </ul>
    }
    .into_any()
}
