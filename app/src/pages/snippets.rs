//! Example programs, filled in with a registered application. `examples/snippets` runs each of them
//! in the tests.

use crate::controls::CopyButton;
use crate::i18n::{translate, translate_with};
use leptos::prelude::*;
use oauth::view::{ApplicationView, ScopeChoice};
use oauth::{ClientKind, Params};

/// A program with placeholders (`{{issuer}}`) and conditional lines (`{{secret}}` in front).
pub(super) struct Snippet {
    /// A product's name, the same in every language.
    name: &'static str,
    /// The id of the element.
    id: &'static str,
    text: &'static str,
    quotes: Quotes,
}

/// How a single-quoted string is escaped.
#[derive(Clone, Copy)]
enum Quotes {
    Shell,
    Backslash,
}

macro_rules! snippet {
    ($name:literal, $id:literal, $file:literal, $quotes:ident) => {
        Snippet {
            name: $name,
            id: $id,
            text: include_str!(concat!("../../../examples/snippets/", $file)),
            quotes: Quotes::$quotes,
        }
    };
}

const CURL: Snippet = snippet!("curl", "snippet-curl", "curl.sh", Shell);
const NODE: Snippet = snippet!("Node.js, openid-client", "snippet-node", "openid-client.mjs", Backslash);
const PYTHON: Snippet = snippet!("Python, Authlib", "snippet-python", "authlib.py", Backslash);
const SWAGGER: Snippet = snippet!("Swagger UI", "snippet-swagger", "swagger-ui.js", Backslash);
pub(super) const TOKENINFO: Snippet = snippet!("curl", "snippet-tokeninfo", "tokeninfo.sh", Shell);
pub(super) const INTROSPECT: Snippet = snippet!("curl", "snippet-introspect", "introspect.sh", Shell);

/// The values of the placeholders.
#[derive(Clone, Debug, Default)]
pub(super) struct Placeholders {
    issuer: String,
    client_id: String,
    redirect_uri: String,
    scope: String,
    secret: bool,
}

impl Placeholders {
    /// For programs that need no application.
    pub(super) fn of_issuer(issuer: &str) -> Self {
        Self { issuer: issuer.to_owned(), ..Self::default() }
    }

    /// An application with its first redirect URI, and the first scope.
    fn of(application: &ApplicationView, scopes: &[ScopeChoice], issuer: &str) -> Self {
        Self {
            issuer: issuer.to_owned(),
            client_id: application.client_id.clone(),
            redirect_uri: application.redirect_uris.first().cloned().unwrap_or_default(),
            scope: scopes.first().map(|scope| scope.name.clone()).unwrap_or_default(),
            secret: application.kind == ClientKind::Confidential,
        }
    }

    fn value(&self, placeholder: &str) -> String {
        match placeholder {
            "issuer" => self.issuer.clone(),
            "client_id" => self.client_id.clone(),
            "redirect_uri" => self.redirect_uri.clone(),
            "scope" => self.scope.clone(),
            "query" => self.query(),
            _ => String::new(),
        }
    }

    /// The query of an authorization request, encoded.
    fn query(&self) -> String {
        let pairs = [
            ("response_type", "code"),
            ("client_id", &self.client_id),
            ("redirect_uri", &self.redirect_uri),
            ("scope", &self.scope),
        ];
        Params::from_pairs(pairs.into_iter().filter(|(_, value)| !value.is_empty())).encode()
    }

    /// A line without its condition, if the condition holds.
    fn without_condition<'a>(&self, line: &'a str) -> Option<&'a str> {
        let plain = self.issuer.starts_with("http:");
        let conditions = [
            ("{{secret}}", self.secret),
            ("{{public}}", !self.secret),
            ("{{scoped}}", !self.scope.is_empty()),
            ("{{http}}", plain),
            ("{{https}}", !plain),
        ];
        match conditions.into_iter().find_map(|(mark, held)| Some((line.strip_prefix(mark)?, held))) {
            Some((rest, held)) => held.then_some(rest),
            None => Some(line),
        }
    }
}

