//! The page header: logo, navigation, user menu.

use super::{Avatar, Glyph, Icon, Name, PostForm};
use crate::frame::{self, Frame, FrameUser, Logo, Theme};
use crate::i18n::{translate, translate_with_views};
use leptos::prelude::*;

/// The header: logo and operator; for a signed-in person navigation and user menu.
#[component]
pub(crate) fn Header() -> AnyView {
    let frame = frame::current();
    let home = if frame.user.is_some() { "/account" } else { "/" };
    view! {
        <header class="top">
            <div class="top-row">
                <a class="brand" href=home>{logo_or_coin(&frame)}<bdi>{frame.operator.clone()}</bdi></a>
                {frame.user.clone().map(|user| view! {
                    {(!frame.question).then(|| view! { <Sections path=frame.path.clone()/> })}
                    <UserMenu user=user/>
                })}
            </div>
        </header>
    }
    .into_any()
}

/// The operator's logo, or the coin. Decorative: the name stands beside it.
fn logo_or_coin(frame: &Frame) -> AnyView {
    let (light, dark) = (frame.brand.logo_light.as_ref(), frame.brand.logo_dark.as_ref());
    let (Some(light), Some(dark)) = (light.or(dark), dark.or(light)) else { return view! { <Coin/> }.into_any() };
    // The server knows the theme: only the visible logo is fetched.
    match frame.theme {
        Theme::Light => picture(light).into_any(),
        Theme::Dark => picture(dark).into_any(),
        Theme::System if light == dark => picture(light).into_any(),
        Theme::System => view! {
            <picture>
                <source
                    media="(prefers-color-scheme: dark)" srcset=dark.path.clone() width=dark.width height=Logo::HEIGHT
                />
                {picture(light)}
            </picture>
        }
        .into_any(),
    }
}

fn picture(logo: &Logo) -> impl IntoView + use<> {
    view! { <img class="logo" alt="" src=logo.path.clone() width=logo.width height=Logo::HEIGHT/> }
}

/// The default logo: a coin.
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
    let within = |root: &&str| path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let in_tokens = ["/account/tokens", "/account/sessions", "/account/applications"].iter().any(&within);
    // Only existing pages: a 404 page belongs to no section.
    let in_account = path == "/account" || ["/account/password", "/account/name", "/account/delete"].iter().any(within);
    let current = |is: bool| is.then_some("page");
    view! {
        <nav class="sections" aria-label=translate("nav-main")>
            <a href="/account" aria-current=current(in_account)>{translate("account")}</a>
            <a href="/account/tokens" aria-current=current(in_tokens)>{translate("tokens-and-sessions")}</a>
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
            <span class="hidden-visually">{translate_with_views("user-menu", [("user", view! { <Name of=name.clone()/> }.into_any())])}</span>
            <span aria-hidden="true"><Name of=name.clone()/></span>
            <Icon glyph=Glyph::Chevron/>
        </button>
        <div popover="auto" id="user-menu" class="user-menu">
            <p class="who">{translate_with_views("signed-in-as", [("user", view! { <Name of=name/> }.into_any())])}</p>
            <MenuLinks administrator=user.administrator/>
            <PostForm action="/logout">
                <button type="submit"><Icon glyph=Glyph::SignOut/>{translate("sign-out")}</button>
            </PostForm>
        </div>
    }
    .into_any()
}

#[component]
fn MenuLinks(administrator: bool) -> AnyView {
    view! {
        <ul>
            <li><a href="/account"><Icon glyph=Glyph::Person/>{translate("account")}</a></li>
            <li><a href="/account/tokens"><Icon glyph=Glyph::Key/>{translate("tokens-and-sessions")}</a></li>
            <li><a href="/developer"><Icon glyph=Glyph::Code/><span>{translate("api-menu")}</span></a></li>
            {administrator.then(|| view! { <li><a href="/admin"><Icon glyph=Glyph::Apps/>{translate("admin")}</a></li> })}
        </ul>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use crate::frame::{Brand, Frame, Logo, Theme};
    use crate::pages::{self, SignInPage};

    fn page(theme: Theme, brand: Brand) -> String {
        let frame = Frame { operator: "Example ID".to_owned(), theme, brand, ..Frame::default() };
        pages::sign_in(&frame, SignInPage::default())
    }

    fn logo(path: &str) -> Option<Logo> {
        Some(Logo { path: path.to_owned(), width: 96 })
    }

    #[test]
    fn the_logo_stands_where_the_coin_stood_and_the_name_beside_it() {
        let html = page(Theme::System, Brand::default());
        assert!(!html.contains("<img") && html.contains("<circle"), "{html}");
        let html = page(Theme::System, Brand { logo_light: logo("/l.svg"), ..Brand::default() });
        assert!(html.contains("<img alt=\"\" src=\"/l.svg\" width=\"96\" height=\"32\" class=\"logo\">"), "{html}");
        assert!(
            !html.contains("<circle") && !html.contains("<picture") && html.contains("<bdi>Example ID</bdi>"),
            "{html}"
        );
    }

    #[test]
    fn each_look_gets_its_own_logo_and_only_that() {
        let both = || Brand { logo_light: logo("/l.svg"), logo_dark: logo("/d.svg"), ..Brand::default() };
        let [system, light, dark] = [Theme::System, Theme::Light, Theme::Dark].map(|theme| page(theme, both()));
        assert!(
            system.contains("media=\"(prefers-color-scheme: dark)\" srcset=\"/d.svg\"")
                && system.contains("src=\"/l.svg\"")
        );
        assert!(light.contains("/l.svg") && !light.contains("/d.svg"), "{light}");
        assert!(dark.contains("/d.svg") && !dark.contains("/l.svg"), "{dark}");
    }

    #[test]
    fn the_footer_names_what_the_operator_has_and_nothing_else() {
        let none = page(Theme::System, Brand::default());
        for label in ["Privacy", "Terms", "Help"] {
            assert!(!none.contains(&format!(">{label}</a>")), "{none}");
        }
        let brand = Brand {
            support_url: Some("mailto:help@example.org".to_owned()),
            privacy_url: Some("https://example.org/privacy?a=1&b=\"".to_owned()),
            ..Brand::default()
        };
        let html = page(Theme::System, brand);
        assert!(html.contains("<a href=\"mailto:help@example.org\">Help</a>"), "{html}");
        assert!(html.contains("<a href=\"https://example.org/privacy?a=1&amp;b=&quot;\">Privacy</a>"), "{html}");
        assert!(!html.contains(">Terms</a>"), "{html}");
    }
}
