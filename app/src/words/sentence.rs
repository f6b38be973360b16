//! A sentence with pieces of a page in it.

use super::told;
use leptos::prelude::*;
use oauth::Message;
use oauth::message::Value;

/// Marks a piece in the formatted text. From the private use area, and taken out of every text beforehand.
const MARK: char = '\u{e000}';

/// The sentence of `message`, with a view in the place of each name: `<bdi>` for a name, a link, a chip.
/// The language decides where they stand.
pub(crate) fn sentence<const N: usize>(message: impl Into<Message>, views: [(&'static str, AnyView); N]) -> AnyView {
    let mut message: Message = message.into();
    for (_, value) in &mut message.args {
        if let Value::Text(text) = value {
            text.retain(|letter| letter != MARK);
        }
    }
    for (index, (name, _)) in views.iter().enumerate() {
        message.args.push((name, format!("{MARK}{index}{MARK}").into()));
    }
    let mut views = views.map(|(_, view)| Some(view));
    let text = told(&message);
    // An empty text would be rendered as a space.
    let parts = text.split(MARK).enumerate().filter(|(_, part)| !part.is_empty());
    let pieces: Vec<AnyView> = parts.map(|(at, part)| piece(at, part, &mut views)).collect();
    pieces.into_any()
}

/// Every second part is the number of a view: what stands between the two marks of one.
fn piece(at: usize, part: &str, views: &mut [Option<AnyView>]) -> AnyView {
    let index = part.parse::<usize>().ok().filter(|_| at % 2 == 1);
    let view = index.and_then(|index| views.get_mut(index)?.take());
    view.unwrap_or_else(|| part.to_owned().into_any())
}
