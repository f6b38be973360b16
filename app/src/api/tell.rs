use crate::Language;
use oauth::answer::{Piece, Told};
use oauth::form::FieldError;
use oauth::message::Value;
use oauth::{Message, form};

/// What server functions tell, in a language.
#[derive(Clone, Copy)]
pub(crate) struct Tell(pub(crate) Language);

impl Tell {
    /// What is wrong with the fields, in words.
    pub(crate) fn told(&self, errors: &[FieldError]) -> Vec<Told> {
        let told = |error: &FieldError| Told { field: error.field.clone(), text: self.0.tell(&error.message) };
        errors.iter().map(told).collect()
    }

    /// The sentence of `key` with a name in the place `{ $name }`, apart from the words around it.
    pub(crate) fn naming(&self, key: &'static str, name: &str) -> Vec<Piece> {
        const MARK: char = '\u{e000}';
        let sentence = self.0.tell(&Message::new(key).with("name", Value::Text(MARK.to_string())));
        let mut pieces = Vec::new();
        for (at, text) in sentence.split(MARK).enumerate() {
            if at > 0 {
                pieces.push(Piece::Name(form::visible(name)));
            }
            if !text.is_empty() {
                pieces.push(Piece::Text(text.to_owned()));
            }
        }
        pieces
    }
}
