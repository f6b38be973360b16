//! `user set` beyond rights, `user remove`, and claims.

use serde_json::{Value, json};

use crate::harness::{Folder, PASSWORD};

#[test]
fn only_what_is_named_of_a_person_changes() {
    let folder = Folder::ready();
    let add =
        ["user", "add", "ada", "--email", "ada@example.org", "--claim", "email_verified=true", "--password-stdin"];
    folder.good_with(&add, PASSWORD);
    let set = |more: &[&str]| folder.json(&[&["user", "set", "ada"], more].concat(), "");
    let named = set(&["--given-name", "Ada", "--claim", "family_name=Lovelace", "--claim", "birthdate=1915-12-10"]);
    assert_eq!((&named["given_name"], &named["family_name"]), (&json!("Ada"), &json!("Lovelace")));
    assert_eq!(named["claims"], json!({"email_verified": true, "birthdate": "1915-12-10"}));
    assert_eq!((&named["email"], &named["access"]), (&json!("ada@example.org"), &json!("full")));
    assert_eq!(set(&["--email", "ada@example.org"])["claims"]["email_verified"], json!(true), "the same address");
    let moved = set(&["--email", "ada@example.com"]);
    assert_eq!((&moved["email"], moved["claims"].get("email_verified")), (&json!("ada@example.com"), None));
    let verified = set(&["--email", "ada@example.net", "--claim", "email_verified=true"]);
    assert_eq!(verified["claims"]["email_verified"], json!(true));
    let fewer = set(&["--email", "", "--claim", "birthdate="]);
    assert_eq!((&fewer["email"], fewer["claims"].get("birthdate")), (&Value::Null, None));
    let admin = set(&["--admin", "--claim", "nickname=Countess"]);
    assert_eq!((&admin["admin"], &admin["claims"]["nickname"]), (&json!(true), &json!("Countess")));
    assert_eq!(folder.json(&["user", "show", "ada"], ""), admin);
    folder.good(&["scope", "add", "read"]);
    let narrowed = set(&["--scope", "read"]);
    assert_eq!(narrowed["access"], json!("partial"), "a list is what partial access may do, as with `user add`");
    assert_eq!(set(&["--access", "full"])["access"], json!("full"));
}

#[test]
fn a_claim_that_would_not_be_told_is_refused_with_what_was_meant() {
    let folder = Folder::ready();
    folder.user("ada");
    let table = [
        ("birthday=1915-12-10", "Did you mean birthdate?"),
        ("birthdate=10.12.1915", "YYYY-MM-DD"),
        ("email_verified=yes", "true or false"),
        ("updated_at=yesterday", "seconds since 1970"),
        ("zoneinfo=CET+1 (Berlin)", "Europe/London"),
        ("locale=English, please", "en-GB"),
        ("address={\"city\":\"London\"}", "locality"),
        ("website=ada.example", "https://"),
        ("groups=admins", "there is no such claim"),
        ("sub=1", "Leave it out"),
    ];
    for (claim, part) in table {
        for command in [["user", "add", "eve", "--password-stdin"], ["user", "set", "ada", "--no-admin"]] {
            let line = folder.fault(&[&command[..], &["--claim", claim]].concat(), &[], PASSWORD);
            assert!(line.contains(part) && line.contains("--claim"), "{claim}: {line}");
        }
    }
    assert_eq!(folder.json(&["user", "list"], "").as_array().unwrap().len(), 1);
    assert_eq!(folder.json(&["user", "show", "ada"], "")["claims"], json!({}));
}

#[test]
fn a_user_is_removed_by_the_rules_of_ones_own_account() {
    let folder = Folder::ready();
    folder.user("grace");
    folder.good_with(&["user", "add", "ada", "--admin", "--password-stdin"], PASSWORD);
    let line = folder.fault(&["user", "remove", "ada"], &[], "");
    assert!(line.contains("last administrator") && line.contains("--admin"), "{line}");
    let add = [
        "client",
        "add",
        "--name",
        "X",
        "--client-id",
        "x",
        "--owner",
        "grace",
        "--redirect-uri",
        "https://x.example/",
    ];
    folder.good(&add);
    let removed = folder.json(&["user", "remove", "grace"], "");
    assert_eq!(removed, json!({"id": 1, "username": "grace", "removed": true, "applications": ["x"]}));
    assert_eq!(folder.json(&["client", "list"], ""), json!([]));
    assert!(folder.fault(&["user", "remove", "grace"], &[], "").contains("There is no user grace"));
    folder.user("grace");
    assert_eq!(folder.json(&["user", "show", "grace"], "")["id"], json!(3), "a number never comes to mean another");
    folder.good(&["user", "set", "grace", "--admin"]);
    folder.good(&["user", "remove", "ada"]);
}
