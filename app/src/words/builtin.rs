//! The sentences of the scopes that exist from the start.

use super::Language;

/// The sentence of a scope in this language. `title` is what the database has: the English sentence that it came with is said in
/// every language; what an operator wrote instead is theirs, and stays.
#[must_use]
pub fn builtin(language: Language, scope: &str, title: &str) -> String {
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
    match Language::ENGLISH.say(key) == title {
        true => language.say(key),
        false => title.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Language, builtin};

    #[test]
    fn a_sentence_that_came_with_a_scope_is_said_in_every_language_and_an_operators_stays() {
        let german = |scope, title| builtin(Language::german(), scope, title);
        assert_eq!(german("openid", "Know who you are"), "Wissen, wer Sie sind");
        assert_eq!(builtin(Language::ENGLISH, "openid", "Know who you are"), "Know who you are");
        assert_eq!(german("openid", "Recognise you"), "Recognise you");
        assert_eq!(german("read", "Know who you are"), "Know who you are");
    }
}
