//! What every page needs to know besides its own contents.

use crate::i18n::Language;
use leptos::prelude::use_context;
use std::sync::Arc;

/// The surroundings of a page. It holds the session's CSRF token and the response's nonce, so it has no `Debug`.
#[derive(Clone, Default)]
pub struct Frame {
    /// The operator's name, shown in the header and in every title.
    pub operator: String,
    /// The nonce of this response's Content-Security-Policy.
    pub nonce: String,
    /// The value of the hidden field `csrf` in every POST form.
    pub csrf: String,
    /// Where style sheet, scripts and icon are served.
    pub assets: Assets,
    /// Who is signed in.
    pub user: Option<FrameUser>,
    /// The result of the previous action, announced in the status region.
    pub status: Option<String>,
    /// The path of this page, without its query.
    pub path: String,
    /// The colours that the person chose.
    pub theme: Theme,
    /// The language of the page.
    pub language: Language,
    /// The path and query that a change of the language comes back to.
    pub here: String,
    /// What the operator adds of their own.
    pub brand: Brand,
    /// The page asks for an answer: no links to other sections stand beside it.
    pub question: bool,
}

/// The operator's own look and addresses; the colours are in the style sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brand {
    /// The logo on light ground; without one the dark one serves there too, and without both the coin.
    pub logo_light: Option<Logo>,
    /// The logo on dark ground.
    pub logo_dark: Option<Logo>,
    /// Where people get help: https, or `mailto:`.
    pub support_url: Option<String>,
    /// What happens to people's data.
    pub privacy_url: Option<String>,
    /// The terms of use.
    pub terms_url: Option<String>,
}

/// A picture that we serve ourselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Logo {
    /// The path that it is served under.
    pub path: String,
    /// Its width where it is [`Logo::HEIGHT`] high, in CSS pixels: the page holds its place until it is there.
    pub width: u32,
}

impl Logo {
    /// How high a logo is shown, in CSS pixels.
    pub const HEIGHT: u32 = 32;
}

/// Paths of the static files. An empty `loader` leaves the islands asleep.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assets {
    /// The style sheet.
    pub css: String,
    /// `public/loader.js`, or empty for a page without scripts.
    pub loader: String,
    /// The islands of sign-in, consent and errors.
    pub common: Bundle,
    /// The islands of the account area, which call the server.
    pub account: Bundle,
    /// Those of the developer area.
    pub developer: Bundle,
    /// The icon (SVG).
    pub favicon: String,
}

/// Islands as a browser loads them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bundle {
    /// The path of the JavaScript half.
    pub js: String,
    /// The path of the WASM.
    pub wasm: String,
}

impl Assets {
    /// What tells this build's pages from those of another: the names of the bundles, which hold a hash of each.
    #[must_use]
    pub fn build(&self) -> String {
        [self.account.wasm.as_str(), &self.developer.wasm].join(" ")
    }
}

/// The signed-in person, as the header shows them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrameUser {
    /// The user name.
    pub username: String,
    /// Whether the administration is offered.
    pub administrator: bool,
}

/// The colours of the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// The value of the form field and of the cookie.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Reads what [`Theme::as_str`] writes; anything else is the system's.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }
}

/// The frame of the page that is being rendered.
pub(crate) fn current() -> Arc<Frame> {
    use_context().unwrap_or_default()
}
