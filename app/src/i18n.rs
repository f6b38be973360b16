//! i18n: the translations of the pages, with Project Fluent and the plural rules of CLDR.
//!
//! Each message stands once for each language in `app/locales/<language>/*.ftl`; `app/build.rs`
//! lists the folders. Inside a page, [`translate`], [`translate_with`] and
//! [`translate_with_views`] use the page's language; elsewhere the methods of [`Language`] do.

mod bundle;
mod dates;
mod language;
mod locales;
mod scope_title;
#[cfg(test)]
mod tests;
mod with_views;

pub(crate) use dates::{date, date_in, hour, moment};
pub use language::Language;
pub use scope_title::scope_title;
pub(crate) use with_views::translate_with_views;

use crate::frame;
use oauth::Message;
use oauth::message::Value;

/// The translation of a key in the language of the page.
pub(crate) fn translate(key: &'static str) -> String {
    frame::current().language.translate(key)
}

/// The translation of a key with its placeholders filled in, in the language of the page.
pub(crate) fn translate_with<const N: usize>(key: &'static str, args: [(&'static str, Value); N]) -> String {
    translate_message(&Message { key, args: args.into() })
}

/// A message, such as a validation error, in the language of the page.
pub(crate) fn translate_message(message: &Message) -> String {
    frame::current().language.translate_message(message)
}
