use std::sync::Arc;

use oauth::form::NewToken;
use provider::clock::System;
use provider::entropy::Os;
use provider::fetch::Nowhere;
use provider::{Dependencies, Provider, SecretKey, Settings, Store};
use serde_json::json;

use crate::harness::Folder;

/// Makes a permanent token of user 1, as the page does; its value.
fn permanent(folder: &Folder, name: &str) -> String {
    let url = format!("sqlite:{}", folder.0.join("data/jeton.db").display());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let store = Store::open(&url).await.unwrap();
        let dependencies = Dependencies { clock: Arc::new(System), entropy: Arc::new(Os), fetch: Arc::new(Nowhere) };
        let provider = Provider::open(store, SecretKey::generate(&Os), Settings::default(), dependencies);
        let form = NewToken { name: name.to_owned(), scope: String::new(), scopes: vec!["read".to_owned()] };
        provider.create_token(1, &form, name).await.unwrap().secret.expose().to_owned()
    })
}

#[test]
fn tokens_are_listed_without_values_and_revoked_by_id_or_value() {
    let folder = Folder::ready();
    folder.good(&["scope", "add", "read"]);
    folder.user("ada");
    folder.user("grace");
    assert_eq!(folder.json(&["token", "list"], ""), json!([]));
    let (one, two) = (permanent(&folder, "one"), permanent(&folder, "two"));
    let listed = folder.json(&["token", "list", "--user", "ADA"], "");
    assert_eq!(listed.as_array().unwrap().len(), 2);
    let first = listed.as_array().unwrap().iter().find(|token| token["name"] == "one").unwrap();
    assert_eq!(
        (&first["kind"], &first["username"], &first["scope"]),
        (&json!("permanent"), &json!("ada"), &json!(["read"]))
    );
    assert_eq!((&first["expires_at"], &first["revoked_at"]), (&json!(null), &json!(null)));
    assert!(!listed.to_string().contains(&one) && !folder.good(&["token", "list"]).contains(&one));
    assert_eq!(folder.json(&["token", "list", "--user", "grace"], ""), json!([]));

    folder.good(&["token", "revoke", first["id"].as_str().unwrap()]);
    folder.good_with(&["token", "revoke", "--value-stdin"], &format!("{two}\n"));
    let after = folder.json(&["token", "list"], "");
    assert!(after.as_array().unwrap().iter().all(|token| token["revoked_at"].is_string()));
}

#[test]
fn a_reset_names_the_permanent_tokens_that_go_on_and_ends_them_where_told_so() {
    let folder = Folder::ready();
    folder.good(&["scope", "add", "read"]);
    folder.user("ada");
    permanent(&folder, "backup script");
    let reset = ["user", "password", "ada", "--password-stdin"];
    let named = folder.good_with(&reset, "another password");
    assert!(named.contains("jeton token revoke ") && named.contains("(backup script)"), "{named}");
    let live = folder.json(&reset, "yet another password");
    assert_eq!(live["permanent_tokens"][0]["name"], "backup script");
    let ended = folder.json(&[&reset[..], &["--end-permanent-tokens"]].concat(), "the last password");
    assert_eq!(ended["permanent_tokens"], json!([]));
    assert!(folder.json(&["token", "list"], "")[0]["revoked_at"].is_string());
}

#[test]
fn what_is_no_token_cannot_be_revoked() {
    let folder = Folder::ready();
    assert!(folder.fault(&["token", "revoke", "nonsense"], &[], "").contains("There is no token nonsense"));
    assert!(folder.fault(&["token", "revoke", "--value-stdin"], &[], "jtn_pt_nonsense").contains("no live token"));
    assert!(folder.fault(&["token", "revoke"], &[], "").contains("--value-stdin"));
    assert!(folder.fault(&["token", "list", "--user", "nobody"], &[], "").contains("There is no user nobody"));
}
