use super::PostForm;
use crate::frame;
use leptos::prelude::*;

/// The footer. It repeats the user menu where the browser cannot open a popover.
#[component]
pub(crate) fn Bottom() -> AnyView {
    let frame = frame::current();
    view! {
        <footer class="bottom">
            <div class="bottom-row">
                <p>{frame.operator.clone()}</p>
                {frame.user.is_some().then(|| view! { <WithoutPopover/> })}
            </div>
        </footer>
    }
    .into_any()
}

#[component]
fn WithoutPopover() -> AnyView {
    view! {
        <ul class="without-popover">
            <li><a href="/account">"Account"</a></li>
            <li><a href="/account/tokens">"Tokens and sessions"</a></li>
            <li><a href="/developer">"</> API"</a></li>
            <li><PostForm action="/logout"><button type="submit" class="quiet">"Sign out"</button></PostForm></li>
        </ul>
    }
    .into_any()
}
