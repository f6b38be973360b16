//! i18n of the titles of the built-in scopes.

use super::Language;

/// The title of a scope in this language. `title` is the stored one: a built-in scope whose title
/// is still the English default is translated; a title that an operator wrote is shown as it is.
#[must_use]
pub fn scope_title(language: Language, scope: &str, title: &str) -> String {
    let key = match scope {
        "openid" => "right-openid",
        "profile" => "right-profile",
        "email" => "right-email",
        "address" => "right-address",
        "phone" => "right-phone",
        "offline_access" => "right-offline-access",
        "introspect" => "right-introspect",
        _ => return title.to_owned(),
    };
    match Language::ENGLISH.translate(key) == title {
        true => language.translate(key),
        false => title.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Language, scope_title};

    #[test]
    fn a_sentence_that_came_with_a_scope_is_said_in_every_language_and_an_operators_stays() {
        let german = |scope, title| scope_title(Language::german(), scope, title);
        assert_eq!(german("openid", "Know who you are"), "Wissen, wer Sie sind");
        assert_eq!(scope_title(Language::ENGLISH, "openid", "Know who you are"), "Know who you are");
        assert_eq!(german("openid", "Recognise you"), "Recognise you");
        assert_eq!(german("read", "Know who you are"), "Know who you are");
    }
}
