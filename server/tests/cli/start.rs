use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::sync::mpsc;
use std::time::Duration;

use crate::harness::Folder;

const KEY: &str = "data/secret.key";
const DATABASE: &str = "data/jeton.db";

#[test]
fn init_makes_key_and_database_for_the_owner_alone_and_does_it_once() {
    let folder = Folder::empty();
    folder.good(&["init"]);
    assert!(folder.good(&["doctor"]).contains("the key is the one of this database"));
    let key = std::fs::read_to_string(folder.0.join(KEY)).unwrap();
    assert_eq!(key.trim().len(), 64);
    #[cfg(unix)]
    for (file, mode) in [("data", 0o700), (KEY, 0o600), (DATABASE, 0o600)] {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(folder.0.join(file)).unwrap().permissions().mode() & 0o777, mode, "{file}");
    }
    folder.user("ada");
    folder.good(&["init"]);
    assert_eq!(std::fs::read_to_string(folder.0.join(KEY)).unwrap(), key);
    assert!(folder.good(&["user", "list"]).contains("ada"));
}

#[test]
fn commands_that_only_read_make_nothing_and_the_first_that_writes_does() {
    let folder = Folder::empty();
    let reading: [&[&str]; 9] = [
        &["migrate"],
        &["doctor"],
        &["user", "list"],
        &["user", "show", "ada"],
        &["scope", "list"],
        &["service", "list"],
        &["client", "list"],
        &["token", "list"],
        &["keys", "list"],
    ];
    for arguments in reading {
        folder.fault(arguments, &[], "");
        assert!(!folder.0.join("data").exists(), "{arguments:?}");
    }
    for arguments in [&["migrate"][..], &["user", "list"]] {
        assert!(folder.fault(arguments, &[], "").contains("Make it with: jeton init"));
    }
    folder.good(&["scope", "add", "read"]);
    folder.good(&["migrate"]);
    assert!(folder.good(&["scope", "list"]).contains("read"));
}

#[test]
fn a_database_that_is_missing_beside_its_key_is_an_error_until_init() {
    let folder = Folder::ready();
    let path = folder.0.join(DATABASE);
    // A file without tables is what a copy without its log can be.
    std::fs::write(folder.0.join("hollow.db"), "").unwrap();
    let url = format!("sqlite:{}", folder.0.join("hollow.db").display());
    crate::database_copies::on_server(&url, "create table gone (id bigint); drop table gone");
    let hollow = std::fs::read(folder.0.join("hollow.db")).unwrap();
    for (left, part) in [(None, "is missing although"), (Some(Vec::new()), "is empty although"), (Some(hollow), "")] {
        match &left {
            None => std::fs::remove_file(&path).unwrap(),
            Some(bytes) => std::fs::write(&path, bytes).unwrap(),
        }
        for arguments in [&["serve"][..], &["migrate"], &["user", "list"], &["scope", "add", "read"]] {
            let line = folder.fault(arguments, &[], "");
            assert!(line.contains("JETON_DATABASE_URL") && line.contains(part), "{line}");
            assert!(line.contains("jeton restore") && line.contains("jeton init"), "{line}");
            assert_eq!(path.exists(), left.is_some());
        }
        let doctor = folder.run(&["doctor"], &[], "");
        assert!(!doctor.good && doctor.out.contains("jeton restore") && !doctor.out.contains("jeton migrate"));
        folder.good(&["init"]);
        folder.good(&["user", "list"]);
    }
}

#[test]
fn a_key_of_another_database_is_told_by_every_command_and_init_makes_nothing_of_it() {
    let (folder, other) = (Folder::ready(), Folder::ready());
    folder.user("ada");
    let own = std::fs::read(folder.0.join(KEY)).unwrap();
    std::fs::copy(other.0.join(KEY), folder.0.join(KEY)).unwrap();
    for arguments in [&["serve"][..], &["init"], &["migrate"], &["user", "list"], &["backup", "b.db"]] {
        let line = folder.fault(arguments, &[], "");
        assert!(line.contains("JETON_SECRET_KEY_FILE") && line.contains("is not the key of the database"), "{line}");
    }
    assert!(folder.run(&["doctor"], &[], "").out.contains("is not the key of the database"));
    std::fs::write(folder.0.join(KEY), own).unwrap();
    assert!(folder.good(&["doctor"]).contains("the key is the one of this database"));
    assert!(folder.good(&["user", "list"]).contains("ada"));
}

