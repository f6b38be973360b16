//! i18n languages: BCP 47 tags, writing direction, and negotiation (RFC 9110 §12.5.4).

use super::locales::{LOCALES, Locale};

/// A language of the pages: one for each folder of `app/locales`, then two pseudo-locales.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Language(u8);

impl Language {
    /// English: the default, and what tests and documents assume.
    pub const ENGLISH: Self = Self(0);
    const TESTS: [(&'static str, &'static str); 2] = [("en-XA", "ltr"), ("ar-XB", "rtl")];

    /// Pseudo-locale `en-XA`: English with accents, about a third longer. Text without accents was
    /// not translated, and a layout that breaks would break in a longer language. Tags as in ICU
    /// and Android.
    #[must_use]
    pub fn accented() -> Self {
        Self(count())
    }

    /// Pseudo-locale `ar-XB`: the same from right to left.
    #[must_use]
    pub fn mirrored() -> Self {
        Self(count() + 1)
    }

    #[cfg(test)]
    pub(crate) fn german() -> Self {
        Self::parse("de").unwrap_or_default()
    }

    /// The languages that people can choose, without the pseudo-locales.
    pub fn offered() -> impl Iterator<Item = Self> {
        (0..count()).map(Self)
    }

    /// Every language, pseudo-locales included.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..count() + 2).map(Self)
    }

    /// Its index among [`Language::all`].
    pub(super) fn index(self) -> usize {
        self.0.into()
    }

    /// Its folder; `None` for a pseudo-locale.
    pub(super) fn locale(self) -> Option<&'static Locale> {
        LOCALES.get(self.index())
    }

    pub(super) fn test(self) -> (&'static str, &'static str) {
        Self::TESTS[usize::from(self == Self::mirrored())]
    }

    /// The language tag (BCP 47), for `lang`, the cookie and the settings.
    #[must_use]
    pub fn tag(self) -> &'static str {
        self.locale().map_or(self.test().0, |locale| locale.tag)
    }

    /// Reads what [`Language::tag`] writes.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        Self::all().find(|language| language.tag().eq_ignore_ascii_case(tag))
    }

    /// The best of the offered languages for an `Accept-Language` header (RFC 9110 §12.5.4), or for
    /// `ui_locales` (OpenID Connect Core §3.1.2.1). The region is ignored: `de-AT` is German.
    /// `None`: no language of the list is offered.
    #[must_use]
    pub fn negotiate(accepted: &str) -> Option<Self> {
        let ranges = accepted.split([',', ' ']).filter(|part| !part.trim().is_empty()).take(64);
        let mut weighed: Vec<(u32, Self)> = ranges.filter_map(range).collect();
        // A stable sort: of equal weights the first one counts.
        weighed.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
        weighed.first().map(|(_, language)| *language)
    }
}

/// Its tag.
impl std::fmt::Debug for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.tag())
    }
}

/// How many folders there are.
fn count() -> u8 {
    u8::try_from(LOCALES.len()).unwrap_or(u8::MAX - 2)
}

/// `de-AT;q=0.8` as weight in thousandths and language; `None` for a language that is not offered
/// and for weight 0.
fn range(part: &str) -> Option<(u32, Language)> {
    let (tag, parameters) = part.trim().split_once(';').unwrap_or((part.trim(), ""));
    let primary = tag.split('-').next().unwrap_or_default();
    let language = Language::offered().find(|known| known.tag().eq_ignore_ascii_case(primary))?;
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
