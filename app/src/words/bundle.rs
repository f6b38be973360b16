//! The catalogues: read from the binary once, at the first sentence.

use super::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use oauth::Message;
use oauth::message::Value;
use std::borrow::Cow;
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

/// The files of a language.
macro_rules! files {
    ($language:literal) => {
        [
            include_str!(concat!("../../locales/", $language, "/common.ftl")),
            include_str!(concat!("../../locales/", $language, "/form.ftl")),
            include_str!(concat!("../../locales/", $language, "/controls.ftl")),
            include_str!(concat!("../../locales/", $language, "/operator.ftl")),
            include_str!(concat!("../../locales/", $language, "/sign-in.ftl")),
            include_str!(concat!("../../locales/", $language, "/account.ftl")),
            include_str!(concat!("../../locales/", $language, "/consent.ftl")),
            include_str!(concat!("../../locales/", $language, "/tokens.ftl")),
            include_str!(concat!("../../locales/", $language, "/sessions.ftl")),
            include_str!(concat!("../../locales/", $language, "/connections.ftl")),
            include_str!(concat!("../../locales/", $language, "/developer.ftl")),
            include_str!(concat!("../../locales/", $language, "/error.ftl")),
            include_str!(concat!("../../locales/", $language, "/form-post.ftl")),
        ]
    };
}

pub(super) const ENGLISH: [&str; 13] = files!("en");
pub(super) const GERMAN: [&str; 13] = files!("de");

type Bundle = FluentBundle<FluentResource>;
/// What is done to every text of a language.
type Transform = fn(&str) -> Cow<'_, str>;

static BUNDLES: LazyLock<[Bundle; 4]> = LazyLock::new(|| Language::ALL.map(bundle));

fn bundle(language: Language) -> Bundle {
    let (files, plurals, transform): (_, _, Option<Transform>) = match language {
        Language::English => (ENGLISH, "en", None),
        Language::German => (GERMAN, "de", None),
        Language::Accented | Language::Mirrored => (ENGLISH, "en", Some(accented)),
    };
    let identifier: LanguageIdentifier = plurals.parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![identifier]);
    // Names are isolated by `<bdi>` and stripped of what turns the line; in a title marks of their own would be in the way.
    bundle.set_use_isolating(false);
    bundle.set_transform(transform);
    for text in files {
        // A faulty line costs its sentence, not the page; a test finds it.
        let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(rest, _)| rest);
        let _ = bundle.add_resource(resource);
    }
    bundle
}

/// A message in words; its key, where no catalogue has it.
pub(super) fn format(language: Language, message: &Message) -> String {
    let index = Language::ALL.iter().position(|known| *known == language).unwrap_or_default();
    let bundle = &BUNDLES[index];
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
