use crate::Language;
use oauth::answer::{Piece, Told};
use oauth::form::FieldError;
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
        self.pieces(key, [("name", Piece::Name(form::visible(name)))])
    }

    /// A sentence with a piece in each of these places. The language decides where they stand.
    pub(crate) fn pieces<const N: usize>(&self, key: &'static str, places: [(&'static str, Piece); N]) -> Vec<Piece> {
        const MARK: char = '\u{e000}';
        let mut message = Message::new(key);
        for (index, (name, _)) in places.iter().enumerate() {
            message = message.with(name, format!("{MARK}{index}{MARK}"));
        }
        let sentence = self.0.tell(&message);
        // Every second part is the number of a place.
        let part = |(at, part): (usize, &str)| match part.parse::<usize>().ok().filter(|_| at % 2 == 1) {
            Some(index) => places.get(index).map(|(_, piece)| piece.clone()),
            None => (!part.is_empty()).then(|| Piece::Text(part.to_owned())),
        };
        sentence.split(MARK).enumerate().filter_map(part).collect()
    }
}
