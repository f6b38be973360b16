//! The frame of a page: user, language, theme, assets, CSRF token and CSP nonce.

use crate::i18n::Language;
use leptos::prelude::use_context;
use std::sync::Arc;

/// What a page needs besides its own contents. It holds the CSRF token of the session and the CSP
/// nonce, so it has no `Debug`.
#[derive(Clone, Default)]
pub struct Frame {
    /// The operator's name, shown in the header and in every title.
    pub operator: String,
    /// The nonce of the Content-Security-Policy of this response.
    pub nonce: String,
    /// The CSRF token: the hidden field `csrf` of every POST form.
    pub csrf: String,
    /// URLs of style sheet, scripts and icon.
    pub assets: Assets,
    /// Who is signed in.
    pub user: Option<FrameUser>,
    /// The result of the previous action, announced in the status region.
    pub status: Option<String>,
    /// The path of this page, without its query.
    pub path: String,
    /// The theme of this browser.
    pub theme: Theme,
    /// The language of the page.
    pub language: Language,
    /// The path and query to return to after a change of language.
    pub here: String,
    /// The operator's branding.
    pub brand: Brand,
    /// A question (consent): navigation is hidden.
    pub question: bool,
}

/// The operator's branding; the colours are in the style sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brand {
    /// The logo for the light theme; without it the dark one, without both the coin.
    pub logo_light: Option<Logo>,
    /// The logo for the dark theme.
    pub logo_dark: Option<Logo>,
    /// Where people get help: https, or `mailto:`.
    pub support_url: Option<String>,
    /// The privacy policy.
    pub privacy_url: Option<String>,
    /// The terms of use.
    pub terms_url: Option<String>,
}

/// A picture that this server serves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Logo {
    /// The path that it is served under.
    pub path: String,
    /// Its width at [`Logo::HEIGHT`], in CSS pixels, to avoid a layout shift.
    pub width: u32,
}

impl Logo {
    /// How high a logo is shown, in CSS pixels.
    pub const HEIGHT: u32 = 32;
}

/// URLs of the static files. Without `loader` the islands are not hydrated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assets {
    /// The style sheet.
    pub css: String,
    /// `public/loader.js`, or empty for a page without scripts.
    pub loader: String,
    /// The bundle of sign-in, consent and errors.
    pub common: Bundle,
    /// The bundle of the account area, which calls server functions.
    pub account: Bundle,
    /// The bundle of the developer area.
    pub developer: Bundle,
    /// The icon (SVG).
    pub favicon: String,
}

/// A WASM bundle.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bundle {
    /// The path of the JavaScript half.
    pub js: String,
    /// The path of the WASM.
    pub wasm: String,
}

impl Assets {
    /// Identifies the build: the names of the bundles, which contain their hashes.
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
    /// Whether the admin area is linked.
    pub administrator: bool,
}

/// The theme of the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// The theme of the system.
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
