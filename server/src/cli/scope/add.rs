//! `jeton scope add`: what is said about a scope, for all languages or for one.

use std::collections::BTreeMap;

use app::Language;
use clap::Args;
use clap::builder::PossibleValuesParser;
use oauth::Risk;
use provider::scopes::ScopeChange;

use crate::cli::Failure;

/// What is given of a scope.
#[derive(Args)]
pub struct Arguments {
    /// The scope token, such as read or service_id=printer.example.org
    name: String,
    /// What it lets a token do, as people read it at consent: for every language, or as de=TEXT for
    /// one; may be repeated
    #[arg(long, value_name = "[LANG=]TEXT")]
    title: Vec<String>,
    /// More about it, likewise
    #[arg(long, value_name = "[LANG=]TEXT")]
    description: Vec<String>,
    /// What it can do at its worst, which people see beside it; away: it goes on while the person
    /// is away
    #[arg(long, value_parser = PossibleValuesParser::new(Risk::ALL.map(Risk::as_str)))]
    risk: Option<String>,
}

impl Arguments {
    /// The change that they ask for.
    pub fn change(self) -> Result<ScopeChange, Failure> {
        let (title, mut titles) = by_language(self.title)?;
        let (description, mut descriptions) = by_language(self.description)?;
        let of = |tag: &'static str| ((titles.remove(tag), descriptions.remove(tag)), tag);
        let texts = Language::offered().map(Language::tag).map(of).filter(|(text, _)| *text != (None, None));
        Ok(ScopeChange {
            name: self.name,
            texts: texts.map(|(text, tag)| (tag.to_owned(), text)).collect(),
            title,
            description,
            risk: self.risk.as_deref().and_then(Risk::parse),
        })
    }
}

/// The text for every language, and those for one.
type ByLanguage = (Option<String>, BTreeMap<&'static str, String>);

/// Sorts what was typed. Two small letters before `=` are meant as a language; anything else
/// belongs to the text.
fn by_language(typed: Vec<String>) -> Result<ByLanguage, Failure> {
    let (mut all, mut own) = (None, BTreeMap::new());
    for text in typed {
        let before =
            text.split_once('=').filter(|(tag, _)| tag.len() == 2 && tag.bytes().all(|b| b.is_ascii_lowercase()));
        match before {
            None => all = Some(text),
            Some((tag, rest)) => {
                let language = Language::offered().find(|language| language.tag() == tag);
                own.insert(language.ok_or_else(|| unknown(tag))?.tag(), rest.to_owned());
            }
        }
    }
    Ok((all, own))
}

fn unknown(tag: &str) -> Failure {
    let known = Language::offered().map(Language::tag).collect::<Vec<_>>().join(", ");
    Failure::new(format!("{tag}=: the pages do not speak this language; they speak {known}"))
}
