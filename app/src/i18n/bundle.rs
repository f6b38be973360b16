//! i18n message catalogues: the Fluent files, embedded in the binary and parsed on first use.

use super::Language;
use super::locales::LOCALES;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use oauth::Message;
use oauth::message::Value;
use std::borrow::Cow;
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

type Bundle = FluentBundle<FluentResource>;
/// Changes every text of a language: pseudolocalization.
type Transform = fn(&str) -> Cow<'_, str>;

static BUNDLES: LazyLock<Vec<Bundle>> = LazyLock::new(|| Language::all().map(bundle).collect());

fn bundle(language: Language) -> Bundle {
    let (locale, transform): (_, Option<Transform>) = match language.locale() {
        Some(locale) => (locale, None),
        None => (&LOCALES[0], Some(accented)),
    };
    let (files, plurals) = (locale.files, locale.tag);
    let identifier: LanguageIdentifier = plurals.parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![identifier]);
    // No bidi isolation marks (FSI, PDI): names stand in `<bdi>` without bidi controls, and the
    // marks would show in a `<title>`.
    bundle.set_use_isolating(false);
    bundle.set_transform(transform);
    for text in files {
        // A message that cannot be parsed is left out, and the page still renders; a test finds it.
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(rest, _)| rest);
        let _ = bundle.add_resource(resource);
    }
    bundle
}

impl Language {
    /// What the language calls itself.
    #[must_use]
    pub fn name(self) -> String {
        self.translate("language-name")
    }

    /// The direction of its writing, for `dir`.
    #[must_use]
    pub fn direction(self) -> &'static str {
        match self.locale() {
            None => self.test().1,
            Some(_) if self.translate("language-direction") == "rtl" => "rtl",
            Some(_) => "ltr",
        }
    }

    /// The translation of a key.
    #[must_use]
    pub fn translate(self, key: &'static str) -> String {
        self.translate_message(&Message::new(key))
    }

    /// The translation of a message.
    #[must_use]
    pub fn translate_message(self, message: &Message) -> String {
        format(self, message)
    }
}

/// The translation of a message; its key where the catalogue has none.
fn format(language: Language, message: &Message) -> String {
    let bundle = &BUNDLES[language.index()];
    let Some(pattern) = bundle.get_message(message.key).and_then(|found| found.value()) else {
        return message.key.to_owned();
    };
    let mut args = FluentArgs::new();
    for (name, value) in &message.args {
        args.set(*name, fluent(value));
    }
    bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
}

fn fluent(value: &Value) -> FluentValue<'_> {
    match value {
        Value::Text(text) => FluentValue::from(text.as_str()),
        Value::Number(number) => FluentValue::from(*number),
    }
}

/// Pseudolocalization: every letter with an accent, and vowels doubled, so about a third longer.
fn accented(text: &str) -> Cow<'_, str> {
    const PLAIN: &str = "aceghijklnorstuyzACEGHIJKLNORSTUYZ";
    const ACCENTED: &str = "àçéĝĥîĵķļñöŕšţûýžÀÇÉĜĤÎĴĶĻÑÖŔŠŢÛÝŽ";
    let change = |letter: char| PLAIN.chars().position(|plain| plain == letter).and_then(|at| ACCENTED.chars().nth(at));
    let changed = text.chars().flat_map(|letter| {
        let twice = matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u');
        let new = change(letter).unwrap_or(letter);
        std::iter::repeat_n(new, if twice { 2 } else { 1 })
    });
    Cow::Owned(changed.collect())
}
