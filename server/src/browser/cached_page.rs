//! A page cache: a page that differs between visitors only in its CSP nonce and its CSRF token is
//! rendered once for each language and theme, and stored as pieces with placeholders for the two.

use std::sync::{Arc, Mutex, PoisonError};

use app::{Frame, Language, Theme};

/// Placeholders for nonce and CSRF token while the page is rendered: without characters that HTML
/// escapes, and in no text of a page.
const NONCE: &str = "nonce-of-this-answer";
const CSRF: &str = "token-of-this-form";

/// The renderings of one page by language and theme. Clones share the cache.
#[derive(Clone, Default)]
pub struct CachedPage(Arc<Mutex<Vec<CacheEntry>>>);

type CacheEntry = ((Language, Theme), Arc<[Piece]>);

/// A part of a page.
enum Piece {
    Text(Box<str>),
    Nonce,
    Csrf,
}

impl CachedPage {
    /// The page in this frame, rendered on the first use. It must be the same in every frame of one
    /// language and theme, but for nonce and token.
    pub fn html(&self, frame: &Frame, render: impl FnOnce(&Frame) -> String) -> String {
        let pieces = self.find(frame).unwrap_or_else(|| self.insert(frame, render));
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
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.iter().find(|(of, _)| *of == (frame.language, frame.theme)).map(|(_, pieces)| pieces.clone())
    }

    fn insert(&self, frame: &Frame, render: impl FnOnce(&Frame) -> String) -> Arc<[Piece]> {
        let html = render(&Frame { nonce: NONCE.to_owned(), csrf: CSRF.to_owned(), ..frame.clone() });
        let pieces: Arc<[Piece]> = pieces(&html).into();
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.push(((frame.language, frame.theme), pieces.clone()));
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
    fn a_cached_page_is_the_page_that_would_be_rendered() {
        let page = CachedPage::default();
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
