use crate::harness::Folder;
use crate::server::{Server, get};

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

#[test]
fn a_leaked_key_is_withdrawn_at_once_and_a_running_server_obeys_within_a_second() {
    let folder = Folder::empty();
    folder.good(&["init"]);
    let server = Server::start(&folder, &[]);
    let published = || get(server.address, "/oauth2/jwks").unwrap().body;
    let kid = active(&folder, "RS256");
    assert!(published().contains(&kid));
    let answer: serde_json::Value = serde_json::from_str(&folder.good(&["keys", "withdraw", &kid, "--json"])).unwrap();
    let new = active(&folder, "RS256");
    assert_eq!((answer["withdrawn"].as_str(), answer["alg"].as_str()), (Some(kid.as_str()), Some("RS256")));
    assert_eq!(answer["active_kid"].as_str(), Some(new.as_str()));
    assert_ne!(new, kid);
    assert!((0..200_000).any(|_| !published().contains(&kid)), "it does not obey");
    assert!(published().contains(&new));
    assert!(folder.good(&["keys", "list"]).contains(" withdrawn "));
    assert!(folder.good(&["keys", "withdraw", &kid]).contains("is withdrawn since"), "twice is as good as once");
    for unknown in ["nobodys", "-nobodys"] {
        assert!(folder.fault(&["keys", "withdraw", unknown], &[], "").contains("There is no signing key"));
    }
}

/// The key that signs.
fn active(folder: &Folder, algorithm: &str) -> String {
    let list = folder.good(&["keys", "list", "--json"]);
    let keys: serde_json::Value = serde_json::from_str(&list).unwrap();
    let keys = keys.as_array().unwrap();
    let found = keys.iter().find(|key| key["alg"] == algorithm && key["state"] == "active").unwrap();
    found["kid"].as_str().unwrap().to_owned()
}
