//! i18n of rich text: a translated message with views (names, links, chips) as placeholders.

use super::translate_message;
use leptos::prelude::*;
use oauth::Message;
use oauth::message::Value;

/// Delimits a placeholder in the formatted text: a private-use character, removed from arguments.
const MARK: char = '\u{e000}';

/// The translation of `message` with a view for each of these placeholders: `<bdi>` for a name, a
/// link, a chip. The language decides where they stand.
pub(crate) fn translate_with_views<const N: usize>(
    message: impl Into<Message>,
    views: [(&'static str, AnyView); N],
) -> AnyView {
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
    let text = translate_message(&message);
    // An empty text would be rendered as a space.
    let parts = text.split(MARK).enumerate().filter(|(_, part)| !part.is_empty());
    let pieces: Vec<AnyView> = parts.map(|(at, part)| piece(at, part, &mut views)).collect();
    pieces.into_any()
}

/// A part of the split text: every second one is the index of a view, between two [`MARK`]s.
fn piece(at: usize, part: &str, views: &mut [Option<AnyView>]) -> AnyView {
    let index = part.parse::<usize>().ok().filter(|_| at % 2 == 1);
    let view = index.and_then(|index| views.get_mut(index)?.take());
    view.unwrap_or_else(|| part.to_owned().into_any())
}
