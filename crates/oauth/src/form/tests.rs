//! Validation of the forms.

use super::*;
use crate::ClientKind;
use crate::fixture::query;
use crate::view::ScopeChoice;

fn known() -> Vec<ScopeChoice> {
    let choice = |name: &str, allowed| ScopeChoice { name: name.into(), title: String::new(), allowed };
    vec![choice("read", true), choice("write", false), choice("service_id=uslicer.iponweb.com", true)]
}

fn messages(errors: &[FieldError]) -> Vec<String> {
    errors.iter().map(|error| format!("{}: {}", error.field, error.message)).collect()
}

#[test]
fn a_token_form_is_read_and_good() {
    let form = NewToken::parse(&query(
        "name=+backup+script+&scope=&scopes=read&scopes=read&scopes=service_id%3Duslicer.iponweb.com",
    ));
    assert_eq!((form.name.as_str(), form.scopes.len()), ("backup script", 2));
    assert_eq!(form.check(&known()), []);
}

#[test]
fn a_scope_is_added_by_its_short_form_and_removed() {
    let mut form = NewToken::parse(&query("name=x&scope=+uslicer.iponweb.com"));
    assert_eq!(form.add(&known()), Ok(()));
    assert_eq!((form.scopes.join(","), form.scope.as_str()), ("service_id=uslicer.iponweb.com".into(), ""));
    form.scope = "uslicer.iponweb.com".into();
    assert_eq!((form.add(&known()), form.scopes.len()), (Ok(()), 1));
    form.remove("service_id=uslicer.iponweb.com");
    assert_eq!(form.scopes, Vec::<String>::new());
}

#[test]
fn a_wrong_scope_is_named_and_nothing_typed_is_lost() {
    let cases = [
        ("nonsense", "scope-unknown (scope: nonsense)"),
        ("write", "scope-not-allowed (scope: write)"),
        ("", "scope-missing"),
    ];
    for (typed, message) in cases {
        let mut form = NewToken { name: "x".into(), scope: typed.into(), scopes: Vec::new() };
        let before = form.clone();
        assert_eq!(form.add(&known()).map_err(|error| error.message.to_string()), Err(message.to_owned()));
        assert_eq!(form, before);
    }
}

#[test]
fn everything_wrong_is_said_at_once() {
    let form = NewToken { name: String::new(), scope: String::new(), scopes: vec![] };
    assert_eq!(messages(&form.check(&known())), ["name: name-missing", "scope: scope-missing"]);
    let form =
        NewToken { name: "x".repeat(101), scope: "photos:write".into(), scopes: vec!["write".into(), "gone".into()] };
    let expected = [
        "name: name-long",
        "scope: scope-not-added (scope: photos:write)",
        "scope: scope-not-allowed (scope: write)",
        "scope: scope-unknown (scope: gone)",
    ];
    assert_eq!(messages(&form.check(&known())), expected);
    let flood = NewToken { name: "x".into(), scope: String::new(), scopes: vec!["x".into(); 10_000] };
    assert_eq!(flood.check(&known()).len(), 101);
}

#[test]
fn a_link_fills_the_form_with_what_is_allowed() {
    let form = NewToken::prefill(
        &query("name=backup&scope=read&scope=write&scope=uslicer.iponweb.com&scope=nonsense&scopes=read"),
        &known(),
    );
    assert_eq!((form.name.as_str(), form.scope.as_str()), ("backup", ""));
    assert_eq!(form.scopes, ["read", "service_id=uslicer.iponweb.com"]);
}

#[test]
fn invisible_characters_are_taken_out_of_names() {
    assert_eq!(visible("Photo\u{202e}Printer\u{200b}\u{2066}\u{feff}\n"), "PhotoPrinter");
    assert_eq!(visible("Fotodrucker f\u{fc}r \u{65e5}\u{672c}"), "Fotodrucker f\u{fc}r \u{65e5}\u{672c}");
    assert_eq!(NewToken::parse(&query("name=a%E2%80%AEb%0A")).name, "ab");
}

