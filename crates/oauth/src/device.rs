//! Browser and operating system from a User-Agent, to recognise one's own sessions. Informative
//! only.

use serde::{Deserialize, Serialize};

/// Ordered: browsers that imitate others come first.
const BROWSERS: [(&str, &str); 17] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Vivaldi/", "Vivaldi"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("HeadlessChrome/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
    ("Wget/", "Wget"),
    ("python-requests/", "Python"),
    ("Python", "Python"),
    ("okhttp/", "OkHttp"),
    ("Go-http-client/", "Go"),
];
const SYSTEMS: [(&str, &str); 8] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
];

/// Browser and operating system, as far as recognised. The pages translate the phrase.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Device {
    /// `Firefox`, `Chrome`, `curl`.
    pub browser: Option<String>,
    /// `Linux`, `Windows`, `iPhone`.
    pub system: Option<String>,
}

impl Device {
    /// Parses a User-Agent (RFC 9110 §10.1.5).
    #[must_use]
    pub fn of(user_agent: &str) -> Self {
        let known = |table: &'static [(&str, &'static str)]| find(table, user_agent).map(str::to_owned);
        Self { browser: known(&BROWSERS), system: known(&SYSTEMS) }
    }
}

fn find(table: &'static [(&str, &'static str)], text: &str) -> Option<&'static str> {
    table.iter().find(|(sign, _)| text.contains(sign)).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_named() {
        let cases = [
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                (Some("Firefox"), Some("Linux")),
            ),
            (
                "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36",
                (Some("Chrome"), Some("Android")),
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36 Edg/150.0.0.0",
                (Some("Edge"), Some("Windows")),
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/150.0 Mobile/15E148 Safari/604.1",
                (Some("Chrome"), Some("iPhone")),
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15",
                (Some("Safari"), Some("macOS")),
            ),
            ("curl/8.14.1", (Some("curl"), None)),
            ("Mozilla/5.0 (Windows NT 10.0) Strange/1.0", (None, Some("Windows"))),
            ("", (None, None)),
            ("<script>alert(1)</script>", (None, None)),
        ];
        for (user_agent, known) in cases {
            let device = Device::of(user_agent);
            assert_eq!((device.browser.as_deref(), device.system.as_deref()), known);
        }
    }
}
