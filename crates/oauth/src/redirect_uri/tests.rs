//! Which redirect URIs may be registered, and which match.

use super::*;
use proptest::prelude::*;
use url::Url;

const ACCEPTED: [(&str, &str, &str); 10] = [
    ("https://printer.example/callback", "https://printer.example", "https://printer.example"),
    ("https://printer.example", "https://printer.example", "https://printer.example"),
    ("https://printer.example:8443/cb?tenant=1&x", "https://printer.example:8443", "https://printer.example:8443"),
    ("https://xn--e1awd7f.example/cb", "https://xn--e1awd7f.example", "https://xn--e1awd7f.example"),
    ("https://[2001:db8::1]:8443/cb", "https:", "https://[2001:db8::1]:8443"),
    ("http://127.0.0.1/cb", "http://127.0.0.1", "an app on this device"),
    ("http://127.0.0.1:8081/cb", "http://127.0.0.1:8081", "an app on this device"),
    ("http://[::1]:8081/cb", "http:", "an app on this device"),
    ("http://localhost:3000/oauth2-redirect.html", "http://localhost:3000", "an app on this device"),
    ("com.example.app:/callback", "com.example.app:", "an app on this device"),
];

const REFUSED: [(&str, &str); 40] = [
    ("", "uri-missing"),
    ("printer.example/callback", "uri-whole"),
    ("/callback", "uri-whole"),
    ("//printer.example/cb", "uri-whole"),
    ("1http://printer.example", "uri-whole"),
    ("https://printer.example/cb#top", "uri-fragment"),
    ("https://printer.example/cb#", "uri-fragment"),
    ("https://*.printer.example/cb", "uri-wildcard"),
    ("https://printer.example/*", "uri-wildcard"),
    ("http://printer.example/cb", "uri-https"),
    ("http://127.0.0.1.evil.example/cb", "uri-https"),
    ("http://localhost.evil.example/cb", "uri-https"),
    ("http://127.0.0.2/cb", "uri-https"),
    ("http://2130706433/cb", "uri-host-form"),
    ("http://[::2]/cb", "uri-https"),
    ("https://rp@evil.example/cb", "uri-userinfo"),
    ("https://rp:secret@evil.example/cb", "uri-userinfo"),
    ("https://a@b@evil.example/cb", "uri-userinfo"),
    ("http://127.0.0.1:80@evil.example/cb", "uri-userinfo"),
    ("https://printer.example\\@evil.example/cb", "uri-characters"),
    ("https://printer.example/a b", "uri-characters"),
    ("https://printer.example/\t", "uri-characters"),
    ("https://printer.example/\r\nLocation:", "uri-characters"),
    ("https://printer.example/\0", "uri-characters"),
    ("https://\u{43f}\u{440}.example/cb", "uri-ascii"),
    ("https:printer.example/cb", "uri-host"),
    ("https:///cb", "uri-host"),
    ("https://?x", "uri-host"),
    ("https://printer.example:/cb", "uri-host-form"),
    ("https://printer.example:0/cb", "uri-host-form"),
    ("https://printer.example:65536/cb", "uri-host-form"),
    ("https://printer.example;script-src/cb", "uri-host-form"),
    ("https://printer%2eexample/cb", "uri-host-form"),
    ("https://127.1/cb", "uri-host-form"),
    ("https://0x7f000001/cb", "uri-host-form"),
    ("https://[printer]/cb", "uri-host-form"),
    ("javascript:alert(1)", "uri-kind"),
    ("DATA:text/html,x", "uri-kind"),
    ("myapp:/callback", "uri-scheme"),
    ("com.example.app:", "uri-scheme"),
];

