use super::{Avatar, Glyph, Icon, Name, PostForm};
use crate::frame::{self, FrameUser};
use crate::words::{say, sentence};
use leptos::prelude::*;

/// The header: the operator, and for those who are signed in the sections and the user menu.
#[component]
pub(crate) fn Top() -> AnyView {
    let frame = frame::current();
    let home = if frame.user.is_some() { "/account" } else { "/" };
    view! {
        <header class="top">
            <div class="top-row">
                <a class="brand" href=home><Coin/>{frame.operator.clone()}</a>
                {frame.user.clone().map(|user| view! { <Sections path=frame.path.clone()/><UserMenu user=user/> })}
            </div>
        </header>
    }
    .into_any()
}

/// The mark of the house: a coin.
#[component]
fn Coin() -> AnyView {
    view! {
        <svg viewBox="0 0 32 32" aria-hidden="true" fill="none" stroke="currentColor">
            <circle cx="16" cy="16" r="13.5" stroke-width="2.5"></circle>
            <path d="M18 9.5v9.5a3.5 3.5 0 0 1-6.7 1.4" stroke-width="3" stroke-linecap="round"></path>
        </svg>
    }
    .into_any()
}

#[component]
fn Sections(path: String) -> AnyView {
    let tokens = ["/account/tokens", "/account/sessions", "/account/applications"];
    let in_tokens = tokens.iter().any(|prefix| path.starts_with(prefix));
    let in_account = path.starts_with("/account") && !in_tokens;
    let current = |is: bool| is.then_some("page");
    view! {
        <nav class="sections" aria-label=say("nav-main")>
            <a href="/account" aria-current=current(in_account)>{say("account")}</a>
            <a href="/account/tokens" aria-current=current(in_tokens)>{say("tokens-and-sessions")}</a>
        </nav>
    }
    .into_any()
}

/// A disclosure of plain links, not `role=menu`: Tab works, and it needs no script.
#[component]
fn UserMenu(user: FrameUser) -> AnyView {
    let name = user.username;
    view! {
        <button type="button" class="user-button" popovertarget="user-menu">
            <Avatar of=name.clone()/>
            {sentence("user-menu", [("user", view! { <Name of=name.clone()/> }.into_any())])}
            <Icon glyph=Glyph::Chevron/>
        </button>
        <div popover="auto" id="user-menu" class="user-menu">
            <p class="who">{sentence("signed-in-as", [("user", view! { <Name of=name/> }.into_any())])}</p>
            <MenuLinks administrator=user.administrator/>
            <PostForm action="/logout">
                <button type="submit" id="logout-confirm"><Icon glyph=Glyph::Leave/>{say("sign-out")}</button>
            </PostForm>
        </div>
    }
    .into_any()
}

#[component]
fn MenuLinks(administrator: bool) -> AnyView {
    view! {
        <ul>
            <li><a href="/account"><Icon glyph=Glyph::Person/>{say("account")}</a></li>
            <li><a href="/account/tokens"><Icon glyph=Glyph::Key/>{say("tokens-and-sessions")}</a></li>
            <li><a href="/developer"><Icon glyph=Glyph::Code/><span>{say("api-menu")}</span></a></li>
            {administrator.then(|| view! { <li><a href="/admin"><Icon glyph=Glyph::Apps/>{say("admin")}</a></li> })}
        </ul>
    }
    .into_any()
}