/// As a database of a version is that knew nothing of names.
#[test]
fn a_database_without_a_name_gets_it_at_the_next_command_that_writes_but_not_under_another_key() {
    let (folder, other) = (Folder::ready(), Folder::ready());
    let url = format!("sqlite:{}", folder.0.join(DATABASE).display());
    crate::database_copies::on_server(&url, "delete from identity");
    let own = std::fs::read(folder.0.join(KEY)).unwrap();
    std::fs::copy(other.0.join(KEY), folder.0.join(KEY)).unwrap();
    // Its signing keys are sealed under its own.
    assert!(folder.fault(&["scope", "add", "read"], &[], "").contains("is not the key of the database"));
    std::fs::write(folder.0.join(KEY), own).unwrap();
    folder.good(&["user", "list"]);
    assert!(folder.good(&["doctor"]).contains("has no name yet"));
    folder.good(&["scope", "add", "read"]);
    assert!(folder.good(&["doctor"]).contains("the key is the one of this database"));
}

#[test]
fn a_key_that_is_missing_beside_its_database_is_an_error_until_init() {
    let folder = Folder::ready();
    std::fs::remove_file(folder.0.join(KEY)).unwrap();
    let line = folder.fault(&["serve"], &[], "");
    assert!(line.contains("JETON_SECRET_KEY_FILE") && line.contains("jeton init"), "{line}");
    assert!(folder.good(&["init"]).contains("A NEW key was made for a database that was in use"));
    assert!(!folder.good(&["init"]).contains("NEW key"));
    folder.good(&["user", "list"]);
    assert!(folder.good(&["doctor"]).contains("the key is the one of this database"));
}

#[test]
fn a_misspelt_variable_makes_no_second_database_unless_that_is_asked_for() {
    let folder = Folder::empty();
    let misspelt = [("JETON_DATABASE_URI", "postgres://db.example/jeton")];
    let line = folder.fault(&["scope", "add", "read"], &misspelt, "");
    assert!(line.contains("Did you mean JETON_DATABASE_URL?") && line.contains("jeton init"), "{line}");
    assert!(!folder.0.join(KEY).exists() && !folder.0.join(DATABASE).exists());
    assert!(folder.run(&["init"], &misspelt, "").good);
    assert!(folder.run(&["scope", "add", "read"], &misspelt, "").good, "on purpose it is made");
}

#[cfg(unix)]
#[test]
fn files_that_everybody_can_read_stop_the_start_until_they_are_closed() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::ready();
    for (file, setting) in [(KEY, "JETON_SECRET_KEY_FILE"), (DATABASE, "JETON_DATABASE_URL")] {
        let set = |mode| std::fs::set_permissions(folder.0.join(file), std::fs::Permissions::from_mode(mode)).unwrap();
        set(0o644);
        let line = folder.fault(&["serve"], &[], "");
        assert!(line.contains(setting) && line.contains("chmod 600"), "{line}");
        assert!(folder.run(&["doctor"], &[], "").out.contains("chmod 600"));
        set(0o600);
        folder.good(&["user", "list"]);
    }
}

