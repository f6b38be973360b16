//! Values to show: short and long, in several scripts, with markup in them.

use oauth::answer::{ConnectionRow, ConnectionsDialog, ConnectionsView, Piece, RemoveQuestion, Right};
use oauth::device::Device;
use oauth::form::{ClientForm, FieldError, PersonName};
use oauth::redirect_uri::Destination;
use oauth::view::{
    AccountDeletionView, AccountView, ApplicationView, CheckEndpoint, ConnectionDetail, ConnectionView, ConsentView,
    OwnedApplication, ScopeChoice, ScopeView, SecretView, SessionView, TokenCheck, TokenView,
};
use oauth::{Access, ClientKind, Risk, Timestamp};

pub(crate) const VALUE: &str = "jtn_pt_7Yp2QmXv9sLk3HdRtB8wZc5NfJg1UeAo4Ti6yVnMxPk3f9aBcDeF";

pub(crate) const fn at(hours_ago: i64) -> Timestamp {
    Timestamp::from_seconds(1_795_000_000 - hours_ago * 3600)
}

pub(crate) fn choices() -> Vec<ScopeChoice> {
    let choice =
        |name: &str, title: &str, allowed| ScopeChoice { name: name.to_owned(), title: title.to_owned(), allowed };
    vec![
        choice("read", "See your data", true),
        choice("write", "Change your data", true),
        choice("service_id=uslicer.iponweb.com", "Use the service uslicer", true),
        choice("admin:keys", "Rotate keys", false),
    ]
}

pub(crate) fn token(id: &str, name: &str, scopes: &[&str]) -> TokenView {
    TokenView {
        id: id.to_owned(),
        name: name.to_owned(),
        hint: "jtn_pt_…k3f9".to_owned(),
        scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
        created_at: at(700),
        last_used: Some(at(2)),
        last_used_from: Some("192.0.2.7".to_owned()),
        revoked_at: None,
        lost_scopes: false,
        idle: false,
    }
}

pub(crate) fn tokens() -> Vec<TokenView> {
    let many = ["read", "write", "service_id=uslicer.iponweb.com", "service_id=upredict.iponweb.com", "email"];
    vec![
        token("1", "backup script", &["read", "service_id=uslicer.iponweb.com"]),
        TokenView { last_used: None, last_used_from: None, ..token("2", "ci deploy", &many) },
        TokenView {
            lost_scopes: true,
            idle: true,
            ..token("3", "<b>مرحبا</b> 🎉 a name that is rather long, as people will choose them", &["write"])
        },
    ]
}

pub(crate) fn revoked() -> Vec<TokenView> {
    vec![TokenView { revoked_at: Some(at(1)), ..token("9", "old laptop", &["read"]) }]
}

fn scope(name: &str, title: &str, optional: bool) -> ScopeView {
    let risk = match name {
        "offline_access" => Risk::Away,
        "photos:write" => Risk::Changes,
        "profile" | "email" => Risk::Reads,
        _ => Risk::Unknown,
    };
    let (name, title) = (name.to_owned(), title.to_owned());
    ScopeView { name, title, risk, new: true, optional, allowed: true, ..ScopeView::default() }
}

pub(crate) fn consent() -> ConsentView {
    ConsentView {
        client_name: "Photo Printer".to_owned(),
        client_description: "Prints your photos and sends them home.".to_owned(),
        username: "ada".to_owned(),
        full_name: Some("Ada Lovelace".to_owned()),
        email: Some("ada@example.com".to_owned()),
        scopes: vec![
            scope("profile", "See your name and picture", false),
            scope("photos:write", "Read and change your photos", false),
            scope("offline_access", "Keep this access when you are away", false),
            scope("email", "See your e-mail address", true),
        ],
        away: true,
        destination: Destination::Web("https://printer.example".to_owned()),
        registered_by: Some("grace".to_owned()),
        registered_at: at(90),
        young: true,
        sealed: "sealed-request".to_owned(),
        switch_url: "/login?switch=1&return_to=%2Foauth2%2Fauthorize%3Fclient_id%3Dc1".to_owned(),
        public_client: false,
    }
}

pub(crate) fn consent_again() -> ConsentView {
    let mut view = consent();
    view.scopes[0].new = false;
    view.scopes[2].allowed = false;
    view.scopes.push(ScopeView { new: false, ..scope("service_id=uslicer.iponweb.com", "", false) });
    ConsentView { public_client: true, destination: Destination::Device, full_name: None, ..view }
}

pub(crate) fn account() -> AccountView {
    AccountView {
        username: "ada".to_owned(),
        full_name: Some("Ada Lovelace".to_owned()),
        email: Some("ada@example.com".to_owned()),
        access: Access::Full,
        administrator: true,
        tokens: 3,
        sessions: 2,
        connections: 1,
        created_at: at(9000),
        password_changed_at: at(4000),
        recent: vec![connection()],
    }
}

