use serde_json::json;

use crate::harness::Folder;

const API: &str = "https://api.example/v1";

#[test]
fn a_service_is_added_listed_and_removed() {
    let folder = Folder::ready();
    let added = folder.json(&["service", "add", "--resource", API, "--jwt", "--name", "The API"], "");
    assert_eq!(added, json!({"resource": API, "name": "The API", "format": "jwt"}));
    folder.good(&["service", "add", "--resource", "urn:example:b"]);
    let listed = folder.json(&["service", "list"], "");
    assert_eq!(listed, json!([added, {"resource": "urn:example:b", "name": "", "format": "opaque"}]));
    assert!(folder.good(&["service", "list"]).starts_with("RESOURCE"));
    assert!(folder.fault(&["service", "add", "--resource", API], &[], "").contains("already"));
    for bad in ["api", "https://api.example/#part", &format!("https://a/{}", "x".repeat(500))] {
        assert!(folder.fault(&["service", "add", "--resource", bad], &[], "").contains("absolute URI"), "{bad}");
    }
    assert_eq!(folder.json(&["service", "remove", API], ""), json!({"resource": API, "removed": true}));
    assert!(folder.fault(&["service", "remove", API], &[], "").contains("There is no service"));
}