#[test]
fn an_application_form_is_read_and_good() {
    let form = ClientForm::parse(&query(
        "name=Photo+Printer&description=Prints&redirect_uri=+https://a.example/cb+&redirect_uri=&redirect_uri=https://a.example/cb&type=native&pkce=optional",
    ));
    assert_eq!(form.redirect_uris, ["https://a.example/cb"]);
    assert_eq!((form.kind, form.require_pkce, form.check()), (ClientKind::Public, false, vec![]));
    let empty = ClientForm::default();
    assert_eq!((empty.redirect_uris.len(), empty.kind, empty.require_pkce), (1, ClientKind::Confidential, true));
}

#[test]
fn each_field_of_an_application_is_checked() {
    let good = ClientForm::parse(&query("name=x&redirect_uri=https://a.example/cb"));
    let rows = vec!["https://a.example/cb".into(), "http://a.example/cb".into(), String::new()];
    let form =
        ClientForm { name: "Pho\u{202e}to".into(), description: "x".repeat(501), redirect_uris: rows, ..good.clone() };
    let expected =
        ["name: text-invisible", "description: text-long", "redirect_uri_2: uri-https", "redirect_uri_3: uri-missing"];
    assert_eq!(messages(&form.check()), expected);
    let many = ClientForm { redirect_uris: vec!["https://a.example/cb".into(); 21], ..good };
    assert_eq!(messages(&many.check()), ["redirect_uri_21: uri-many"]);
}

#[test]
fn only_scopes_that_exist_may_be_left_out() {
    let form = |scopes: &str| ClientForm::parse(&query(&format!("name=x&{scopes}")));
    let ticked = form("optional_scope=read&optional_scope=read&optional_scope=write");
    assert_eq!((ticked.optional_scopes.join(" ").as_str(), ticked.check_scopes(&known())), ("read write", None));
    let mut all = known();
    all.push(ScopeChoice { name: "introspect".into(), title: String::new(), allowed: true });
    for (typed, named) in [("nonsense", "nonsense"), ("introspect", "introspect")] {
        let error = form(&format!("optional_scope=read&optional_scope={typed}")).check_scopes(&all);
        let expected = format!("optional_scopes: scope-unknown (scope: {named})");
        assert_eq!(error.map(|error| messages(&[error])), Some(vec![expected]));
    }
    let edited = ClientForm::edited(&query("redirect_uri=a&optional_scope=read"), "add");
    assert_eq!(edited.map(|form| form.optional_scopes), Some(vec!["read".to_owned()]));
}

#[test]
fn two_forms_differ_in_the_fields_that_say_something_else() {
    let mine = ClientForm::parse(&query("name=x&redirect_uri=a&optional_scope=read&optional_scope=write"));
    let same = ClientForm { optional_scopes: vec!["write".into(), "read".into()], ..mine.clone() };
    assert_eq!(mine.differs_from(&same), []);
    let theirs = ClientForm { name: "y".into(), require_pkce: false, ..mine.clone() };
    assert_eq!(mine.differs_from(&theirs), [ClientField::Name, ClientField::RequirePkce]);
    let theirs = ClientForm {
        description: "d".into(),
        redirect_uris: vec!["a".into(), "b".into()],
        optional_scopes: vec!["read".into()],
        ..mine.clone()
    };
    let fields = [ClientField::Description, ClientField::RedirectUris, ClientField::OptionalScopes];
    assert_eq!(mine.differs_from(&theirs), fields);
}

#[test]
fn rows_keep_the_numbers_of_the_page() {
    let params = query("name=x&redirect_uri=&redirect_uri=a&redirect_uri=b");
    let rows = |intent| ClientForm::edited(&params, intent).map(|form| form.redirect_uris.join(","));
    assert_eq!(rows("remove:2").as_deref(), Some(",b"));
    assert_eq!(rows("remove:9").as_deref(), Some(",a,b"));
    assert_eq!(rows("add").as_deref(), Some(",a,b,"));
    for intent in ["remove:0", "remove:", "remove:-1", "register", "save", ""] {
        assert_eq!(rows(intent), None, "{intent}");
    }
    let one = ClientForm::edited(&query("redirect_uri=a"), "remove:1").map(|form| form.redirect_uris);
    assert_eq!(one, Some(vec![String::new()]));
}
