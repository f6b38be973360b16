//! The operator's own look, as it is set; the files are read at the start.

use std::path::PathBuf;

use app::Language;
use url::{Host, Url};

use super::ConfigError;
use super::raw::Raw;
use super::value;
use crate::brand::Colour;

/// The longest address of a page of the operator's, in bytes.
const MOST_BYTES: usize = 2000;

/// Settings of the look.
#[derive(Clone, Debug, Default)]
pub struct BrandSettings {
    /// `JETON_LOGO_LIGHT`: PNG or SVG for light ground.
    pub logo_light: Option<PathBuf>,
    /// `JETON_LOGO_DARK`: PNG or SVG for dark ground.
    pub logo_dark: Option<PathBuf>,
    /// `JETON_FAVICON`: PNG or SVG.
    pub favicon: Option<PathBuf>,
    /// `JETON_ACCENT`.
    pub accent: Option<Colour>,
    /// `JETON_SUPPORT_URL`: https, http on loopback, or `mailto:`.
    pub support_url: Option<String>,
    /// `JETON_PRIVACY_URL`.
    pub privacy_url: Option<String>,
    /// `JETON_TERMS_URL`.
    pub terms_url: Option<String>,
    /// `JETON_DEFAULT_LOCALE`: for whoever has chosen none, and whose browser names none that the pages speak.
    pub default_locale: Language,
    /// `JETON_THEME`: for whoever has chosen none.
    pub theme: app::Theme,
}

impl BrandSettings {
    pub(super) fn read(raw: &Raw) -> Result<Self, ConfigError> {
        Ok(Self {
            logo_light: raw.optional("JETON_LOGO_LIGHT", value::path)?,
            logo_dark: raw.optional("JETON_LOGO_DARK", value::path)?,
            favicon: raw.optional("JETON_FAVICON", value::path)?,
            accent: raw.optional("JETON_ACCENT", accent)?,
            support_url: raw.optional("JETON_SUPPORT_URL", contact)?,
            privacy_url: raw.optional("JETON_PRIVACY_URL", page)?,
            terms_url: raw.optional("JETON_TERMS_URL", page)?,
            default_locale: raw.read("JETON_DEFAULT_LOCALE", "en", locale)?,
            theme: raw.read("JETON_THEME", "system", theme)?,
        })
    }
}

fn accent(text: &str) -> Result<Colour, String> {
    Colour::parse(text).ok_or_else(|| format!("{text:?} is not a colour. Write it as #2a56c6"))
}

fn locale(text: &str) -> Result<Language, String> {
    let found = Language::offered().find(|language| language.tag() == text);
    let tags = Language::offered().map(Language::tag).collect::<Vec<_>>().join(" or ");
    found.ok_or_else(|| format!("{text:?} is not a language of the pages. Write {tags}"))
}

fn theme(text: &str) -> Result<app::Theme, String> {
    let found = app::Theme::parse(text);
    if found.as_str() == text { Ok(found) } else { Err(format!("{text:?} is not a look. Write system, light or dark")) }
}

/// The address of a page.
fn page(text: &str) -> Result<String, String> {
    let example = "Write it as https://example.org/page";
    let url = Url::parse(text).ok().filter(|_| text.len() <= MOST_BYTES);
    let url = url.ok_or_else(|| format!("{text:?} is not an address of at most {MOST_BYTES} bytes. {example}"))?;
    let loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    if !(url.scheme() == "https" || url.scheme() == "http" && loopback) {
        return Err(format!("{text:?} is not an https address. {example}"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(format!("it holds a name or a password, which everybody would see. {example}"));
    }
    Ok(url.to_string())
}

/// The address of a page, or of a mailbox.
fn contact(text: &str) -> Result<String, String> {
    let Some(mailbox) = text.strip_prefix("mailto:") else {
        return page(text).map_err(|fault| format!("{fault} or mailto:help@example.org"));
    };
    let address = mailbox.split('?').next().unwrap_or_default();
    let sides = address.split_once('@').is_some_and(|(left, right)| !left.is_empty() && !right.is_empty());
    let plain = text.len() <= MOST_BYTES && text.bytes().all(|byte| byte.is_ascii_graphic());
    if sides && plain { Ok(text.to_owned()) } else { Err("write it as mailto:help@example.org".to_owned()) }
}
