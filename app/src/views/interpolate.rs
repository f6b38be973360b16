//! Fills `{name}` placeholders of a translated text in the browser, without Fluent.

/// A text with its `{name}` placeholders filled in. Arguments are not parsed again, so they may
/// contain braces.
pub(crate) fn interpolate(template: &str, args: &[(&str, &str)]) -> String {
    let mut pieces = template.split('{');
    let mut filled = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = piece.split_once('}').unwrap_or((piece, ""));
        filled.push_str(args.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
        filled.push_str(rest);
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::interpolate;

    #[test]
    fn a_text_is_filled_in_once() {
        assert_eq!(
            interpolate("{scope} added. {count} scopes.", &[("scope", "read"), ("count", "2")]),
            "read added. 2 scopes."
        );
        assert_eq!(interpolate("{scope}: {count}", &[("scope", "{count}"), ("count", "2")]), "{count}: 2");
        assert_eq!(interpolate("plain", &[("scope", "read")]), "plain");
        assert_eq!(interpolate("a {b", &[]), "a ");
    }
}