#[test]
fn good_addresses_are_accepted_and_shown() {
    for (uri, source, shown) in ACCEPTED {
        assert_eq!(check(uri), Ok(()), "{uri}");
        assert_eq!(origin(uri).as_deref(), Some(source), "{uri}");
        let device = !shown.starts_with("https://");
        let expected = if device { Destination::Device } else { Destination::Web(shown.to_owned()) };
        assert_eq!(destination(uri), expected, "{uri}");
        assert_eq!(is_private_use(uri), !uri.to_ascii_lowercase().starts_with("http"), "{uri}");
        assert_eq!(is_web(uri), uri.starts_with("https"), "{uri}");
    }
}

#[test]
fn bad_addresses_are_refused_with_a_reason() {
    for (uri, key) in REFUSED {
        let message = check(uri).err().unwrap_or("accepted");
        assert_eq!(message, key, "{uri:?}");
        assert_eq!((origin(uri), destination(uri)), (None, Destination::Device), "{uri:?}");
    }
    let at_most = |length: usize| format!("https://printer.example/{}", "x".repeat(length - 24));
    assert_eq!(check(&at_most(2000)), Ok(()));
    assert_eq!(check(&at_most(2001)), Err("uri-long"));
}

#[test]
fn response_parameters_cannot_be_preloaded() {
    for query in ["code=x", "a=b&state", "%63ode=x", "iss=", "a=1&error=x", "%FF=x"] {
        let uri = format!("https://printer.example/cb?{query}");
        assert!(check(&uri).is_err_and(|message| message.starts_with("uri-response-names")), "{uri}");
    }
    assert_eq!(check("https://printer.example/cb?codec=x&mystate=1&a=code"), Ok(()));
}

#[test]
fn only_the_registered_bytes_match() {
    let registered = "https://printer.example/cb";
    assert!(matches(registered, registered));
    let twins = [
        "https://printer.example/cb/",
        "https://printer.example/CB",
        "https://PRINTER.example/cb",
        "HTTPS://printer.example/cb",
        "https://printer.example/cb/x",
        "https://printer.example/cb?x=1",
        "https://printer.example:443/cb",
        "https://printer.example:8443/cb",
        "https://printer.example/cb#",
        "https://printer.example@evil.example/cb",
        "https://evil.example\\@printer.example/cb",
        "https://printer.example/..;/cb",
        "https://printer.example/%2e%2e/cb",
        "https://printer.example/a/../cb",
        "https://printer.example/%252fcb",
        "https://printer.example/c\tb",
        "https://printer.example/cb\r\n",
        "https://pr\u{456}nter.example/cb",
        "http://printer.example/cb",
        "",
    ];
    for twin in twins {
        assert!(!matches(registered, twin), "{twin:?}");
    }
}

#[test]
fn the_port_of_a_loopback_address_is_free() {
    let pairs = [
        ("http://127.0.0.1/cb", "http://127.0.0.1:53211/cb"),
        ("http://127.0.0.1:1/cb?a=b", "http://127.0.0.1:65535/cb?a=b"),
        ("http://127.0.0.1:8080/cb", "http://127.0.0.1/cb"),
        ("http://[::1]/cb", "http://[::1]:53211/cb"),
        ("http://127.0.0.1", "http://127.0.0.1:53211"),
    ];
    for (registered, asked) in pairs {
        assert!(matches(registered, asked), "{registered} {asked}");
    }
}

#[test]
fn nothing_but_the_port_of_a_loopback_address_is_free() {
    let asked = [
        "http://127.0.0.1:53211/other",
        "http://127.0.0.1:53211/cb?x",
        "http://127.0.0.1:53211/cb#x",
        "http://127.0.0.1:53211",
        "http://[::1]:53211/cb",
        "http://localhost:53211/cb",
        "https://127.0.0.1:53211/cb",
        "HTTP://127.0.0.1:53211/cb",
        "http://127.0.0.1:/cb",
        "http://127.0.0.1:0/cb",
        "http://127.0.0.1:65536/cb",
        "http://127.0.0.1:+80/cb",
        "http://127.0.0.1:80@evil.example/cb",
        "http://127.0.0.1.evil.example/cb",
        "http://127.0.0.1:80:80/cb",
        "http://127.0.0.1@evil.example:80/cb",
        "http://127.0.0.1:80\\@evil.example/cb",
        "http://0127.0.0.1:80/cb",
    ];
    for asked in asked {
        assert!(!matches("http://127.0.0.1/cb", asked), "{asked}");
    }
    assert!(!matches("http://localhost/cb", "http://localhost:53211/cb"));
    assert!(!matches("https://127.0.0.1/cb", "https://127.0.0.1:53211/cb"));
    assert!(!matches("https://printer.example/cb", "https://printer.example:8443/cb"));
}

