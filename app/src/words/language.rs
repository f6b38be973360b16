//! The languages, and which of them a person reads.

use super::bundle;
use oauth::Message;

/// A language of the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English, which every test and every document assumes.
    #[default]
    English,
    /// German.
    German,
    /// English with accents and a good third longer: what does not change was never translatable, and what no longer fits
    /// would not fit in a real language either. For tests.
    Accented,
    /// The same from right to left. For tests.
    Mirrored,
}

impl Language {
    /// The languages that people are offered.
    pub const OFFERED: [Self; 2] = [Self::English, Self::German];
    /// Every language.
    pub const ALL: [Self; 4] = [Self::English, Self::German, Self::Accented, Self::Mirrored];

    /// The language tag (BCP 47), for `lang`, the cookie and the settings. The two for tests follow Android's and ICU's
    /// names for pseudo-locales.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Accented => "en-XA",
            Self::Mirrored => "ar-XB",
        }
    }

    /// What the language calls itself.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
            Self::Accented => "Accented",
            Self::Mirrored => "Mirrored",
        }
    }

    /// The direction of its writing, for `dir`.
    #[must_use]
    pub const fn direction(self) -> &'static str {
        match self {
            Self::Mirrored => "rtl",
            _ => "ltr",
        }
    }

    /// Reads what [`Language::tag`] writes.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(tag))
    }

    /// The best of the offered languages for an `Accept-Language` header (RFC 9110 §12.5.4), or for the list of an OpenID
    /// Connect `ui_locales`. A region is let go: `de-AT` is German. None: nothing in the list is spoken here.
    #[must_use]
    pub fn negotiate(accepted: &str) -> Option<Self> {
        let ranges = accepted.split([',', ' ']).filter(|part| !part.trim().is_empty()).take(64);
        let mut weighed: Vec<(u32, Self)> = ranges.filter_map(range).collect();
        // Stable: of equal weights the first one counts.
        weighed.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
        weighed.first().map(|(_, language)| *language)
    }

    /// The sentence with this key.
    #[must_use]
    pub fn say(self, key: &'static str) -> String {
        self.tell(&Message::new(key))
    }

    /// A message in words.
    #[must_use]
    pub fn tell(self, message: &Message) -> String {
        bundle::format(self, message)
    }
}

/// `de-AT;q=0.8` as weight in thousandths and language; none for a language that nobody speaks here or a weight of 0.
fn range(part: &str) -> Option<(u32, Language)> {
    let (tag, parameters) = part.trim().split_once(';').unwrap_or((part.trim(), ""));
    let primary = tag.split('-').next().unwrap_or_default();
    let language = Language::OFFERED.into_iter().find(|known| known.tag().eq_ignore_ascii_case(primary))?;
    let weight = match parameters.trim().strip_prefix("q=") {
        Some(quality) => thousandths(quality.trim())?,
        None => 1000,
    };
    (weight > 0).then_some((weight, language))
}

fn thousandths(quality: &str) -> Option<u32> {
    let (whole, part) = quality.split_once('.').unwrap_or((quality, ""));
    let padded: u32 = format!("{part:0<3}").get(..3)?.parse().ok()?;
    Some(whole.parse::<u32>().ok()?.saturating_mul(1000).saturating_add(padded))
}
