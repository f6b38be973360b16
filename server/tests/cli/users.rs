use serde_json::json;

use crate::harness::{Folder, PASSWORD};

#[test]
fn a_user_is_added_shown_changed_and_listed() {
    let folder = Folder::ready();
    folder.good(&["scope", "add", "read"]);
    folder.good(&["scope", "add", "service_id=uslicer.iponweb.com"]);
    let arguments = [
        "user",
        "add",
        "Ada",
        "--admin",
        "--email",
        "ada@example.org",
        "--given-name",
        "Ada",
        "--claim",
        "family_name=Lovelace",
        "--claim",
        "email_verified=true",
        "--password-stdin",
    ];
    let ada = folder.json(&arguments, &format!("{PASSWORD}\nignored"));
    assert_eq!(
        (&ada["id"], &ada["username"], &ada["access"], &ada["admin"]),
        (&json!(1), &json!("ada"), &json!("full"), &json!(true))
    );
    assert_eq!((&ada["given_name"], &ada["family_name"]), (&json!("Ada"), &json!("Lovelace")));
    assert_eq!(ada["claims"], json!({"email_verified": true}));
    assert_eq!(folder.json(&["user", "show", "ada"], ""), ada);

    let guest = folder.json(&["user", "add", "guest", "--scope", "read", "--password-stdin"], PASSWORD);
    assert_eq!((&guest["access"], &guest["scope"]), (&json!("partial"), &json!(["read"])));
    let guest = folder.json(&["user", "set", "guest", "--scope", "uslicer.iponweb.com", "--admin"], "");
    assert_eq!((&guest["scope"], &guest["admin"]), (&json!(["service_id=uslicer.iponweb.com"]), &json!(true)));
    let guest = folder.json(&["user", "set", "guest", "--access", "full", "--no-admin"], "");
    assert_eq!((&guest["access"], &guest["admin"]), (&json!("full"), &json!(false)));

    assert_eq!(folder.json(&["user", "disable", "guest"], "")["disabled"], json!(true));
    assert_eq!(folder.json(&["user", "enable", "guest"], "")["disabled"], json!(false));
    assert_eq!(folder.json(&["user", "list"], "").as_array().unwrap().len(), 2);
    let table = folder.good(&["user", "list"]);
    assert!(table.starts_with("ID  USERNAME") && table.contains("Ada Lovelace"), "{table}");
}

#[test]
fn what_cannot_be_a_user_is_refused() {
    let folder = Folder::ready();
    folder.user("ada");
    let add = |arguments: &[&str], input: &str| {
        let arguments: Vec<&str> = ["user", "add"].iter().chain(arguments).copied().collect();
        folder.fault(&arguments, &[], input)
    };
    assert!(add(&["ada", "--password-stdin"], PASSWORD).contains("already"));
    assert!(add(&["a b", "--password-stdin"], PASSWORD).contains("username"));
    assert!(add(&["grace", "--password-stdin"], "short").contains("password"));
    assert!(add(&["grace", "--password-stdin"], "").contains("standard input"));
    assert!(add(&["grace"], PASSWORD).contains("--password-stdin"));
    assert!(add(&["grace", "--scope", "nonsense", "--password-stdin"], PASSWORD).contains("nonsense"));
    assert!(add(&["grace", "--claim", "sub=1", "--password-stdin"], PASSWORD).contains("sub"));
    assert!(add(&["grace", "--access", "some", "--password-stdin"], PASSWORD).contains("some"));
    for arguments in
        [&["user", "show", "nobody"][..], &["user", "disable", "nobody"], &["user", "set", "nobody", "--admin"]]
    {
        assert!(folder.fault(arguments, &[], "").contains("There is no user nobody"));
    }
    folder.user("grace");
}

