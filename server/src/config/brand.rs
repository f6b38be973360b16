//! The operator's own look, as it is set; the files are read at the start.

use std::path::PathBuf;

use app::Language;
use url::{Host, Url};

use super::value;
use crate::brand::Colour;

/// The longest address of a page of the operator's, in bytes.
const MOST_BYTES: usize = 2000;

/// Settings of the look.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Your own look")]
pub struct BrandSettings {
    /// PNG or SVG for light ground, shown 32 pixels high; without a second one it serves both.
    #[arg(long = "JETON_LOGO_LIGHT", value_parser = value::path)]
    pub logo_light: Option<PathBuf>,
    /// PNG or SVG for dark ground, shown 32 pixels high; without a second one it serves both.
    #[arg(long = "JETON_LOGO_DARK", value_parser = value::path)]
    pub logo_dark: Option<PathBuf>,
    /// The icon of the tab in the browser, PNG or SVG.
    #[arg(long = "JETON_FAVICON", value_parser = value::path)]
    pub favicon: Option<PathBuf>,
    /// The colour of buttons, links and the selected tab, `#rrggbb`; without it `#2a56c6`.
    #[arg(long = "JETON_ACCENT", value_parser = accent)]
    pub accent: Option<Colour>,
    /// *Help*: an https address, or `mailto:`.
    #[arg(long = "JETON_SUPPORT_URL", value_parser = contact)]
    pub support_url: Option<String>,
    /// *Privacy*: an https address.
    #[arg(long = "JETON_PRIVACY_URL", value_parser = page)]
    pub privacy_url: Option<String>,
    /// *Terms*: an https address.
    #[arg(long = "JETON_TERMS_URL", value_parser = page)]
    pub terms_url: Option<String>,
    /// `en` or `de`, for whoever has chosen no language, and whose browser asks for none of the
    /// two.
    #[arg(long = "JETON_DEFAULT_LOCALE", default_value = "en", value_parser = locale)]
    pub default_locale: Language,
    /// `system`, `light` or `dark`, for whoever has chosen none.
    #[arg(long = "JETON_THEME", default_value = "system", value_parser = theme)]
    pub theme: app::Theme,
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
