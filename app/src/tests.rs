//! HTML tests: whole pages, and what must and must not be in them.
#![expect(clippy::unwrap_used, reason = "tests")]

mod consent;
mod developer;
mod error;
mod every_page;
mod people;
mod samples;
mod sign_in;
mod tokens;
mod untranslated;

use crate::{Assets, Frame, FrameUser};

const NASTY: &str = "<script>alert(1)</script>\u{202e}\"&";

fn frame() -> Frame {
    Frame {
        operator: "Example ID".to_owned(),
        nonce: "n0nce".to_owned(),
        csrf: "c5rf".to_owned(),
        assets: Assets { css: "/assets/a.css".to_owned(), loader: "/assets/l.js".to_owned(), ..Assets::default() },
        user: Some(FrameUser { username: "ada".to_owned(), administrator: false }),
        path: "/account/tokens".to_owned(),
        ..Frame::default()
    }
}
