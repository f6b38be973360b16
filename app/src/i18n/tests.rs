//! The i18n catalogues: complete, used, readable; and language negotiation.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::locales::LOCALES;
use super::{Language, translate_with_views};
use crate::frame::Frame;
use leptos::prelude::*;
use oauth::Message;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Key and text of every message in the Fluent files of a language, continuation lines included.
fn sentences(files: &[&'static str]) -> BTreeMap<&'static str, String> {
    let mut found: BTreeMap<&str, String> = BTreeMap::new();
    let mut last = None;
    for line in files.iter().flat_map(|text| text.lines()).filter(|line| !line.starts_with('#')) {
        match line.split_once(" =") {
            Some((key, text)) if !line.starts_with(' ') => {
                assert!(found.insert(key, text.to_owned()).is_none(), "{key} stands there twice");
                last = Some(key);
            }
            _ => last.iter().for_each(|key| found.entry(key).or_default().push_str(line)),
        }
    }
    found
}

/// The names of the placeholders of a message.
fn variables(text: &str) -> BTreeSet<&str> {
    let names = text.split('$').skip(1);
    names
        .filter_map(|rest| rest.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').next())
        .collect()
}

/// The source of every Rust file of the workspace that may use a message key.
fn sources() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut folders: Vec<PathBuf> =
        ["app/src", "server/src", "crates/oauth/src", "crates/provider/src"].map(|folder| root.join(folder)).into();
    let mut text = String::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            match entry.path() {
                path if ["islands", "tests", "tests.rs"].iter().any(|name| path.ends_with(name)) => {}
                path if path.is_dir() => folders.push(path),
                path => text.push_str(&std::fs::read_to_string(path).unwrap()),
            }
        }
    }
    text
}

#[test]
fn every_language_has_every_message_with_the_same_placeholders() {
    let english = sentences(LOCALES[0].files);
    assert!(english.len() > 50 && LOCALES.len() > 1);
    for locale in LOCALES {
        let other = sentences(locale.files);
        let missing: Vec<_> = english.keys().filter(|key| !other.contains_key(*key)).collect();
        let unknown: Vec<_> = other.keys().filter(|key| !english.contains_key(*key)).collect();
        assert!(missing.is_empty() && unknown.is_empty(), "{}: missing {missing:?}, unknown {unknown:?}", locale.tag);
        for (key, text) in &english {
            assert_eq!(variables(text), variables(&other[key]), "{}: {key}", locale.tag);
        }
    }
}

#[test]
fn every_message_can_be_formatted_and_none_is_unused() {
    let (english, sources) = (sentences(LOCALES[0].files), sources());
    for key in english.keys() {
        assert!(sources.contains(&format!("\"{key}\"")), "nothing uses {key}");
        for language in Language::all() {
            assert_ne!(
                language.translate_message(&Message { key, args: Vec::new() }),
                *key,
                "{language:?} cannot format {key}"
            );
        }
    }
}

#[test]
fn every_key_that_is_translated_exists() {
    let (english, sources) = (sentences(LOCALES[0].files), sources());
    for call in ["translate(", "translate_with(", "translate_with_views(", "Message::new("] {
        for rest in sources.split(call).skip(1) {
            let Some(key) = rest.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next()) else {
                continue;
            };
            assert!(english.contains_key(key), "{call}{key}) has no message");
        }
    }
    assert_eq!(Language::ENGLISH.translate("no-such-sentence"), "no-such-sentence");
}

#[test]
fn a_browser_gets_the_best_language_that_is_offered() {
    let cases = [
        ("de", Some(Language::german())),
        ("de-AT,de;q=0.9,en;q=0.8", Some(Language::german())),
        ("en-GB,en;q=0.9,de;q=0.8", Some(Language::ENGLISH)),
        ("fr;q=1.0, de;q=0.4, en;q=0.5", Some(Language::ENGLISH)),
        ("de;q=0, en;q=0.1", Some(Language::ENGLISH)),
        ("fr de", Some(Language::german())),
        ("se", None),
        ("", None),
        ("../../etc", None),
        ("de;q=x, ,;;,-", None),
    ];
    for (accepted, language) in cases {
        assert_eq!(Language::negotiate(accepted), language, "{accepted}");
    }
    let flood = "fr,".repeat(10_000) + "de";
    assert_eq!(Language::negotiate(&flood), None);
}

#[test]
fn a_tag_is_read_as_it_is_written() {
    for language in Language::all() {
        assert_eq!(Language::parse(language.tag()), Some(language));
    }
    assert_eq!(Language::parse("fr"), None);
}

#[test]
fn a_message_puts_its_views_where_the_language_wants_them() {
    let html = |language| {
        let owner = Owner::new();
        owner.with(|| {
            provide_context(Arc::new(Frame { language, ..Frame::default() }));
            translate_with_views("user-menu", [("user", view! { <b>"a\u{e000}0\u{e000}da"</b> }.into_any())]).to_html()
        })
    };
    assert!(html(Language::ENGLISH).contains("User menu, signed in as"));
    assert!(html(Language::german()).contains("angemeldet als"));
    assert_eq!(html(Language::german()).matches("<b>").count(), 1);
    let missing =
        Owner::new().with(|| translate_with_views(Message::new("signed-in-as").with("user", "1"), []).to_html());
    assert!(missing.contains("Signed in as 1"), "{missing}");
}

#[test]
fn pseudo_locales_change_every_text_and_no_argument() {
    let message = Message::new("scope-unknown").with("scope", "nonsense");
    let accented = Language::accented().translate_message(&message);
    assert!(accented.starts_with("nonsense ") && !accented.contains("scope"), "{accented}");
    assert!(
        accented.chars().count() * 10 > Language::ENGLISH.translate_message(&message).chars().count() * 12,
        "{accented}"
    );
    assert_eq!((Language::mirrored().direction(), Language::german().direction()), ("rtl", "ltr"));
}
