//! The suite's browser: it finds fields and buttons by their ids, types, presses, and runs no
//! script.

use oauth::Params;

use super::suite::{FIRST, LEFT, Mode};
use crate::harness::{Browser, Form, PASSWORD, Reply, attribute};

/// Enough for sign-in, question and answer, and the redirects between them.
const MOST_STEPS: usize = 12;

/// Where the browser ended.
pub struct Landing {
    /// The parameters that the client got, and by which mode; `None` while the browser is on a page
    /// of the server.
    pub answer: Option<(Mode, Vec<(String, String)>)>,
    /// The last answer of ours.
    pub reply: Reply,
    /// The pages that were shown, by the id of the button that was pressed there.
    pub pages: Vec<(&'static str, String)>,
}

impl Landing {
    pub async fn of(browser: &Browser, mut reply: Reply) -> Self {
        let mut pages = Vec::new();
        for _ in 0..MOST_STEPS {
            if let Some(answer) = at_the_client(&reply) {
                return Self { answer: Some(answer), reply, pages };
            }
            if reply.location().starts_with('/') {
                reply = browser.get(reply.location()).await;
                continue;
            }
            let html = reply.text();
            let Some((button, form)) = filled_in(&html) else { return Self { answer: None, reply, pages } };
            pages.push((button, html));
            reply = browser.submit(&form).await;
        }
        let seen: Vec<&str> = pages.iter().map(|(button, _)| *button).collect();
        assert_eq!(seen, ["an end"], "the browser goes round");
        Self { answer: None, reply, pages }
    }

    /// A parameter of the answer.
    pub fn param(&self, name: &str) -> Option<&str> {
        let (_, pairs) = self.answer.as_ref()?;
        pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub fn code(&self) -> String {
        assert!(self.param("code").is_some(), "{:?} {:?}", self.answer, self.reply.body);
        self.param("code").unwrap().to_owned()
    }

    /// The pages that were shown.
    pub fn seen(&self) -> Vec<&str> {
        self.pages.iter().map(|(button, _)| *button).collect()
    }
}

/// The answer that this redirect or this page carries to the client.
fn at_the_client(reply: &Reply) -> Option<(Mode, Vec<(String, String)>)> {
    if let Some(query) = reply.location().strip_prefix(&format!("{}?", FIRST.redirect_uri)) {
        assert_eq!(reply.status, 303);
        return Some((Mode::Query, Params::parse(query.as_bytes()).unwrap().pairs().to_vec()));
    }
    if let Some(query) = reply.location().strip_prefix(LEFT) {
        let query = query.strip_prefix('?').unwrap_or(query);
        return Some((Mode::Query, Params::parse(query.as_bytes()).unwrap().pairs().to_vec()));
    }
    let html = reply.text();
    let form = Form::find(&html, FIRST.redirect_uri)?;
    assert!(reply.status == 200 && tag(&html, "form-post-continue").is_some() && !html.contains("enctype"));
    Some((Mode::FormPost, form.fields))
}

/// The form of the page, filled in, and the button that is pressed.
fn filled_in(html: &str) -> Option<(&'static str, Form)> {
    if tag(html, "login-submit").is_some() {
        let name = tag(html, "username").unwrap();
        let form = Form::find(html, "/login").unwrap().with(&attribute(&tag(html, "password")?, "name")?, PASSWORD);
        let typed = form.clone().with(&attribute(&name, "name")?, "ada");
        return Some(("login-submit", if name.contains(" readonly") { form } else { typed }));
    }
    if tag(html, "logout-confirm").is_some() {
        return Some(("logout-confirm", Form::find(html, "/logout/confirm").unwrap()));
    }
    let allow = tag(html, "consent-allow")?;
    assert!(tag(html, "consent-deny").is_some());
    let form = Form::find(html, "/consent").unwrap();
    Some(("consent-allow", form.with(&attribute(&allow, "name")?, &attribute(&allow, "value")?)))
}

/// The inside of the field or button with this id.
pub fn tag(html: &str, id: &str) -> Option<String> {
    let tags = html.split(['<', '>']).filter(|tag| tag.starts_with("input ") || tag.starts_with("button "));
    let mut found = tags.map(str::to_owned).filter(|tag| attribute(tag, "id").as_deref() == Some(id));
    let first = found.next();
    assert_eq!(found.next(), None, "{id} stands twice on a page");
    first
}