impl Snippet {
    fn filled(&self, placeholders: &Placeholders) -> String {
        let lines = self.text.lines().filter_map(|line| placeholders.without_condition(line));
        lines.map(|line| self.line(line, placeholders)).collect::<Vec<_>>().join("\n")
    }

    fn line(&self, line: &str, placeholders: &Placeholders) -> String {
        let mut pieces = line.split("{{");
        let mut text = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let (placeholder, rest) = piece.split_once("}}").unwrap_or(("", piece));
            text.push_str(&self.quotes.inside(&placeholders.value(placeholder)));
            text.push_str(rest);
        }
        text
    }
}

impl Quotes {
    fn inside(self, value: &str) -> String {
        match self {
            Self::Shell => value.replace('\'', r"'\''"),
            Self::Backslash => value.replace('\\', r"\\").replace('\'', r"\'"),
        }
    }
}

/// One program with a copy button.
#[component]
pub(super) fn Example(snippet: Snippet, placeholders: Placeholders) -> AnyView {
    let label = translate_with("connect-copy", [("name", snippet.name.into())]);
    view! {
        <pre dir="ltr" translate="no"><code id=snippet.id>{snippet.filled(&placeholders)}</code></pre>
        <CopyButton target=snippet.id.to_owned() label=label done=translate("connect-copied") once=false/>
    }
    .into_any()
}

/// Every example that fits this application, collapsed. Swagger UI runs in the browser, so it is
/// for public clients.
#[component]
pub(super) fn Examples(application: ApplicationView, scopes: Vec<ScopeChoice>, issuer: String) -> AnyView {
    let placeholders = Placeholders::of(&application, &scopes, &issuer);
    let swagger = (!placeholders.secret).then_some(SWAGGER);
    let fitting = [CURL, NODE, PYTHON].into_iter().chain(swagger);
    let folds: Vec<_> = fitting
        .map(|snippet| {
            let (name, placeholders) = (snippet.name, placeholders.clone());
            view! { <details><summary><bdi>{name}</bdi></summary><div class="stack-tight"><Example snippet=snippet placeholders=placeholders/></div></details> }
        })
        .collect();
    folds.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placeholders() -> Placeholders {
        Placeholders {
            issuer: "https://id.example".to_owned(),
            client_id: "c_1".to_owned(),
            redirect_uri: "https://a.example/it's?x={{issuer}}".to_owned(),
            scope: String::new(),
            secret: true,
        }
    }

    #[test]
    fn what_stands_between_quotes_cannot_end_them_and_is_never_read_as_a_gap() {
        let (shell, node) = (CURL.filled(&placeholders()), NODE.filled(&placeholders()));
        assert!(shell.contains(r"redirect_uri='https://a.example/it'\''s?x={{issuer}}'"), "{shell}");
        assert!(shell.contains("client_id=c_1&redirect_uri=https%3A%2F%2Fa.example%2Fit%27s"), "{shell}");
        assert!(node.contains(r"const redirect_uri = 'https://a.example/it\'s?x={{issuer}}';"), "{node}");
    }

    #[test]
    fn a_line_stands_there_when_its_condition_holds() {
        let public = Placeholders {
            secret: false,
            scope: "read".to_owned(),
            issuer: "http://127.0.0.1".to_owned(),
            ..placeholders()
        };
        for (placeholders, there, not) in [
            (
                placeholders(),
                ["CLIENT_SECRET", "{ algorithm: 'oauth2' }"],
                ["client.None()", "allowInsecureRequests", "scope:"],
            ),
            (public, ["client.None()", "scope: 'read'"], ["CLIENT_SECRET", "{ algorithm: 'oauth2' }", "{{"]),
        ] {
            let text = NODE.filled(&placeholders).replace("x={{issuer}}", "");
            assert!(there.iter().all(|part| text.contains(part)), "{text}");
            assert!(not.iter().all(|part| !text.contains(part)), "{text}");
        }
    }
}
