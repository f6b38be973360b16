//! InfraViewer: signing in, going back, signing out.

use crate::stand_in::{header, program, request, send};
use axum::http::{Method, StatusCode, header};

#[tokio::test]
async fn a_sign_in_goes_back_to_where_the_person_came_from() {
    let app = program().await;
    for (form, place, signed_in) in [
        ("username=ada&password=right&next=%2Fdocs", "/docs", true),
        ("username=ada&password=right&next=%2F%2Fevil.example", "/", true),
        ("username=ada&password=right", "/", true),
        ("username=ada&password=wrong&next=%2F", "/?login=wrong", false),
        ("username=ada&password=wrong&next=%2Fdocs", "/login?next=%2Fdocs&login=wrong", false),
        ("username=ada&password=again&next=%2F", "/?login=wait", false),
        ("%ff=%zz&&=&password", "/?login=wrong", false),
    ] {
        let (status, answer, _) = send(&app, request(Method::POST, "/login", &[], form)).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{form}");
        assert_eq!(header(&answer, header::LOCATION), Some(place), "{form}");
        let cookie = header(&answer, header::SET_COOKIE);
        assert_eq!(cookie.is_some(), signed_in, "{form}");
        if let Some(cookie) = cookie {
            assert_eq!(cookie, "infraviewer_token=write; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600");
        }
    }
}

#[tokio::test]
async fn another_origin_cannot_sign_anybody_in() {
    let app = program().await;
    let form = "username=ada&password=right";
    let (_, answer, _) = send(&app, request(Method::POST, "/login", &[("sec-fetch-site", "same-site")], form)).await;
    assert_eq!(header(&answer, header::SET_COOKIE), None);
}

#[tokio::test]
async fn the_start_page_names_who_is_signed_in_and_signs_out() {
    let app = program().await;
    let cookie = ("cookie", "infraviewer_token=write");
    let (_, _, body) = send(&app, request(Method::GET, "/", &[cookie], "")).await;
    assert!(body.contains("&lt;ada&gt;") && !body.contains("<ada>"), "{body}");
    let (_, answer, _) = send(&app, request(Method::POST, "/logout", &[cookie], "")).await;
    assert!(header(&answer, header::SET_COOKIE).unwrap().contains("Max-Age=0"));
    let (_, _, body) = send(&app, request(Method::GET, "/?login=wrong", &[], "")).await;
    assert!(body.contains("role=\"alert\"") && body.contains("name=\"password\""), "{body}");
}
