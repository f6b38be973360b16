//! Pages are sent compressed to browsers that accept it, except those whose length could tell a
//! secret (BREACH).

use std::io::Read;

use crate::harness::{AuthRequest, Browser, Call, Form, Reply, Test, WEB};

const NEW: &str = "/account/tokens/new";

async fn get(browser: &Browser, path: &str, accepted: &str) -> Reply {
    browser.send(Call::get(path).header("accept-encoding", accepted)).await
}

async fn post(browser: &Browser, form: &Form) -> Reply {
    let pairs: Vec<(&str, &str)> = form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.send(Call::post(&form.action, &pairs).header("accept-encoding", "gzip, br")).await
}

fn coding(reply: &Reply) -> &str {
    reply.header("content-encoding")
}

fn unpacked(reply: &Reply) -> String {
    let mut text = String::new();
    flate2::read::GzDecoder::new(&reply.body[..]).read_to_string(&mut text).unwrap();
    text
}

#[tokio::test]
async fn a_page_is_compressed_for_a_browser_that_accepts_it() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let plain = browser.get("/account/tokens").await;
    assert_eq!((coding(&plain), plain.header("vary")), ("", ""));
    let packed = get(&browser, "/account/tokens", "gzip, deflate, br, zstd").await;
    assert_eq!((coding(&packed), packed.header("vary"), packed.status), ("gzip", "accept-encoding", 200));
    assert!(unpacked(&packed).contains("No permanent tokens yet"));
    assert!(packed.body.len() * 5 < plain.body.len() * 2, "{} of {}", packed.body.len(), plain.body.len());
    for refused in ["identity", "gzip;q=0", "br", "x-unknown"] {
        assert_eq!(coding(&get(&browser, "/account/tokens", refused).await), "", "{refused}");
    }
    assert_eq!(coding(&get(&test.browser(), "/login", "gzip").await), "gzip");
    assert_eq!(coding(&get(&test.browser(), "/nothing", "gzip").await), "gzip");
}

#[tokio::test]
async fn a_page_that_shows_a_secret_is_not_compressed() {
    let test = Test::new().await;
    let ada = test.signed_in("ada").await;
    let form = ada.form(NEW, NEW).await.with("intent", "create").also("scopes", "read");
    let refused = post(&ada, &form.clone().with("name", "")).await;
    assert_eq!((refused.status, coding(&refused)), (422, "gzip"));
    let created = post(&ada, &form.with("name", "backup")).await;
    assert!(created.text().contains("jtn_pt_") && coding(&created).is_empty());
    let path = "/developer/applications/new";
    let form = ada.form(path, path).await.with("name", "App").with("redirect_uri", "https://a.example/cb");
    let registered = post(&ada, &form.with("intent", "register")).await;
    assert!(registered.text().contains("jtn_cs_") && coding(&registered).is_empty());
    let id = test.provider.applications(test.id_of("ada").await).await.unwrap().remove(0).client_id;
    let rotate = format!("/developer/applications/{id}/rotate");
    let rotated = post(&ada, &ada.form(&rotate, &rotate).await).await;
    assert!(rotated.text().contains("jtn_cs_") && coding(&rotated).is_empty());
    let consent_form = get(&ada, &AuthRequest::of(&WEB).path(), "gzip").await;
    assert!(Form::find(&consent_form.text(), "/consent").is_some() && coding(&consent_form).is_empty());
}

#[tokio::test]
async fn the_csrf_field_is_different_on_every_page_and_every_one_of_them_is_taken() {
    let test = Test::new().await;
    let ada = test.signed_in("ada").await;
    let forms = [ada.form(NEW, NEW).await, ada.form(NEW, NEW).await, ada.form(NEW, NEW).await];
    let value = |form: &Form| form.value("csrf").unwrap().to_owned();
    for (index, form) in forms.iter().enumerate() {
        let theirs = forms.iter().filter(|other| value(other) == value(form)).count();
        assert_eq!((theirs, value(form).len() > 64), (1, true));
        let reply = ada.submit(&form.clone().with("name", &format!("t{index}")).also("scopes", "read")).await;
        assert_eq!(reply.status, 200);
    }
    let (first, second) = (value(&forms[0]), value(&forms[1]));
    let mixed = format!("{}{}", &first[..32], &second[32..]);
    for wrong in [&mixed, &first[..63], &first[..32], &format!("{first}0"), &"z".repeat(64), &"é".repeat(32), ""] {
        assert_eq!(ada.submit(&forms[2].clone().with("csrf", wrong)).await.status, 403, "{wrong}");
    }
}