#[test]
fn bad_settings_and_command_lines_are_one_line_each() {
    let folder = Folder::ready();
    type Case<'a> = (&'a [&'a str], &'a [(&'a str, &'a str)], &'a str);
    let table: [Case; 8] = [
        (&["serve"], &[("JETON_LISTEN", "nonsense")], "JETON_LISTEN"),
        (&["user", "list"], &[("JETON_PUBLIC_URL", "http://login.example.org")], "JETON_PUBLIC_URL"),
        (&["serve"], &[("JETON_FETCH_CA_FILE", "missing.pem")], "JETON_FETCH_CA_FILE"),
        (&["--config", "missing.toml", "serve"], &[], "missing.toml"),
        (&[], &[], "Name a command"),
        (&["user"], &[], "Name a command"),
        (&["frobnicate"], &[], "frobnicate"),
        (&["client", "add"], &[], "--name"),
    ];
    for (arguments, settings, part) in table {
        let line = folder.fault(arguments, settings, "");
        assert!(line.contains(part), "{line}");
    }
    folder.good(&["--help"]);
    folder.good(&["client", "add", "--help"]);
}

#[test]
fn the_help_of_serve_has_every_setting_without_what_is_set_and_none_is_an_option() {
    let folder = Folder::empty();
    let set = [("JETON_DATABASE_URL", "postgres://ada:hush@db.example/jeton"), ("JETON_LISTEN", "127.0.0.1:9999")];
    let help = folder.run(&["serve", "--help"], &set, "");
    assert!(help.good, "{}", help.err);
    for part in ["JETON_LISTEN [default: 127.0.0.1:8080]", "JETON_DATABASE_URL [default: sqlite:", "JETON_THEME"] {
        assert!(help.out.contains(part), "{}", help.out);
    }
    assert!(!help.out.contains("hush") && !help.out.contains("9999"), "{}", help.out);
    for flag in ["--JETON_LISTEN=127.0.0.1:1", "--listen=127.0.0.1:1", "--jeton-listen=127.0.0.1:1"] {
        assert!(folder.fault(&["serve", flag], &[], "").contains("unexpected argument"), "{flag}");
    }
}

#[test]
fn an_unknown_variable_is_told_and_the_server_starts_and_an_unknown_name_in_the_file_stops_it() {
    let folder = Folder::ready();
    let kubernetes = [("JETON_PORT", "tcp://10.0.0.7:8080"), ("JETON_LISTE", "127.0.0.1:0")];
    assert!(folder.run(&["user", "list"], &kubernetes, "").good);
    let settings =
        [kubernetes[0], kubernetes[1], ("JETON_LISTEN", "127.0.0.1:0"), ("JETON_PUBLIC_URL", "http://localhost:1")];
    let mut serve = folder.command(&["serve"], &settings);
    let mut server = serve.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let lines = BufReader::new(server.stdout.take().unwrap()).lines().map_while(Result::ok);
    let told: Vec<String> = lines.take_while(|line| !line.contains("ready")).collect();
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(told.iter().any(|line| line.contains("WARN") && line.contains("Did you mean JETON_LISTEN?")), "{told:?}");
    assert!(told.iter().any(|line| line.contains("JETON_PORT: there is no such setting")), "{told:?}");
    std::fs::write(folder.0.join("jeton.toml"), "jeton_liste = \"127.0.0.1:0\"").unwrap();
    assert!(folder.fault(&["user", "list"], &[], "").contains("Did you mean jeton_listen?"));
}

#[test]
fn an_svg_with_a_script_is_refused_at_the_start() {
    let folder = Folder::ready();
    let logo = |inside: &str| {
        let text = format!("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 2 1'>{inside}</svg>");
        std::fs::write(folder.0.join("logo.svg"), text).unwrap();
        [("JETON_LOGO_DARK", "logo.svg")]
    };
    let line = folder.fault(&["serve"], &logo("<script>alert(1)</script>"), "");
    assert!(line.contains("JETON_LOGO_DARK: logo.svg: the SVG holds <script>"), "{line}");
    assert!(folder.run(&["doctor"], &logo("<a/>"), "").out.contains("JETON_LOGO_DARK"));
    assert!(folder.run(&["doctor"], &logo("<path d='M0 0'/>"), "").good);
    let line = folder.fault(&["serve"], &[("JETON_FAVICON", "missing.png")], "");
    assert!(line.contains("JETON_FAVICON: missing.png: it cannot be read"), "{line}");
}

#[test]
fn the_configuration_file_is_read_and_the_environment_wins() {
    let folder = Folder::ready();
    std::fs::write(folder.0.join("jeton.toml"), "jeton_public_url = \"https://file.example\"").unwrap();
    assert!(folder.good(&["setup-link"]).starts_with("https://file.example/setup?token="));
    let link = folder.run(&["setup-link"], &[("JETON_PUBLIC_URL", "https://env.example")], "").out;
    assert!(link.starts_with("https://env.example/setup?token="));
    std::fs::write(folder.0.join("other.toml"), "jeton_public_url = \"https://other.example\"").unwrap();
    assert!(folder.good(&["--config", "other.toml", "setup-link"]).starts_with("https://other.example/"));
}

#[test]
fn postgresql_needs_a_key_that_the_operator_made() {
    let folder = Folder::ready();
    let url = ("JETON_DATABASE_URL", "postgres://jeton:hush@127.0.0.1:1/jeton");
    let line = folder.fault(&["init"], &[url], "");
    assert!(line.contains("JETON_SECRET_KEY_FILE") && line.contains("openssl rand -hex 32"), "{line}");
    let line = folder.fault(&["serve"], &[url, ("JETON_SECRET_KEY_FILE", "missing.key")], "");
    assert!(line.contains("missing.key does not exist") && line.contains("jeton init"), "{line}");
}

#[test]
fn an_unreachable_database_stops_the_start_within_ten_seconds_and_keeps_its_password_to_itself() {
    let (done, answer) = mpsc::channel();
    std::thread::spawn(move || {
        let folder = Folder::ready();
        let url = ("JETON_DATABASE_URL", "postgres://jeton:hush@127.0.0.1:1/jeton");
        done.send(folder.fault(&["serve"], &[url, ("JETON_SECRET_KEY_FILE", KEY)], "")).unwrap();
    });
    let line = answer.recv_timeout(Duration::from_secs(12)).unwrap();
    assert!(line.contains("JETON_DATABASE_URL") && line.contains("Start the database"), "{line}");
    assert!(!line.contains("hush"), "{line}");
}

#[test]
fn the_doctor_names_everything_that_is_wrong() {
    let folder = Folder::ready();
    let healthy = folder.good(&["doctor"]);
    assert!(healthy.contains("up to date") && !healthy.contains("wrong"), "{healthy}");
    std::fs::write(folder.0.join(KEY), "nonsense").unwrap();
    let settings = [("JETON_LISTEN", "127.0.0.1:8080"), ("JETON_PUBLIC_URL", "http://127.0.0.1:9090")];
    let sick = folder.run(&["doctor", "--json"], &settings, "");
    assert!(!sick.good && sick.err.lines().count() == 1);
    let findings: serde_json::Value = serde_json::from_str(&sick.out).unwrap();
    let wrong: Vec<&str> =
        findings.as_array().unwrap().iter().filter_map(|finding| finding["setting"].as_str()).collect();
    assert_eq!(wrong, ["JETON_PUBLIC_URL", "JETON_SECRET_KEY_FILE"]);
    assert!(folder.run(&["doctor"], &[("JETON_NAME", "")], "").out.contains("JETON_NAME"));
}

#[test]
fn the_first_start_makes_everything_and_logs_a_setup_link() {
    let folder = Folder::empty();
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut serve = folder.command(&["serve"], &[("JETON_LISTEN", &format!("127.0.0.1:{port}"))]);
    let mut server = serve.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let log = BufReader::new(server.stdout.take().unwrap());
    let (done, found) = mpsc::channel();
    std::thread::spawn(move || {
        let link = log.lines().map_while(Result::ok).find(|line| line.contains("/setup?token="));
        let _ = done.send(link);
    });
    let link = found.recv_timeout(Duration::from_secs(20));
    // The command line works on the live server's database.
    let users = folder.json(&["user", "list"], "");
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(link.unwrap().unwrap().contains(&format!("http://127.0.0.1:{port}/setup?token=")));
    assert_eq!(users, serde_json::json!([]));
    assert!(folder.0.join(KEY).exists() && folder.0.join(DATABASE).exists());
}
