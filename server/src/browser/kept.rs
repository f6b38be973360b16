//! Pages that are the same for everybody but for the nonce of the answer and the token of its forms: rendered once for each language and
//! theme, and kept with gaps where these two stand.

use std::sync::{Arc, Mutex, PoisonError};

use app::{Frame, Language, Theme};

/// What stands in a kept page where the nonce and the form's token belong; nothing that is escaped, and nothing that anybody writes.
const NONCE: &str = "nonce-of-this-answer";
const CSRF: &str = "token-of-this-form";

/// One page, as often as there are languages and themes. Every clone is the same.
#[derive(Clone, Default)]
pub struct KeptPage(Arc<Mutex<Vec<Kept>>>);

type Kept = ((Language, Theme), Arc<[Piece]>);

/// A part of a page.
enum Piece {
    Text(Box<str>),
    Nonce,
    Csrf,
}

impl KeptPage {
    /// The page in this frame. It must say the same in every frame of the same language and theme, but for nonce and token.
    pub fn html(&self, frame: &Frame, render: impl FnOnce(&Frame) -> String) -> String {
        let pieces = self.find(frame).unwrap_or_else(|| self.keep(frame, render));
        let text = |piece: &Piece| match piece {
            Piece::Text(text) => text.len(),
            Piece::Nonce => frame.nonce.len(),
            Piece::Csrf => frame.csrf.len(),
        };
        let mut html = String::with_capacity(pieces.iter().map(text).sum());
        for piece in pieces.iter() {
            html.push_str(match piece {
                Piece::Text(text) => text,
                Piece::Nonce => &frame.nonce,
                Piece::Csrf => &frame.csrf,
            });
        }
        html
    }

    fn find(&self, frame: &Frame) -> Option<Arc<[Piece]>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(of, _)| *of == (frame.language, frame.theme)).map(|(_, pieces)| pieces.clone())
    }

    fn keep(&self, frame: &Frame, render: impl FnOnce(&Frame) -> String) -> Arc<[Piece]> {
        let html = render(&Frame { nonce: NONCE.to_owned(), csrf: CSRF.to_owned(), ..frame.clone() });
        let pieces: Arc<[Piece]> = pieces(&html).into();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push(((frame.language, frame.theme), pieces.clone()));
        pieces
    }
}

fn pieces(html: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (index, part) in html.split(NONCE).enumerate() {
        pieces.extend((index > 0).then_some(Piece::Nonce));
        for (index, text) in part.split(CSRF).enumerate() {
            pieces.extend((index > 0).then_some(Piece::Csrf));
            pieces.push(Piece::Text(text.into()));
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(nonce: &str, csrf: &str, language: Language) -> Frame {
        Frame { nonce: nonce.to_owned(), csrf: csrf.to_owned(), language, ..Frame::default() }
    }

    #[test]
    fn a_kept_page_is_the_page_that_would_be_rendered() {
        let page = KeptPage::default();
        let render =
            |frame: &Frame| format!("<a {}><b {}{}>{}", frame.nonce, frame.csrf, frame.nonce, frame.language.tag());
        for frame in [
            frame("n1", "c1", Language::ENGLISH),
            frame("n2", "c2", Language::parse("de").unwrap_or_default()),
            frame("n3", "c3", Language::ENGLISH),
            frame("", "", Language::parse("de").unwrap_or_default()),
        ] {
            assert_eq!(page.html(&frame, render), render(&frame));
        }
        assert_eq!(page.0.lock().unwrap_or_else(PoisonError::into_inner).len(), 2, "one for each language");
    }
}
