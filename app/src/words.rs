//! The words of the pages: every sentence stands once for each language, in `app/locales/<language>/*.ftl`
//! (Project Fluent, with the plural forms of CLDR).
//!
//! Inside a page [`say`] and its companions speak the language of the page; elsewhere a [`Language`] does.

mod builtin;
mod bundle;
mod dates;
mod language;
mod sentence;
#[cfg(test)]
mod tests;

pub use builtin::builtin;
pub(crate) use dates::{date, date_in, hour, moment};
pub use language::Language;
pub(crate) use sentence::sentence;

use crate::frame;
use oauth::Message;
use oauth::message::Value;

/// The sentence with this key in the language of the page.
pub(crate) fn say(key: &'static str) -> String {
    frame::current().language.say(key)
}

/// The sentence with this key, filled in, in the language of the page.
pub(crate) fn say_with<const N: usize>(key: &'static str, args: [(&'static str, Value); N]) -> String {
    told(&Message { key, args: args.into() })
}

/// A message of the rules in the language of the page.
pub(crate) fn told(message: &Message) -> String {
    frame::current().language.tell(message)
}
