#![expect(clippy::unwrap_used, reason = "tests")]

use provider::PasswordGrant;

use super::{Config, ConfigError, LogFormat};

fn config(env: &[(&str, &str)], toml: Option<&str>) -> Result<Config, ConfigError> {
    Config::from(env.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())), toml)
}

fn fault(env: &[(&str, &str)], toml: Option<&str>) -> String {
    let line = config(env, toml).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(!line.contains('\n'), "{line}");
    line
}

#[test]
fn without_settings_everything_has_the_documented_default() {
    let config = config(&[("PATH", "/bin")], None).unwrap();
    assert_eq!(config.listen, ["127.0.0.1:8080".parse().unwrap()]);
    assert_eq!(config.public_url, "http://127.0.0.1:8080");
    assert_eq!(config.database_url.as_str(), "sqlite:data/jeton.db");
    assert_eq!(config.secret_key_file.to_str(), Some("data/secret.key"));
    assert!(!config.secret_key_file_is_set);
    assert_eq!((config.name.as_str(), config.password_grant), ("Jeton", PasswordGrant::FirstParty));
    assert_eq!((config.access_token_ttl, config.refresh_token_ttl, config.code_ttl), (3600, 2_592_000, 60));
    assert_eq!((config.session_ttl, config.session_idle_ttl), (1_209_600, 86_400));
    assert_eq!((config.max_connections, config.shutdown_delay, config.password_threads), (4096, 2, None));
    assert_eq!((config.log.as_str(), config.log_format), ("info", LogFormat::Text));
    assert!(config.trusted_proxies.is_empty() && config.fetch_allow.is_empty() && config.fetch_ca_file.is_none());
    let brand = config.brand;
    assert!(
        brand.logo_light.is_none() && brand.logo_dark.is_none() && brand.favicon.is_none() && brand.accent.is_none()
    );
    assert!(brand.support_url.is_none() && brand.privacy_url.is_none() && brand.terms_url.is_none());
    assert_eq!((brand.default_locale, brand.theme), (app::Language::ENGLISH, app::Theme::System));
}

#[test]
fn the_environment_wins_over_the_file_and_the_file_over_the_default() {
    let toml = "jeton_name = \"File\"\njeton_access_token_ttl = 60\njeton_listen = [\"127.0.0.1:1\", \"[::1]:2\"]";
    let config = config(&[("JETON_NAME", "Environment")], Some(toml)).unwrap();
    assert_eq!(config.name, "Environment");
    assert_eq!(config.access_token_ttl, 60);
    assert_eq!(config.listen, ["127.0.0.1:1".parse().unwrap(), "[::1]:2".parse().unwrap()]);
    assert_eq!(config.code_ttl, 60);
}

#[test]
fn every_good_value_is_taken() {
    let table = [
        ("JETON_LISTEN", "127.0.0.1:80, [::1]:80"),
        ("JETON_PUBLIC_URL", "https://login.example.org"),
        ("JETON_PUBLIC_URL", "https://login.example.org:8443"),
        ("JETON_PUBLIC_URL", "http://localhost:8080"),
        ("JETON_PUBLIC_URL", "http://[::1]:8080"),
        ("JETON_DATABASE_URL", "sqlite:/var/lib/jeton/jeton.db"),
        ("JETON_DATABASE_URL", "postgres://jeton:secret@db.example.org/jeton"),
        ("JETON_SECRET_KEY_FILE", "/run/secrets/jeton"),
        ("JETON_PASSWORD_GRANT", "off"),
        ("JETON_PASSWORD_GRANT", "open"),
        ("JETON_CODE_TTL", "1"),
        ("JETON_MAX_CONNECTIONS", "1"),
        ("JETON_SHUTDOWN_DELAY", "0"),
        ("JETON_SHUTDOWN_DELAY", "600"),
        ("JETON_PASSWORD_THREADS", "1"),
        ("JETON_PASSWORD_THREADS", "8"),
        ("JETON_TRUSTED_PROXIES", "10.0.0.7,10.0.0.0/8,2001:db8::/32"),
        ("JETON_TRUSTED_PROXIES", ""),
        ("JETON_PROXY_HEADER", "forwarded"),
        ("JETON_PROXY_HEADER", "X-Forwarded-For"),
        ("JETON_LOG", "info,server=debug"),
        ("JETON_LOG_FORMAT", "json"),
        ("JETON_FETCH_ALLOW", "localhost:8443, 10.0.0.7:443,[::1]:8443"),
        ("JETON_FETCH_CA_FILE", "ca.pem"),
        ("JETON_LOGO_LIGHT", "logo.svg"),
        ("JETON_LOGO_DARK", "/etc/jeton/logo-dark.png"),
        ("JETON_FAVICON", "icon.png"),
        ("JETON_ACCENT", "#2A56c6"),
        ("JETON_SUPPORT_URL", "https://example.org/help?from=login#contact"),
        ("JETON_SUPPORT_URL", "mailto:help@example.org?subject=Sign-in"),
        ("JETON_PRIVACY_URL", "https://example.org/privacy"),
        ("JETON_TERMS_URL", "http://127.0.0.1:8080/terms"),
        ("JETON_TERMS_URL", "http://localhost/terms"),
        ("JETON_DEFAULT_LOCALE", "de"),
        ("JETON_THEME", "dark"),
        ("JETON_THEME", "system"),
        ("JETON_SITE", "left over from a build"),
        ("JETON_BIN", "left over from a build"),
        ("JETON_TEST_POSTGRES", "left over from a test"),
    ];
    for (name, value) in table {
        assert_eq!(fault(&[(name, value)], None), "", "{name}={value}");
    }
}

