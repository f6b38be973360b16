use serde_json::{Value, json};

use crate::harness::Folder;

const CALLBACK: &str = "https://printer.example/callback";

/// Just long enough.
const SECRET: &str = "open sesame, open sesame, sesame";

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
    assert!(folder.fault(&more(&["--client-secret-stdin"]), &[], SECRET).contains("no secret"));
}

#[test]
fn an_operator_may_choose_id_and_secret() {
    let folder = Folder::ready();
    let add = ["client", "add", "--name", "demo-api", "--client-id", "demo-api", "--client-secret-stdin"];
    let client = folder.json(&add, &format!("{SECRET}\n"));
    assert_eq!((&client["client_id"], &client["client_secret"]), (&json!("demo-api"), &json!(SECRET)));
    assert_eq!(client["grant_types"], json!(["client_credentials"]));
    assert!(folder.fault(&add, &[], SECRET).contains("demo-api already"));
    for short in ["x", &SECRET[..31]] {
        assert!(folder.fault(&add, &[], short).contains("32 to 200"), "{short}");
    }
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

/// The public key of RFC 9449 4.1.
const KEYS: &str = r#"{"keys":[{"kty":"EC","crv":"P-256","kid":"1","x":"l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs","y":"9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA"}]}"#;

#[test]
fn a_client_with_a_key_has_no_secret() {
    let folder = Folder::ready();
    std::fs::write(folder.0.join("keys.json"), KEYS).unwrap();
    std::fs::write(folder.0.join("broken.json"), "{").unwrap();
    std::fs::write(folder.0.join("none.json"), r#"{"keys":[]}"#).unwrap();
    let add = ["client", "add", "--name", "X", "--auth-method", "private_key_jwt"];
    let more = |arguments: &[&'static str]| add.iter().chain(arguments).copied().collect::<Vec<_>>();
    let client = folder.json(&more(&["--jwks-file", "keys.json"]), "");
    assert_eq!(client.get("client_secret"), None);
    assert_eq!(client["token_endpoint_auth_method"], json!("private_key_jwt"));
    assert_eq!(client["jwks"]["keys"][0]["kid"], json!("1"));
    let id = client["client_id"].as_str().unwrap();
    assert!(folder.fault(&["client", "rotate-secret", id], &[], "").contains("proves itself with its keys"));
    assert!(!folder.good(&more(&["--jwks-uri", "https://printer.example/jwks"])).contains("client_secret"));
    let table: [(&[&'static str], &str); 5] = [
        (&[], "needs the client's public keys"),
        (&["--jwks-uri", "http://printer.example/jwks"], "https"),
        (&["--jwks-file", "missing.json"], "cannot be read"),
        (&["--jwks-file", "broken.json"], "is not JSON"),
        (&["--jwks-file", "none.json"], "no JWK set"),
    ];
    for (arguments, part) in table {
        let line = folder.fault(&more(arguments), &[], "");
        assert!(line.contains(part), "{line}");
    }
    let secret = more(&["--jwks-file", "keys.json", "--client-secret-stdin"]);
    assert!(folder.fault(&secret, &[], SECRET).contains("has no secret"));
}

#[test]
fn a_client_may_have_to_sign_and_to_push_its_requests() {
    let folder = Folder::ready();
    std::fs::write(folder.0.join("keys.json"), KEYS).unwrap();
    let add = ["client", "add", "--name", "X", "--redirect-uri", CALLBACK, "--require-signed-requests"];
    let more = |arguments: &[&'static str]| add.iter().chain(arguments).copied().collect::<Vec<_>>();
    assert!(folder.fault(&add, &[], "").contains("Signed requests need"));
    let uri = "https://printer.example/request";
    let rest = ["--jwks-file", "keys.json", "--request-uri", uri, "--require-pushed-requests"];
    let client = folder.json(&more(&rest), "");
    assert!(client["client_secret"].as_str().unwrap().starts_with("jtn_cs_"));
    assert_eq!(client["request_uris"], json!([uri]));
    assert_eq!(client["require_signed_request_object"], json!(true));
    assert_eq!(client["require_pushed_authorization_requests"], json!(true));
}
