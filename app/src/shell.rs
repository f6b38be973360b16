//! The HTML document around a page: head, skip link, header, main, footer, dialogs.

use crate::components::{Footer, Header, Note};
use crate::frame::{self, Bundle, Frame, Theme};
use crate::i18n::{translate, translate_with};
use crate::islands::{BusyForms, LocalTimes, OpenDialog};
use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use leptos::tachys::view::RenderHtml;
use std::sync::Arc;

/// How wide the main column is.
#[derive(Clone, Copy, Default)]
pub(crate) enum Width {
    /// 64 rem, for tables.
    #[default]
    Full,
    /// 42 rem, for forms.
    Medium,
    /// 27 rem, for sign-in, consent and errors.
    Narrow,
}

impl Width {
    const fn class(self) -> Option<&'static str> {
        match self {
            Self::Full => None,
            Self::Medium => Some("medium"),
            Self::Narrow => Some("narrow"),
        }
    }
}

/// A page: its title, the content of `main`, and the dialogs beside it.
pub(crate) struct Document {
    title: String,
    width: Width,
    main: AnyView,
    dialogs: Vec<AnyView>,
    modal: bool,
    calls: bool,
}

impl Document {
    /// A page of full width without dialogs.
    pub(crate) fn new(title: impl Into<String>, main: impl IntoView + 'static) -> Self {
        Self {
            title: title.into(),
            width: Width::Full,
            main: main.into_any(),
            dialogs: Vec::new(),
            modal: false,
            calls: false,
        }
    }

    /// The same page in another width.
    pub(crate) fn width(mut self, width: Width) -> Self {
        self.width = width;
        self
    }

    /// Loads a bundle whose islands call server functions.
    pub(crate) fn calling(mut self) -> Self {
        self.calls = true;
        self
    }

    /// Adds a dialog. While one is open, everything else on the page is inert.
    pub(crate) fn dialog(mut self, open: bool, dialog: impl IntoView + 'static) -> Self {
        self.modal |= open;
        self.dialogs.push(dialog.into_any());
        self
    }
}

/// The title of a refused form begins with "Error: ", so that screen readers say it first. Only
/// inside [`render`], which provides the language.
pub(crate) fn title_of(page: &str, refused: bool) -> String {
    if refused { translate_with("title-error", [("page", page.into())]) } else { page.to_owned() }
}

/// Renders a page to HTML. All data is loaded before, so rendering is synchronous: no streaming, no
/// suspense.
pub(crate) fn render(frame: &Frame, page: impl FnOnce() -> Document) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let html = owner.with(|| {
        provide_context(Arc::new(frame.clone()));
        document(page()).to_html()
    });
    owner.cleanup();
    let mut whole = String::with_capacity(html.len() + 64);
    whole.push_str("<!DOCTYPE html>");
    without_markers(&html, &mut whole);
    whole
}

/// Copies the page without Leptos's `<!>` markers outside islands: only hydration needs them, and
/// they are invalid HTML. Inside islands they become empty comments, as a browser parses them. One
/// pass, because every page goes through it.
fn without_markers(html: &str, whole: &mut String) {
    let (mut depth, mut copied, mut at) = (0_usize, 0, 0);
    while let Some(begin) = html[at..].find('<').map(|found| at + found) {
        let tag = &html[begin..];
        at = begin + 1;
        if tag.starts_with("<!>") {
            whole.push_str(&html[copied..begin]);
            whole.push_str(if depth > 0 { "<!---->" } else { "" });
            copied = begin + 3;
        } else if tag.starts_with("<leptos-island") {
            depth += 1;
        } else if tag.starts_with("</leptos-island>") {
            depth = depth.saturating_sub(1);
        }
    }
    whole.push_str(&html[copied..]);
}

fn document(page: Document) -> impl IntoView {
    let frame = frame::current();
    let theme = (frame.theme != Theme::System).then(|| frame.theme.as_str());
    let scripts = !frame.assets.loader.is_empty();
    view! {
        <html lang=frame.language.tag() dir=frame.language.direction() data-theme=theme>
            {head(&frame, &page.title, page.calls || is_inside(&frame, page.width))}
            <body>
                <a class="skip" href="#main">{translate("skip")}</a>
                <div class="page" id="page" inert=page.modal>
                    <Header/>
                    <main id="main" class=page.width.class()>
                        <div role="status" id="status">
                            {frame.status.clone().map(|text| view! { <Note kind="good">{text}</Note> })}
                        </div>
                        {page.main}
                    </main>
                    <Footer/>
                </div>
                {(scripts && page.modal).then(|| view! { <OpenDialog/> })}
                {page.dialogs}
                {scripts.then(|| view! { <BusyForms/><LocalTimes/> })}
            </body>
        </html>
    }
}

/// Whether a page belongs to the account or developer area: the pages of an area share a bundle, so
/// that navigation loads no other.
fn is_inside(frame: &Frame, width: Width) -> bool {
    frame.user.is_some() && !matches!(width, Width::Narrow)
}

fn head(frame: &Frame, title: &str, calls: bool) -> AnyView {
    let title = format!("{} – {}", oauth::form::visible(title), frame.operator);
    let assets = frame.assets.clone();
    let nonce = frame.nonce.clone();
    let (csrf, build) = (frame.csrf.clone(), assets.build());
    let Bundle { js, wasm } = match (calls, frame.path.starts_with("/developer")) {
        (false, _) => assets.common,
        (true, false) => assets.account,
        (true, true) => assets.developer,
    };
    view! {
        <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="color-scheme" content="light dark"/>
            <title>{title}</title>
            <link rel="icon" href=assets.favicon/>
            <link rel="stylesheet" href=assets.css/>
            {(!assets.loader.is_empty()).then(|| view! {
                <script type="module" nonce=nonce src=assets.loader data-js=js data-wasm=wasm></script>
            })}
            {calls.then(|| view! { <meta name="csrf" content=csrf/><meta name="build" content=build/> })}
        </head>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::without_markers;

    #[test]
    fn markers_stay_where_an_island_needs_them_and_nowhere_else() {
        let html = "a<!><p>b<!></p><!><leptos-island x>c<!><b>d</b><!></leptos-island><!>e<!---->f<!><leptos-island>g</leptos-island>";
        let mut whole = String::new();
        without_markers(html, &mut whole);
        let wanted = "a<p>b</p><leptos-island x>c<!----><b>d</b><!----></leptos-island>e<!---->f<leptos-island>g</leptos-island>";
        assert_eq!(whole, wanted);
        whole.clear();
        without_markers("no tag, < and <", &mut whole);
        assert_eq!(whole, "no tag, < and <");
    }
}