#[test]
fn every_bad_value_is_told_with_its_setting_and_the_mend() {
    let table = [
        ("JETON_LISTEN", "8080", "Write it as 127.0.0.1:8080"),
        ("JETON_LISTEN", "", "Write it as 127.0.0.1:8080"),
        ("JETON_PUBLIC_URL", "login.example.org", "Write it as https://login.example.org"),
        ("JETON_PUBLIC_URL", "http://login.example.org", "Use https"),
        ("JETON_PUBLIC_URL", "https://login.example.org/", "Write it as https://login.example.org"),
        ("JETON_PUBLIC_URL", "https://login.example.org/sso", "Write it as https://login.example.org"),
        ("JETON_PUBLIC_URL", "https://login.example.org?a=b", "Write it as https://login.example.org"),
        ("JETON_PUBLIC_URL", "https://login.example.org#a", "Write it as https://login.example.org"),
        ("JETON_PUBLIC_URL", "https://me@login.example.org", "Write it as https://login.example.org"),
        ("JETON_PUBLIC_URL", "https://Login.example.org", "Write it as https://login.example.org"),
        ("JETON_PUBLIC_URL", "https://login.example.org:443", "Write it as https://login.example.org"),
        ("JETON_PUBLIC_URL", "ftp://login.example.org", "Write it as https://login.example.org"),
        ("JETON_DATABASE_URL", "mysql://u:secret@db/jeton", "write it as sqlite:data/jeton.db or postgres://"),
        ("JETON_DATABASE_URL", "sqlite::memory:", "write it as sqlite:data/jeton.db"),
        ("JETON_SECRET_KEY_FILE", "", "Name a file"),
        ("JETON_NAME", "", "write 1 to 100 visible characters"),
        ("JETON_PASSWORD_GRANT", "yes", "Write off, first-party or open"),
        ("JETON_ACCESS_TOKEN_TTL", "0", "Write a whole number from 1 to"),
        ("JETON_REFRESH_TOKEN_TTL", "-1", "Write a whole number from 1 to"),
        ("JETON_SESSION_TTL", "2 weeks", "Write a whole number from 1 to"),
        ("JETON_SESSION_IDLE_TTL", "99999999999999999999", "Write a whole number from 1 to"),
        ("JETON_MAX_CONNECTIONS", "0", "Write a whole number from 1 to 1000000"),
        ("JETON_MAX_CONNECTIONS", "many", "Write a whole number from 1 to"),
        ("JETON_SHUTDOWN_DELAY", "601", "Write a whole number from 0 to 600"),
        ("JETON_SHUTDOWN_DELAY", "-1", "Write a whole number from 0 to 600"),
        ("JETON_PASSWORD_THREADS", "0", "Write a whole number from 1 to 8"),
        ("JETON_PASSWORD_THREADS", "9", "Write a whole number from 1 to 8"),
        ("JETON_PASSWORD_THREADS", "all", "Write a whole number from 1 to 8"),
        ("JETON_CODE_TTL", "601", "Write a whole number from 1 to 600"),
        ("JETON_TRUSTED_PROXIES", "10.0.0.0/33", "Write it as 10.0.0.7 or 10.0.0.0/8"),
        ("JETON_TRUSTED_PROXIES", "proxy.example.org", "Write it as 10.0.0.7 or 10.0.0.0/8"),
        ("JETON_TRUSTED_PROXIES", "::ffff:10.0.0.1", "Write it as 10.0.0.7 or 10.0.0.0/8"),
        ("JETON_PROXY_HEADER", "x-real-ip", "Write x-forwarded-for or forwarded"),
        ("JETON_LOG", "info,=,", "Write error, warn, info"),
        ("JETON_LOG_FORMAT", "xml", "Write text or json"),
        ("JETON_FETCH_ALLOW", "localhost", "Write it as keys.example.org:8443"),
        ("JETON_FETCH_ALLOW", "localhost:0", "Write it as keys.example.org:8443"),
        ("JETON_FETCH_CA_FILE", "", "Name a file"),
    ];
    refused(&table);
}

