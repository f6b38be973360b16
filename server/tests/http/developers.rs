//! Who may register applications, and who owns them (row S2).

use crate::applications::{CALLBACK, NEW, filled, register};
use crate::harness::{Call, Test};

#[tokio::test]
async fn a_public_application_has_no_secret() {
    let test = Test::new().await;
    let ada = test.signed_in("ada").await;
    let reply = ada.submit(&filled(&ada).await.with("type", "native").with("pkce", "optional")).await;
    assert!(reply.status == 200 && !reply.text().contains("jtn_cs_"));
    let id = test.provider.applications(test.id_of("ada").await).await.unwrap().remove(0).client_id;
    assert!(test.provider.show_client(&id).await.unwrap().requires_pkce());
    let csrf = ada.form(NEW, NEW).await.value("csrf").unwrap().to_owned();
    let rotate = ada.send(Call::post(&format!("/developer/applications/{id}/rotate"), &[("csrf", &csrf)])).await;
    assert_eq!(rotate.status, 404);
}

#[tokio::test]
async fn a_partial_account_registers_nothing_and_is_told_why() {
    let test = Test::new().await;
    test.partial_user("guest", "read").await;
    let (ada, guest) = (test.signed_in("ada").await, test.signed_in("guest").await);
    let why = "Only accounts with full access can register applications";
    let page = guest.get(NEW).await;
    assert_eq!((page.status, page.text().contains(why)), (403, true));
    assert!(guest.get("/developer/applications").await.text().contains(why));
    let csrf = guest.form("/account/password", "/account/password").await.value("csrf").unwrap().to_owned();
    let posted = guest.submit(&filled(&ada).await.with("csrf", &csrf)).await;
    assert_eq!((posted.status, posted.text().contains(why)), (403, true));
    assert!(test.provider.applications(test.id_of("guest").await).await.unwrap().is_empty());
}

#[tokio::test]
async fn another_persons_application_is_not_there() {
    let test = Test::new().await;
    test.user("grace").await;
    let (ada, grace) = (test.signed_in("ada").await, test.signed_in("grace").await);
    let app = register(&ada).await;
    let csrf = grace.form(NEW, NEW).await.value("csrf").unwrap().to_owned();
    for rest in ["", "/rotate", "/delete"] {
        assert_eq!(grace.get(&app.path(rest)).await.status, 404, "{rest}");
        let pairs =
            [("csrf", csrf.as_str()), ("name", "x"), ("redirect_uri", CALLBACK), ("confirm_name", "Photo Printer")];
        assert_eq!(grace.send(Call::post(&app.path(rest), &pairs)).await.status, 404, "{rest}");
        assert_eq!(ada.send(Call::post(&app.path(rest), &pairs[1..])).await.status, 403, "{rest}");
    }
    assert!(app.opens(&test, &app.secret).await);
    assert_eq!(grace.get("/developer/applications/web").await.status, 404);
}
