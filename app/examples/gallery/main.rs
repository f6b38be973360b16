//! `gallery FOLDER`: writes every page in every state as an HTML file, with names and texts that
//! test the layout. The pages expect the style sheet and the scripts under `/assets/`: `app.css`,
//! `loader.js`, `jeton.js`, `jeton_bg.wasm`.

mod developer;
mod samples;
mod states;
mod tokens;
mod trouble;

use app::{Assets, Bundle, Frame, FrameUser, Language};
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let folder = env::args_os().nth(1).ok_or_else(|| io::Error::other("usage: gallery FOLDER"))?;
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    for (name, html) in states::all() {
        fs::write(folder.join(name).with_extension("html"), html)?;
    }
    Ok(())
}

/// The frame without a signed-in person.
fn stranger(path: &str) -> Frame {
    Frame {
        operator: "Example ID".to_owned(),
        nonce: "gallery".to_owned(),
        csrf: "token-of-the-session".to_owned(),
        path: path.to_owned(),
        assets: Assets {
            css: "/assets/app.css".to_owned(),
            loader: "/assets/loader.js".to_owned(),
            common: Bundle { js: "/assets/jeton.js".to_owned(), wasm: "/assets/jeton_bg.wasm".to_owned() },
            favicon: "/assets/favicon.svg".to_owned(),
            ..Assets::default()
        },
        ..Frame::default()
    }
}

/// The frame of ada.
fn ada(path: &str) -> Frame {
    Frame { user: Some(FrameUser { username: "ada".to_owned(), administrator: true }), ..stranger(path) }
}

/// The frame of ada with a success message.
fn ada_with_status(path: &str, status: &str) -> Frame {
    Frame { status: Some(status.to_owned()), ..ada(path) }
}

/// The same frame in another language.
fn in_language(frame: &Frame, language: Language) -> Frame {
    Frame { language, ..frame.clone() }
}