pub(crate) fn person() -> PersonName {
    PersonName { given_name: "Ada".to_owned(), family_name: "Lovelace".to_owned() }
}

pub(crate) fn account_deletion(in_the_way: bool) -> AccountDeletionView {
    let owned = |name: &str, people| OwnedApplication { client_id: "c1".to_owned(), name: name.to_owned(), people };
    let mut applications = vec![owned("Photo Printer", 0)];
    if in_the_way {
        applications.extend([owned("<b>مرحبا</b>", 1), owned("Calendar", 142)]);
    }
    AccountDeletionView { tokens: 3, sessions: 2, connections: 1, applications, last_administrator: in_the_way }
}

pub(crate) fn connection_detail() -> ConnectionDetail {
    ConnectionDetail { connection: connection(), refresh_tokens: 2, last_refreshed: Some(at(2)) }
}

/// A browser that everybody has.
pub(crate) const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:152.0) Gecko/20100101 Firefox/152.0";

pub(crate) fn session(id: &str, user_agent: &str, current: bool) -> SessionView {
    SessionView {
        id: id.to_owned(),
        device: Device::of(user_agent),
        user_agent: user_agent.to_owned(),
        address: "2001:db8:85a3::8a2e:370:7334".to_owned(),
        signed_in_at: at(30),
        last_seen_at: at(0),
        current,
    }
}

pub(crate) fn connection() -> ConnectionView {
    ConnectionView {
        id: "g1".to_owned(),
        client_name: "Photo Printer".to_owned(),
        owner: Some("grace".to_owned()),
        scopes: consent().scopes,
        allowed_at: at(90),
        last_used: Some(at(1)),
        uses: 1204,
        counted_since: Some(at(48)),
        last_check: Some(TokenCheck {
            endpoint: CheckEndpoint::Introspection,
            service: Some("Photo Archive".to_owned()),
        }),
    }
}

fn named(text: &str, name: &str) -> Vec<Piece> {
    vec![Piece::Text(text.to_owned()), Piece::Name(name.to_owned())]
}

fn right(scope: ScopeView) -> Right {
    Right { scope: scope.name, title: scope.title, risk: scope.risk }
}

pub(crate) fn connections() -> ConnectionsView {
    let busy = ConnectionRow {
        id: "g1".to_owned(),
        name: "Photo Printer".to_owned(),
        by: named("by ", "grace"),
        rights: consent().scopes.into_iter().map(right).collect(),
        allowed_at: at(90),
        last_used: Some(at(1)),
        uses: "Used 1204 times since 14 Nov 2026".to_owned(),
        asked: named("Last asked by ", "Photo Archive"),
    };
    let idle = ConnectionRow {
        id: "g2".to_owned(),
        name: "<b>Ünïcode</b> 写真 printer of the third floor".to_owned(),
        by: Vec::new(),
        last_used: None,
        uses: String::new(),
        asked: Vec::new(),
        ..busy.clone()
    };
    ConnectionsView { rows: vec![busy, idle] }
}

pub(crate) fn removing() -> ConnectionsDialog {
    ConnectionsDialog::Remove(RemoveQuestion {
        id: "g1".to_owned(),
        title: named("Remove access of ", "Photo Printer"),
        text: vec![Piece::Name("Photo Printer".to_owned()), Piece::Text(" will lose access.".to_owned())],
        stops: consent().scopes.into_iter().map(right).collect(),
        uses: "Used 1204 times in 30 days".to_owned(),
        asked: named("Last asked by ", "Photo Archive"),
    })
}

pub(crate) fn application() -> ApplicationView {
    ApplicationView {
        client_id: "c_8f2a91b7d0".to_owned(),
        name: "Photo Printer".to_owned(),
        description: "Prints your photos".to_owned(),
        kind: ClientKind::Confidential,
        redirect_uris: vec!["https://printer.example/callback".to_owned(), "http://127.0.0.1/callback".to_owned()],
        require_pkce: true,
        optional_scopes: vec!["write".to_owned()],
        people: 142,
        created_at: at(900),
        secrets: vec![
            SecretView { hint: "k3f9".to_owned(), created_at: at(24), expires_at: None },
            SecretView { hint: "77ab".to_owned(), created_at: at(900), expires_at: Some(at(-24)) },
        ],
        by_key: false,
        version: 3,
        last_used: Some(at(5)),
    }
}

pub(crate) fn form(name: &str, urls: &[&str]) -> ClientForm {
    ClientForm {
        name: name.to_owned(),
        description: "Prints your photos".to_owned(),
        redirect_uris: urls.iter().map(|url| (*url).to_owned()).collect(),
        kind: ClientKind::Confidential,
        require_pkce: true,
        optional_scopes: vec!["write".to_owned()],
    }
}

pub(crate) fn errors(list: &[(&str, &'static str)]) -> Vec<FieldError> {
    list.iter().map(|(field, message)| FieldError::new(*field, *message)).collect()
}
