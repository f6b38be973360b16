use super::{Avatar, Glyph, Icon, Name, PostForm};
use crate::frame::{self, FrameUser};
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
        <nav class="sections" aria-label="Main">
            <a href="/account" aria-current=current(in_account)>"Account"</a>
            <a href="/account/tokens" aria-current=current(in_tokens)>"Tokens and sessions"</a>
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
            <span class="hidden-visually">"User menu, signed in as "</span>
            <Name of=name.clone()/>
            <Icon glyph=Glyph::Chevron/>
        </button>
        <div popover="auto" id="user-menu" class="user-menu">
            <p class="who">"Signed in as "<Name of=name/></p>
            <MenuLinks administrator=user.administrator/>
            <PostForm action="/logout">
                <button type="submit" id="logout-confirm"><Icon glyph=Glyph::Leave/>"Sign out"</button>
            </PostForm>
        </div>
    }
    .into_any()
}

#[component]
fn MenuLinks(administrator: bool) -> AnyView {
    view! {
        <ul>
            <li><a href="/account"><Icon glyph=Glyph::Person/>"Account"</a></li>
            <li><a href="/account/tokens"><Icon glyph=Glyph::Key/>"Tokens and sessions"</a></li>
            <li><a href="/developer"><Icon glyph=Glyph::Code/><span>"</> API"</span></a></li>
            {administrator.then(|| view! { <li><a href="/admin"><Icon glyph=Glyph::Apps/>"Admin"</a></li> })}
        </ul>
    }
    .into_any()
}