/// Pieces that parsers disagree about.
const PIECES: &str = "https: http: // / \\ @ : ? # 127.0.0.1 127.1 [::1] localhost evil.example 80 0x7f %2e ..; . cb \t code=1 & com.app: %00 \u{202e}";
const STARTS: &str =
    "https:// https://printer.example http:// http://127.0.0.1 http://127.0.0.1:80 http://[::1] com.app:/";

fn word(words: &'static str) -> impl Strategy<Value = &'static str> {
    prop::sample::select(words.split(' ').collect::<Vec<_>>())
}

fn address() -> impl Strategy<Value = String> {
    (word(STARTS), prop::collection::vec(word(PIECES), 0..4))
        .prop_map(|(start, rest)| format!("{start}{}", rest.concat()))
}

/// The host and port that a URL parser sees.
fn parsed(uri: &str) -> Option<(String, Option<u16>)> {
    let url = Url::parse(uri).ok()?;
    Some((url.host_str()?.to_owned(), url.port_or_known_default()))
}

proptest! {
    #[test]
    fn what_is_accepted_means_the_same_host_to_a_url_parser(uri in address()) {
        if check(&uri).is_ok() && uri.starts_with("http") {
            let (scheme, rest) = split_scheme(&uri).unwrap_or_default();
            let own = web_authority(scheme, rest).map(host).map(str::to_owned);
            prop_assert_eq!(own, parsed(&uri).map(|(host, _)| host), "{}", uri);
        }
    }

    #[test]
    fn a_match_is_the_same_bytes_or_the_same_loopback_host(
        registered in prop::sample::select(vec!["https://printer.example/cb", "http://127.0.0.1/cb", "http://[::1]:80/cb"]),
        place in 0_usize..27,
        piece in word(PIECES),
    ) {
        let (head, tail) = registered.split_at(place.min(registered.len()));
        let asked = format!("{head}{piece}{tail}");
        if matches(registered, &asked) {
            let host = parsed(&asked).map(|(host, _)| host);
            prop_assert_eq!(&host, &parsed(registered).map(|(host, _)| host));
            prop_assert!(matches!(host.as_deref(), Some("127.0.0.1" | "[::1]")), "{}", asked);
        }
    }

    #[test]
    fn any_text_is_accepted_or_refused(uri in ".*", asked in ".*") {
        let _ = (check(&uri), origin(&uri), destination(&uri), matches(&uri, &asked));
        prop_assert!(matches(&uri, &uri));
    }
}

#[test]
fn the_name_localhost_is_told_from_what_only_looks_like_it() {
    for uri in ["http://localhost/cb", "http://LocalHost:8080", "https://localhost?x"] {
        assert!(is_localhost(uri), "{uri}");
    }
    for uri in
        ["http://127.0.0.1/cb", "http://localhost.example/", "com.localhost:/cb", "https://a.example/localhost", ""]
    {
        assert!(!is_localhost(uri), "{uri}");
    }
}

#[test]
fn an_owner_is_told_whom_an_address_leads_to() {
    let cases = [
        ("https://printer.example:8443/cb", "printer.example:8443"),
        ("http://[::1]/cb", "[::1]"),
        ("com.example.app:/cb", "com.example.app"),
        ("nonsense", ""),
    ];
    for (uri, told) in cases {
        assert_eq!(authority(uri), told, "{uri}");
    }
}
