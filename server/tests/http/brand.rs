//! The operator's branding in responses.

use std::path::PathBuf;

use server::brand::{Brand, Colour};
use server::config::BrandSettings;
use server::state::Edge;

use crate::harness::{Call, Reply, Test, unique};

const DRAWING: &str = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 64 16'><path d='M0 0h1v1z'/></svg>";

async fn branded(settings: &BrandSettings) -> Test {
    Test::on_edge(|_| {}, Edge { brand: Brand::load(settings).unwrap(), ..Edge::default() }).await
}

/// A file with this text that goes with the guard.
struct Picture(PathBuf);

impl Picture {
    fn new(text: &str) -> Self {
        let path = std::env::temp_dir().join(format!("jeton-logo-{}-{}.svg", std::process::id(), unique()));
        std::fs::write(&path, text).unwrap();
        Self(path)
    }

    fn path(&self) -> Option<PathBuf> {
        Some(self.0.clone())
    }
}

impl Drop for Picture {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// What stands in the page between these two.
fn between(html: &str, before: &str, after: &str) -> String {
    html.split_once(before).and_then(|(_, rest)| rest.split_once(after)).unwrap().0.to_owned()
}

async fn sheet(test: &Test) -> (String, Reply) {
    let path = between(&test.browser().get("/login").await.text(), "<link rel=\"stylesheet\" href=\"", "\"");
    let reply = test.send(Call::get(&path)).await;
    (path, reply)
}

#[tokio::test]
async fn a_brand_colour_reaches_the_sheet() {
    let (house, plain) = sheet(&Test::new().await).await;
    assert!(house.starts_with("/assets/jeton-") && plain.text().contains("--accent: #2a56c6"));
    let settings = BrandSettings { accent: Colour::parse("#aa0055"), ..BrandSettings::default() };
    let test = branded(&settings).await;
    let (path, reply) = sheet(&test).await;
    assert!(path.starts_with("/assets/brand-") && path.ends_with(".css"), "{path}");
    assert_eq!((reply.status, reply.header("content-type")), (200, "text/css; charset=utf-8"));
    assert_eq!(reply.header("cache-control"), "public, max-age=31536000, immutable");
    let own = reply.text().strip_prefix(&plain.text()).unwrap().to_owned();
    assert!(own.contains(":root {--accent:#aa0055;") && own.contains("--accent:light-dark(#aa0055,#"), "{own}");
    let packed = test.send(Call::get(&path).header("accept-encoding", "gzip, br")).await;
    assert_eq!(packed.header("content-encoding"), "br");
    assert!(packed.body.len() < reply.body.len() / 3, "{} of {}", packed.body.len(), reply.body.len());
    assert_eq!(test.send(Call::get("/assets/brand-000000000000.css")).await.status, 404);
    assert_eq!(Test::new().await.send(Call::get(&path)).await.status, 404);
}

#[tokio::test]
async fn a_logo_is_served_with_a_sandbox() {
    let (light, dark) = (Picture::new(DRAWING), Picture::new(&DRAWING.replace("64", "32")));
    let settings = BrandSettings { logo_light: light.path(), logo_dark: dark.path(), ..BrandSettings::default() };
    let test = branded(&settings).await;
    let html = test.browser().get("/login").await.text();
    let path = between(&html, "<img alt=\"\" src=\"", "\"");
    assert!(html.contains(&format!("src=\"{path}\" width=\"128\" height=\"32\"")), "{html}");
    let reply = test.send(Call::get(&path)).await;
    assert_eq!((reply.status, reply.header("content-type")), (200, "image/svg+xml"));
    let policy = "sandbox; default-src 'none'; style-src 'unsafe-inline'";
    assert_eq!((reply.header("content-security-policy"), reply.header("x-content-type-options")), (policy, "nosniff"));
    assert_eq!(reply.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(reply.text(), DRAWING);
    let dark = between(&html, "srcset=\"", "\"");
    assert_ne!(dark, path);
    assert_eq!(test.send(Call::get(&dark)).await.status, 200);
}

#[tokio::test]
async fn the_icon_is_the_operators_under_both_addresses() {
    let icon = Picture::new(DRAWING);
    let test = branded(&BrandSettings { favicon: icon.path(), ..BrandSettings::default() }).await;
    let path = between(&test.browser().get("/login").await.text(), "<link rel=\"icon\" href=\"", "\"");
    for path in [path.as_str(), "/favicon.ico"] {
        let reply = test.send(Call::get(path)).await;
        assert_eq!(
            (reply.status, reply.header("content-type"), reply.text().as_str()),
            (200, "image/svg+xml", DRAWING)
        );
        assert!(reply.header("content-security-policy").starts_with("sandbox;"));
    }
    assert_ne!(Test::new().await.send(Call::get("/favicon.ico")).await.text(), DRAWING);
}

#[tokio::test]
async fn the_operators_addresses_stand_on_every_page_and_on_errors_too() {
    let url = |path: &str| Some(format!("https://example.org/{path}"));
    let settings = BrandSettings {
        support_url: url("help"),
        privacy_url: url("privacy"),
        terms_url: url("terms"),
        ..BrandSettings::default()
    };
    let (test, bare) = (branded(&settings).await, Test::new().await);
    for path in ["/login", "/nothing-here", "/oauth2/authorize"] {
        let html = test.browser().get(path).await.text();
        for (label, path) in [("Help", "help"), ("Privacy", "privacy"), ("Terms", "terms")] {
            assert!(html.contains(&format!("<a href=\"https://example.org/{path}\">{label}</a>")), "{html}");
        }
        assert!(!bare.browser().get(path).await.text().contains("example.org"));
    }
}

#[tokio::test]
async fn the_operators_theme_is_for_browsers_without_a_chosen_one() {
    let test = branded(&BrandSettings { theme: app::Theme::Dark, ..BrandSettings::default() }).await;
    let browser = test.browser();
    assert!(browser.get("/login").await.text().contains("data-theme=\"dark\""));
    browser.set_cookie("jeton_theme", "light");
    assert!(browser.get("/login").await.text().contains("data-theme=\"light\""));
    browser.set_cookie("jeton_theme", "system");
    assert!(!browser.get("/login").await.text().contains("data-theme"));
    assert!(!Test::new().await.browser().get("/login").await.text().contains("data-theme"));
}
