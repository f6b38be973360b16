//! `client set`, `client enable`, and what a client may not be.

use serde_json::{Value, json};

use crate::harness::Folder;

const CALLBACK: &str = "https://printer.example/callback";
/// The public key of RFC 9449 4.1.
const KEYS: &str = r#"{"keys":[{"kty":"EC","crv":"P-256","kid":"1","x":"l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs","y":"9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA"}]}"#;

/// A folder with the client `printer`.
fn printer(more: &[&str]) -> Folder {
    let folder = Folder::ready();
    std::fs::write(folder.0.join("keys.json"), KEYS).unwrap();
    let add = ["client", "add", "--name", "Photo Printer", "--client-id", "printer", "--redirect-uri", CALLBACK];
    folder.good(&[&add, more].concat());
    folder
}

/// The options, and the members that they change.
type Step<'a> = (&'a [&'a str], &'a [(&'a str, Value)]);

fn set(folder: &Folder, more: &[&str]) -> Value {
    folder.json(&[&["client", "set", "printer"], more].concat(), "")
}

fn refusal(folder: &Folder, more: &[&str]) -> String {
    folder.fault(&[&["client", "set", "printer"], more].concat(), &[], "")
}

#[test]
fn only_what_is_named_changes_and_a_list_replaces_the_one_before() {
    let folder = printer(&["--description", "Prints", "--post-logout-redirect-uri", "https://printer.example/bye"]);
    folder.user("grace");
    folder.good(&["scope", "add", "read"]);
    let before = folder.json(&["client", "show", "printer"], "");
    let steps: [Step; 11] = [
        (&["--name", "Printer"], &[("name", json!("Printer"))]),
        (
            &["--redirect-uri", "https://a.example/cb", "--redirect-uri", "https://b.example/cb"],
            &[("redirect_uris", json!(["https://a.example/cb", "https://b.example/cb"]))],
        ),
        (
            &["--scope", "read", "--optional-scope", "read"],
            &[("scope", json!(["read"])), ("optional_scope", json!(["read"]))],
        ),
        (&["--scope", ""], &[("scope", Value::Null)]),
        (&["--owner", "grace"], &[("owner", json!(1))]),
        (&["--owner", ""], &[("owner", Value::Null)]),
        (&["--grant", "client_credentials"], &[("grant_types", json!(["client_credentials"]))]),
        (&["--post-logout-redirect-uri", ""], &[("post_logout_redirect_uris", json!([]))]),
        (&["--first-party", "--trusted"], &[("first_party", json!(true)), ("trusted", json!(true))]),
        (&["--no-trusted", "--id-token-claims"], &[("trusted", json!(false)), ("id_token_claims", json!(true))]),
        (&["--id-token-alg", "ES256"], &[("id_token_alg", json!("ES256"))]),
    ];
    let mut expected = before.clone();
    for (arguments, changes) in steps {
        for (name, value) in changes {
            expected[*name] = value.clone();
        }
        assert_eq!(set(&folder, arguments), expected, "{arguments:?}");
    }
    assert_eq!(folder.json(&["client", "show", "printer"], ""), expected);
}

#[test]
fn what_a_client_registers_beyond_rfc_6749_is_set_and_taken_away() {
    let folder = printer(&[]);
    let told = "https://printer.example/hear";
    let keyed = set(&folder, &["--auth-method", "private_key_jwt", "--jwks-file", "keys.json"]);
    assert_eq!(
        (&keyed["token_endpoint_auth_method"], &keyed["jwks"]["keys"][0]["kid"]),
        (&json!("private_key_jwt"), &json!("1"))
    );
    assert!(folder.fault(&["client", "rotate-secret", "printer"], &[], "").contains("its keys"));
    let fetched = set(&folder, &["--jwks-uri", "https://printer.example/jwks", "--backchannel-logout-uri", told]);
    assert_eq!((fetched.get("jwks"), &fetched["backchannel_logout_uri"]), (None, &json!(told)));
    let plain = set(&folder, &["--auth-method", "any", "--backchannel-logout-uri", "", "--require-dpop"]);
    assert_eq!((plain.get("token_endpoint_auth_method"), plain.get("backchannel_logout_uri")), (None, None));
    assert_eq!(plain["dpop_bound_access_tokens"], json!(true));
    assert_eq!(set(&folder, &["--no-require-dpop"]).get("dpop_bound_access_tokens"), None);
    folder.good(&["client", "rotate-secret", "printer"]);
}

#[test]
fn a_change_that_makes_no_sense_changes_nothing() {
    let folder = printer(&[]);
    let before = folder.json(&["client", "show", "printer"], "");
    let table: [(&[&str], &str); 9] = [
        (&["--redirect-uri", "http://printer.example/"], "redirect_uri_1"),
        (&["--redirect-uri", ""], "redirect URI"),
        (&["--name", ""], "name"),
        (&["--owner", "nobody"], "There is no user nobody"),
        (&["--scope", "nonsense"], "nonsense"),
        (&["--auth-method", "private_key_jwt"], "public keys"),
        (&["--public", "--no-pkce"], "PKCE"),
        (&["--trusted", "--no-trusted"], "cannot be used with"),
        (&["--backchannel-logout-session-required"], "needs --backchannel-logout-uri"),
    ];
    for (arguments, part) in table {
        let line = refusal(&folder, arguments);
        assert!(line.contains(part), "{arguments:?}: {line}");
    }
    assert_eq!(folder.json(&["client", "show", "printer"], ""), before);
    assert!(folder.fault(&["client", "set", "nobody", "--name", "X"], &[], "").contains("There is no client nobody"));
}

#[test]
fn a_rule_about_pkce_is_for_confidential_clients() {
    let folder = printer(&["--pkce", "nonce-or-pkce"]);
    let shown = folder.json(&["client", "show", "printer"], "");
    assert_eq!((&shown["pkce"], &shown["require_pkce"]), (&json!("nonce-or-pkce"), &json!(true)));
    let off = set(&folder, &["--no-pkce"]);
    assert_eq!((&off["pkce"], &off["require_pkce"]), (&Value::Null, &json!(false)));
    assert_eq!(set(&folder, &["--pkce", "required"])["pkce"], json!("required"));
    assert!(refusal(&folder, &["--pkce", "sometimes"]).contains("sometimes"));
    assert!(refusal(&folder, &["--public", "--pkce", "nonce-or-pkce"]).contains("PKCE"));
    let setting = [("JETON_PKCE", "sometimes")];
    assert!(folder.fault(&["client", "list"], &setting, "").contains("nonce-or-pkce"));
    assert!(folder.run(&["client", "list"], &[("JETON_PKCE", "nonce-or-pkce")], "").good);
}

#[test]
fn a_public_client_on_the_persons_device_cannot_be_trusted() {
    let folder = Folder::ready();
    let add = ["client", "add", "--name", "X", "--trusted", "--redirect-uri"];
    for uri in ["http://127.0.0.1/cb", "com.example.printer:/cb"] {
        let line = folder.fault(&[&add[..], &[uri, "--public"]].concat(), &[], "");
        assert!(line.contains("RFC 8252"), "{line}");
        assert_eq!(folder.json(&[&add[..], &[uri]].concat(), "")["trusted"], json!(true));
    }
    assert_eq!(folder.json(&[&add[..], &[CALLBACK, "--public"]].concat(), "")["trusted"], json!(true));
}

#[test]
fn the_fapi_profile_implies_what_it_demands_and_refuses_the_rest() {
    let folder = printer(&[]);
    let add = ["client", "add", "--name", "Bank", "--redirect-uri", CALLBACK, "--fapi", "--jwks-file", "keys.json"];
    let bank = folder.json(&add, "");
    let implied = [
        "id_token_alg",
        "token_endpoint_auth_method",
        "require_pushed_authorization_requests",
        "dpop_bound_access_tokens",
        "require_pkce",
    ];
    let values = [json!("ES256"), json!("private_key_jwt"), json!(true), json!(true), json!(true)];
    assert_eq!(implied.map(|name| bank[name].clone()), values);
    assert_eq!(bank.get("client_secret"), None);
    let table: [(&[&str], &str); 9] = [
        (&["--id-token-alg", "RS256"], "ES256"),
        (&["--userinfo-alg", "RS256"], "ES256"),
        (&["--auth-method", "client_secret_basic"], "private_key_jwt"),
        (&["--public"], "public"),
        (&["--no-pkce"], "PKCE"),
        (&["--pkce", "nonce-or-pkce"], "PKCE"),
        (&["--no-require-dpop"], "bound tokens"),
        (&["--no-require-pushed-requests"], "PAR"),
        (&["--grant", "password"], "password"),
    ];
    for (arguments, part) in table {
        let line = folder.fault(&[&add[..], arguments].concat(), &[], "");
        assert!(line.contains(part), "{arguments:?}: {line}");
    }
    assert!(refusal(&folder, &["--fapi"]).contains("public keys"));
    let printer = set(&folder, &["--fapi", "--jwks-file", "keys.json"]);
    assert_eq!(implied.map(|name| printer[name].clone()), values);
    assert!(refusal(&folder, &["--id-token-alg", "RS256"]).contains("ES256"));
}

#[test]
fn a_disabled_client_is_enabled_again() {
    let folder = printer(&[]);
    folder.good(&["client", "disable", "printer"]);
    assert_eq!(folder.json(&["client", "show", "printer"], "")["disabled"], json!(true));
    assert_eq!(folder.json(&["client", "enable", "printer"], ""), json!({"client_id": "printer", "disabled": false}));
    assert_eq!(folder.json(&["client", "show", "printer"], "")["disabled"], json!(false));
    assert!(folder.fault(&["client", "enable", "nobody"], &[], "").contains("There is no client nobody"));
}

#[test]
fn a_client_that_becomes_public_loses_its_secret_and_gets_one_when_it_is_confidential_again() {
    let folder = printer(&[]);
    assert_eq!(set(&folder, &["--public"])["kind"], json!("public"));
    assert!(folder.fault(&["client", "rotate-secret", "printer"], &[], "").contains("no secret"));
    assert_eq!(set(&folder, &["--no-public"])["kind"], json!("confidential"));
    folder.good(&["client", "rotate-secret", "printer"]);
}
