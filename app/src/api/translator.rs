//! i18n for server functions: their answers hold texts in the caller's language.

use crate::Language;
use oauth::answer::{FieldMessage, Piece};
use oauth::form::FieldError;
use oauth::{Message, form};

/// Builds the answers of server functions in this language.
#[derive(Clone, Copy)]
pub(crate) struct Translator(pub(crate) Language);

impl Translator {
    /// The validation errors of a form, translated.
    pub(crate) fn field_messages(&self, errors: &[FieldError]) -> Vec<FieldMessage> {
        let to_message = |error: &FieldError| FieldMessage {
            field: error.field.clone(),
            text: self.0.translate_message(&error.message),
        };
        errors.iter().map(to_message).collect()
    }

    /// The translation of `key` with a name in the placeholder `{ $name }`, as a part of its own.
    pub(crate) fn naming(&self, key: &'static str, name: &str) -> Vec<Piece> {
        self.pieces(key, [("name", Piece::Name(form::visible(name)))])
    }

    /// The translation of `key` as a list of parts, with one for each of these placeholders. The
    /// language decides where they stand.
    pub(crate) fn pieces<const N: usize>(&self, key: &'static str, places: [(&'static str, Piece); N]) -> Vec<Piece> {
        const MARK: char = '\u{e000}';
        let mut message = Message::new(key);
        for (index, (name, _)) in places.iter().enumerate() {
            message = message.with(name, format!("{MARK}{index}{MARK}"));
        }
        let text = self.0.translate_message(&message);
        // Every second part is the index of a placeholder.
        let part = |(at, part): (usize, &str)| match part.parse::<usize>().ok().filter(|_| at % 2 == 1) {
            Some(index) => places.get(index).map(|(_, piece)| piece.clone()),
            None => (!part.is_empty()).then(|| Piece::Text(part.to_owned())),
        };
        text.split(MARK).enumerate().filter_map(part).collect()
    }
}
