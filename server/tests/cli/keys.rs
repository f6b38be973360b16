use crate::harness::Folder;

#[test]
fn init_makes_signing_keys_and_a_rotation_publishes_the_next() {
    let folder = Folder::empty();
    folder.good(&["init"]);
    let list = folder.good(&["keys", "list", "--json"]);
    let keys: serde_json::Value = serde_json::from_str(&list).unwrap();
    let states: Vec<&str> = keys.as_array().unwrap().iter().map(|key| key["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["active", "active"]);
    assert!(folder.good(&["keys", "rotate", "--json"]).contains("\"rotated\":true"));
    let table = folder.good(&["keys", "list"]);
    assert_eq!((table.matches(" next ").count(), table.matches(" active ").count()), (2, 2), "{table}");
    assert!(folder.fault(&["keys", "rotate"], &[], "").contains("published already"));
    assert!(!list.contains("private") && !list.contains("\"d\""));
}