#[test]
fn every_bad_value_of_the_look_is_told_with_its_setting_and_the_mend() {
    refused(&[
        ("JETON_LOGO_LIGHT", "", "Name a file"),
        ("JETON_LOGO_DARK", "", "Name a file"),
        ("JETON_FAVICON", "", "Name a file"),
        ("JETON_ACCENT", "blue", "Write it as #2a56c6"),
        ("JETON_ACCENT", "#25c", "Write it as #2a56c6"),
        ("JETON_SUPPORT_URL", "help@example.org", "Write it as https://example.org/page or mailto:help@example.org"),
        ("JETON_SUPPORT_URL", "mailto:help", "write it as mailto:help@example.org"),
        ("JETON_SUPPORT_URL", "javascript:alert(1)", "Write it as https://example.org/page"),
        ("JETON_PRIVACY_URL", "mailto:help@example.org", "Write it as https://example.org/page"),
        ("JETON_PRIVACY_URL", "http://example.org/privacy", "Write it as https://example.org/page"),
        ("JETON_PRIVACY_URL", "https://me:secret@example.org/", "Write it as https://example.org/page"),
        ("JETON_TERMS_URL", "", "Write it as https://example.org/page"),
        ("JETON_TERMS_URL", "/terms", "Write it as https://example.org/page"),
        ("JETON_DEFAULT_LOCALE", "fr", "Write en or de"),
        ("JETON_DEFAULT_LOCALE", "de-AT", "Write en or de"),
        ("JETON_THEME", "auto", "Write system, light or dark"),
    ]);
}

/// Each value is refused by a line that begins with its setting and holds the mend.
fn refused(table: &[(&str, &str, &str)]) {
    for (name, value, mend) in table {
        let line = fault(&[(name, value)], None);
        assert!(line.starts_with(&format!("{name}: ")) && line.contains(mend), "{name}={value}: {line}");
        assert!(!line.contains("secret@"), "{line}");
    }
}

#[test]
fn an_unknown_name_is_told_with_the_one_that_was_meant() {
    let of_environment = |names: &[&str]| {
        let set: Vec<_> = names.iter().map(|name| (*name, "tcp://10.0.0.7:8080")).collect();
        config(&set, None).unwrap().unknown
    };
    assert_eq!(
        of_environment(&["JETON_LISTEM", "JETON_SERVICE_HOST", "PATH"]),
        [
            "JETON_LISTEM: there is no such setting. Did you mean JETON_LISTEN?",
            "JETON_SERVICE_HOST: there is no such setting. Remove it"
        ]
    );
    assert!(of_environment(&["JETON_PORT"])[0].starts_with("JETON_PORT: there is no such setting. "));
    assert!(of_environment(&["JETON_BIN"]).is_empty());
    let of_file = |toml| fault(&[], Some(toml));
    assert!(
        of_file("listen = \"127.0.0.1:1\"")
            .contains("listen in the configuration file: there is no such setting. Did you mean jeton_listen?")
    );
    assert!(of_file("JETON_LISTEN = \"127.0.0.1:1\"").contains("Did you mean jeton_listen?"));
    assert_eq!(of_file("jeton_listen = \"127.0.0.1:1\""), "");
}

#[test]
fn a_fault_in_the_file_is_told_with_its_place() {
    assert!(fault(&[], Some("jeton_name = \"x\"\njeton_listen = ")).starts_with("configuration file, line 2: "));
    assert!(
        fault(&[], Some("jeton_name = true"))
            .starts_with("JETON_NAME (jeton_name in the configuration file): write it as text")
    );
    assert!(
        fault(&[], Some("jeton_listen = \"x\"")).starts_with("JETON_LISTEN (jeton_listen in the configuration file): ")
    );
}

#[test]
fn an_address_that_browsers_cannot_use_needs_a_public_url() {
    for listen in ["0.0.0.0:8080", "[::]:8080", "192.0.2.1:80", "127.0.0.1:0"] {
        let line = fault(&[("JETON_LISTEN", listen)], None);
        assert!(line.starts_with("JETON_PUBLIC_URL: ") && line.contains(listen), "{line}");
        assert_eq!(fault(&[("JETON_LISTEN", listen), ("JETON_PUBLIC_URL", "https://login.example.org")], None), "");
    }
    assert_eq!(config(&[("JETON_LISTEN", "[::1]:8080")], None).unwrap().public_url, "http://[::1]:8080");
}

#[test]
fn a_database_password_is_not_shown() {
    let shown = |url| format!("{:?}", config(&[("JETON_DATABASE_URL", url)], None).unwrap());
    assert!(!shown("postgres://jeton:hush@db/jeton?password=hush").contains("hush"));
    assert!(shown("postgres://jeton:hush@db/jeton").contains("postgres://jeton:…@db/jeton"));
    assert!(shown("sqlite:data/other.db").contains("sqlite:data/other.db"));
}

#[test]
fn the_use_cases_get_what_was_set() {
    let issuer = "https://login.example.org";
    let set = [("JETON_PUBLIC_URL", issuer), ("JETON_CODE_TTL", "30"), ("JETON_PASSWORD_THREADS", "5")];
    let settings = config(&set, None).unwrap().settings();
    assert_eq!((settings.issuer.as_str(), settings.code_ttl, settings.hash_threads), (issuer, 30, 5));
    let usual = provider::Settings::default().hash_threads;
    assert_eq!(config(&[], None).unwrap().settings().hash_threads, usual);
}
