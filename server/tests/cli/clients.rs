use serde_json::{Value, json};

use crate::harness::Folder;

const CALLBACK: &str = "https://printer.example/callback";

#[test]
fn a_client_is_registered_with_everything_that_was_said_of_it() {
    let folder = Folder::ready();
    folder.user("grace");
    folder.good(&["scope", "add", "read"]);
    let client = folder.json(
        &[
            "client",
            "add",
            "--name",
            "Photo Printer",
            "--description",
            "Prints",
            "--redirect-uri",
            CALLBACK,
            "--redirect-uri",
            "http://127.0.0.1/cb",
            "--first-party",
            "--scope",
            "read",
            "--owner",
            "grace",
            "--no-pkce",
            "--post-logout-redirect-uri",
            "https://printer.example/bye",
        ],
        "",
    );
    assert!(client["client_id"].as_str().unwrap().starts_with("c_"));
    assert!(client["client_secret"].as_str().unwrap().starts_with("jtn_cs_"));
    let id = client["client_id"].as_str().unwrap();
    let mut shown = folder.json(&["client", "show", id], "");
    shown["client_secret"] = client["client_secret"].clone();
    assert_eq!(shown, client);
    assert_eq!(client["grant_types"], json!(["authorization_code", "password", "refresh_token"]));
    assert_eq!(client["redirect_uris"], json!([CALLBACK, "http://127.0.0.1/cb"]));
    assert_eq!(
        (&client["owner"], &client["require_pkce"], &client["scope"]),
        (&json!(1), &json!(false), &json!(["read"]))
    );
}

#[test]
fn a_public_client_has_no_secret_and_always_pkce() {
    let folder = Folder::ready();
    let add = ["client", "add", "--name", "Swagger UI", "--public", "--redirect-uri", CALLBACK];
    let client = folder.json(&add, "");
    assert_eq!(client.get("client_secret"), None);
    assert_eq!((&client["kind"], &client["require_pkce"]), (&json!("public"), &json!(true)));
    let more = |arguments: &[&'static str]| add.iter().chain(arguments).copied().collect::<Vec<_>>();
    assert!(folder.fault(&more(&["--no-pkce"]), &[], "").contains("PKCE"));
    assert!(folder.fault(&more(&["--grant", "client_credentials"]), &[], "").contains("client_credentials"));
    assert!(folder.fault(&more(&["--client-secret-stdin"]), &[], "secret").contains("no secret"));
}

#[test]
fn an_operator_may_choose_id_and_secret() {
    let folder = Folder::ready();
    let add = ["client", "add", "--name", "demo-api", "--client-id", "demo-api", "--client-secret-stdin"];
    let client = folder.json(&add, "open sesame\n");
    assert_eq!((&client["client_id"], &client["client_secret"]), (&json!("demo-api"), &json!("open sesame")));
    assert_eq!(client["grant_types"], json!(["client_credentials"]));
    assert!(folder.fault(&add, &[], "open sesame").contains("demo-api already"));
    assert!(folder.fault(&add, &[], "").contains("standard input"));
}

#[test]
fn what_cannot_be_a_client_is_refused() {
    let folder = Folder::ready();
    let table: [(&[&str], &str); 6] = [
        (&["--redirect-uri", "http://printer.example/"], "redirect_uri_1"),
        (&["--grant", "authorization_code"], "redirect URI"),
        (&["--grant", "implicit"], "implicit"),
        (&["--owner", "nobody"], "There is no user nobody"),
        (&["--scope", "nonsense"], "nonsense"),
        (&["--client-id", "a b"], "client id"),
    ];
    for (arguments, part) in table {
        let arguments: Vec<&str> = ["client", "add", "--name", "X"].iter().chain(arguments).copied().collect();
        let line = folder.fault(&arguments, &[], "");
        assert!(line.contains(part), "{line}");
    }
    assert_eq!(folder.json(&["client", "list"], ""), json!([]));
    folder.good(&["client", "add", "--name", "X"]);
}

#[test]
fn a_secret_is_rotated_and_a_client_disabled_and_removed() {
    let folder = Folder::ready();
    let client = folder.json(&["client", "add", "--name", "X", "--redirect-uri", CALLBACK], "");
    let id = client["client_id"].as_str().unwrap();
    let rotated = folder.json(&["client", "rotate-secret", id, "--keep", "60"], "");
    assert_eq!(rotated["client_id"], client["client_id"]);
    assert_ne!(rotated["client_secret"], client["client_secret"]);
    assert!(folder.fault(&["client", "rotate-secret", id, "--keep", "-1"], &[], "").contains("-1"));
    folder.good(&["client", "disable", id]);
    let listed = folder.json(&["client", "list"], "");
    assert_eq!(listed[0]["disabled"], Value::Bool(true));
    assert!(folder.good(&["client", "list"]).contains("disabled"));
    folder.good(&["client", "remove", id]);
    for command in ["show", "rotate-secret", "disable", "remove"] {
        assert!(folder.fault(&["client", command, id], &[], "").contains("There is no client"));
    }
}
