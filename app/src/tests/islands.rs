use super::frame;
use crate::pages::{self, TokensPage};
use crate::{Frame, Language};
use oauth::view::ScopeChoice;

#[test]
fn what_an_island_says_stands_in_the_page_in_its_language() {
    let page = |language| {
        let choice = ScopeChoice { name: "write".to_owned(), title: String::new(), allowed: false };
        pages::tokens(&Frame { language, ..frame() }, TokensPage { scopes: vec![choice], ..TokensPage::default() })
    };
    let german = page(Language::German);
    for text in [
        "data-refused=\"write\"",
        "data-added=\"one: {scope} hinzugefügt. {count} Scope.\nother: {scope} hinzugefügt. {count} Scopes.\"",
    ] {
        assert!(german.contains(text), "{text} in {german}");
    }
    for key in ["missing", "unknown", "not-allowed"] {
        assert!(!german.contains(&format!("data-scope-{key}=\"scope-")), "{key}");
        assert!(page(Language::Accented).contains(&format!("data-scope-{key}=\"")), "{key}");
    }
    assert!(page(Language::Accented).contains("{scope} àà"), "what is filled in later is left alone");
}
