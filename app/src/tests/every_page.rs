//! Rules that hold for every page: one heading, labels, no inline scripts.

use super::frame;
use super::samples::{application, consent, created, error, sign_in, tokens};
use crate::pages::{self, SignInPage};
use crate::{Assets, Frame, Language, Theme};

fn every_page() -> Vec<String> {
    let created = created(Language::ENGLISH);
    vec![tokens(None), tokens(Some(created)), application(None), consent(), error(), sign_in(None, "/account")]
}

#[test]
fn every_post_form_carries_the_csrf_token() {
    for html in every_page() {
        for form in html.split("<form").skip(1).map(|rest| rest.split("</form>").next().unwrap()) {
            let posts = form.split('>').next().unwrap().contains("method=\"post\"");
            assert_eq!(posts, form.contains("name=\"csrf\" value=\"c5rf\""), "{form}");
        }
    }
}

#[test]
fn no_page_holds_an_inline_script_or_style_and_the_loader_bears_the_nonce() {
    for html in every_page() {
        assert!(!html.contains(" style=") && !html.contains("<style"), "{html}");
        assert!(!html.contains("<script>alert") && !html.contains(" onclick"), "{html}");
        assert_eq!(html.matches("<script").count(), 1);
        assert!(html.contains("<script type=\"module\" nonce=\"n0nce\" src=\"/assets/l.js\""), "{html}");
    }
}

#[test]
fn names_are_text_and_cannot_turn_the_line() {
    for html in every_page() {
        assert!(!html.contains('\u{202e}'), "{html}");
    }
    assert!(tokens(None).contains("<bdi>&lt;script&gt;alert(1)&lt;/script&gt;\"&amp;</bdi>"));
}

#[test]
fn a_page_without_scripts_has_no_islands_to_wake() {
    let frame = Frame { assets: Assets::default(), user: None, ..frame() };
    let html = pages::sign_in(&frame, SignInPage::default());
    assert!(!html.contains("<script") && !html.contains("BusyForms"), "{html}");
}

#[test]
fn markers_for_hydration_stay_inside_islands() {
    for html in every_page() {
        for part in html.split("</leptos-island>") {
            assert!(!part.split("<leptos-island").next().unwrap().contains("<!>"), "{part}");
        }
    }
}

#[test]
fn a_chosen_theme_is_rendered_and_the_systems_is_not() {
    let dark = Frame { theme: Theme::Dark, ..frame() };
    assert!(pages::not_allowed_to_register(&dark).contains("data-theme=\"dark\""));
    assert!(!pages::not_allowed_to_register(&frame()).contains("data-theme"));
    assert_eq!(Theme::parse("dark"), Theme::Dark);
    assert_eq!(Theme::parse("<b>"), Theme::System);
}

#[test]
fn an_application_shows_credentials_problems_and_how_to_connect_before_its_settings() {
    let html = application(None);
    let place = |id: &str| html.find(&format!("id=\"{id}\"")).unwrap();
    let order = ["credentials", "connect", "settings", "sign-out-settings", "delete"].map(place);
    assert!(order.is_sorted(), "{order:?}");
    for name in ["issuer", "metadata", "authorize", "token", "tokeninfo", "introspect", "revoke"] {
        assert!(html.contains(&format!("id=\"connect-endpoint-{name}\"")), "{name}");
    }
}
