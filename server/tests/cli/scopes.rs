use serde_json::{Value, json};

use crate::harness::Folder;

fn listed(folder: &Folder, name: &str) -> Value {
    let list = folder.json(&["scope", "list"], "");
    list.as_array().unwrap().iter().find(|scope| scope["name"] == name).cloned().unwrap()
}

#[test]
fn a_scope_is_added_with_its_risk_and_its_sentences_and_changed_afterwards() {
    let folder = Folder::ready();
    let add =
        ["scope", "add", "photos", "--title", "See your photos", "--title", "de=Ihre Fotos sehen", "--risk", "reads"];
    let photos = folder.json(&add, "");
    assert_eq!((&photos["title"], &photos["risk"]), (&json!("See your photos"), &json!("reads")));
    assert_eq!(photos["languages"], json!({"de": {"title": "Ihre Fotos sehen", "description": ""}}));
    assert_eq!(listed(&folder, "photos"), photos);

    let more = ["scope", "add", "photos", "--risk", "changes", "--description", "de=Auch alte", "--description", "a=b"];
    assert_eq!(folder.good(&more).trim(), "Scope photos changed");
    let changed = listed(&folder, "photos");
    assert_eq!((&changed["title"], &changed["risk"]), (&json!("See your photos"), &json!("changes")));
    assert_eq!(changed["description"], json!("a=b"), "no language has one letter");
    assert_eq!(changed["languages"]["de"], json!({"title": "Ihre Fotos sehen", "description": "Auch alte"}));
    assert!(folder.good(&["scope", "list"]).contains("changes"));
    assert_eq!(folder.good(&["scope", "add", "other"]).trim(), "Scope other added");
    assert_eq!(listed(&folder, "other")["risk"], json!("unknown"));
}

#[test]
fn an_unknown_risk_or_language_is_refused_with_those_that_there_are() {
    let folder = Folder::ready();
    let risk = folder.fault(&["scope", "add", "photos", "--risk", "eye"], &[], "");
    assert!(risk.contains("reads") && risk.contains("unknown"), "{risk}");
    let language = folder.fault(&["scope", "add", "photos", "--title", "fr=Voir vos photos"], &[], "");
    assert!(language.contains("fr") && language.contains("en, de"), "{language}");
    assert!(!folder.good(&["scope", "list"]).contains("photos"));
}