#[test]
fn a_disabled_developers_applications_are_named_and_disabled_only_when_told_so() {
    let folder = Folder::ready();
    folder.user("grace");
    folder.user("ada");
    let add = |name: &str, more: &[&str]| {
        let uri = "https://app.example/callback";
        let arguments = [&["client", "add", "--name", name, "--redirect-uri", uri], more].concat();
        folder.json(&arguments, "")["client_id"].as_str().unwrap().to_owned()
    };
    let (own, others) = (add("Photo Printer", &["--owner", "grace"]), add("House", &[]));
    let disabled = |id: &str| folder.json(&["client", "show", id], "")["disabled"].clone();

    let text = folder.good(&["user", "disable", "grace"]);
    assert!(text.contains(&format!("Photo Printer ({own})")) && text.contains("--with-applications"), "{text}");
    assert_eq!((disabled(&own), disabled(&others)), (json!(false), json!(false)));
    let answer = folder.json(&["user", "disable", "grace"], "");
    let named = |disabled: bool| json!([{"client_id": own, "name": "Photo Printer", "disabled": disabled}]);
    assert_eq!((&answer["disabled"], &answer["applications"]), (&json!(true), &named(false)));

    let answer = folder.json(&["user", "disable", "grace", "--with-applications"], "");
    assert_eq!((&answer["disabled"], &answer["applications"]), (&json!(true), &named(true)));
    assert_eq!((disabled(&own), disabled(&others)), (json!(true), json!(false)));
    let text = folder.good(&["user", "disable", "grace"]);
    assert_eq!(text, "User grace disabled\n", "none of them goes on");
    let text = folder.good(&["user", "disable", "ada", "--with-applications"]);
    assert_eq!(text, "User ada disabled\n", "there are none");
}

#[test]
fn a_password_is_set_from_standard_input_and_checked() {
    let folder = Folder::ready();
    folder.user("ada");
    let password = ["user", "password", "ada", "--password-stdin"];
    assert!(folder.fault(&password, &[], "ada").contains("password"));
    let before = folder.json(&["user", "show", "ada"], "");
    folder.good_with(&password, "another horse battery\r\n");
    assert_eq!(folder.json(&["user", "show", "ada"], "")["id"], before["id"]);
    assert!(folder.fault(&["user", "password", "nobody", "--password-stdin"], &[], PASSWORD).contains("nobody"));
}

#[test]
fn scopes_are_added_listed_and_removed() {
    let folder = Folder::ready();
    let read = folder.json(&["scope", "add", "read", "--title", "See your data"], "");
    assert_eq!(
        read,
        json!({"name": "read", "title": "See your data", "description": "", "risk": "unknown", "languages": {}})
    );
    assert!(folder.fault(&["scope", "add", "a b"], &[], "").contains("scope"));
    let list = folder.json(&["scope", "list"], "");
    let names = list.as_array().unwrap().iter().map(|scope| scope["name"].as_str().unwrap());
    let names: Vec<_> = names.filter(|name| !oauth::oidc::SCOPES.contains(name)).collect();
    assert_eq!(names, ["introspect", "read"]);
    folder.good(&["scope", "add", "openid", "--title", "Learn who you are"]);
    assert_eq!(folder.json(&["scope", "add", "openid"], "")["title"], json!("Learn who you are"));
    let removed = folder.json(&["scope", "remove", "read"], "");
    assert_eq!((&removed["clients"], &removed["tokens"]), (&json!(0), &json!(0)));
    assert!(folder.fault(&["scope", "remove", "read"], &[], "").contains("There is no scope read"));
}

#[test]
fn a_setup_link_is_for_a_database_without_administrator() {
    let folder = Folder::ready();
    let link = folder.json(&["setup-link"], "");
    assert!(link["url"].as_str().unwrap().starts_with("http://127.0.0.1:8080/setup?token="));
    folder.user("grace");
    folder.good(&["setup-link"]);
    folder.good_with(&["user", "add", "ada", "--admin", "--password-stdin"], PASSWORD);
    assert!(folder.fault(&["setup-link"], &[], "").contains("administrator already"));
}
