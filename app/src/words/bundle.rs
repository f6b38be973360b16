//! The catalogues: read from the binary once, at the first sentence.

use super::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use oauth::Message;
use oauth::message::Value;
use std::borrow::Cow;
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

/// A folder of `app/locales`.
pub(super) struct Locale {
    /// Its name: the language tag (BCP 47).
    pub(super) tag: &'static str,
    /// The texts of its files.
    pub(super) files: &'static [&'static str],
}

include!(concat!(env!("OUT_DIR"), "/locales.rs"));

type Bundle = FluentBundle<FluentResource>;
/// What is done to every text of a language.
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
    // Names are isolated by `<bdi>` and stripped of what turns the line; in a title marks of their own would be in the way.
    bundle.set_use_isolating(false);
    bundle.set_transform(transform);
    for text in files {
        // A faulty line costs its sentence, not the page; a test finds it.
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(rest, _)| rest);
        let _ = bundle.add_resource(resource);
    }
    bundle
}

/// A message in words; its key, where no catalogue has it.
pub(super) fn format(language: Language, message: &Message) -> String {
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

/// Every letter with an accent, and a good third more of them.
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
