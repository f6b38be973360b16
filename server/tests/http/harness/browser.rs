//! A browser without scripts: it keeps cookies and sends the forms of the pages that it was given.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use provider::sessions::NewSession;
use server::session::{PERSON, Person, key_hash};
use tower_sessions::session::Id;

use super::{AuthRequest, Call, Form, PASSWORD, Reply, Test, unique};

#[derive(Clone)]
pub struct Browser {
    pub test: Test,
    cookies: Arc<Mutex<BTreeMap<String, String>>>,
}

impl Test {
    /// A browser that has never been here.
    pub fn browser(&self) -> Browser {
        Browser { test: self.clone(), cookies: Arc::default() }
    }

    /// A browser in which this user is signed in; how is not the test's business, so no password is
    /// hashed.
    pub async fn signed_in(&self, username: &str) -> Browser {
        let user = self.provider.show_user(username).await.unwrap();
        let id = Id(i128::from(unique()) + (1 << 100));
        let now = self.provider.now();
        let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0".to_owned();
        let address = "127.0.0.1".to_owned();
        let person = Person {
            user_id: user.id,
            auth_time: now,
            password_changed_at: user.password_changed_at,
            address: address.clone(),
            user_agent: agent.clone(),
            replaces: None,
            renewed: false,
        };
        let data = serde_json::json!({ PERSON: person }).to_string();
        let key_hash = key_hash(id);
        let new = NewSession {
            key_hash,
            user_id: user.id,
            data,
            address,
            user_agent: agent,
            signed_in_at: now,
            password_changed_at: user.password_changed_at,
            replaces: None,
        };
        self.provider.begin_session(new).await.unwrap();
        let browser = self.browser();
        browser.set_cookie(&browser.session_name(), &id.to_string());
        browser
    }
}

impl Browser {
    fn session_name(&self) -> String {
        let secure = self.test.provider.settings().issuer.starts_with("https://");
        format!("{}{}", if secure { "__Host-" } else { "" }, self.named("jeton_session"))
    }

    /// The name of a cookie on this server: with the issuer's port, where there is one.
    fn named(&self, name: &str) -> String {
        let port = self.test.provider.settings().issuer.rsplit_once(':').and_then(|(_, port)| port.parse::<u16>().ok());
        match port.filter(|_| matches!(name, "jeton_session" | "jeton_browser" | "jeton_language" | "jeton_theme")) {
            Some(port) => format!("{name}_{port}"),
            None => name.to_owned(),
        }
    }

    pub fn set_cookie(&self, name: &str, value: &str) {
        self.cookies.lock().unwrap().insert(self.named(name), value.to_owned());
    }

    /// The value of the session's cookie.
    pub fn session(&self) -> Option<String> {
        self.cookies.lock().unwrap().get(&self.session_name()).cloned()
    }

    /// Another browser with the same cookies: what a thief would have.
    pub fn copy(&self) -> Self {
        let cookies = self.cookies.lock().unwrap().clone();
        Self { test: self.test.clone(), cookies: Arc::new(Mutex::new(cookies)) }
    }

    /// This browser, which from now on finds another server at the address.
    pub fn at(&self, test: &Test) -> Self {
        Self { test: test.clone(), ..self.copy() }
    }

    pub async fn send(&self, call: Call) -> Reply {
        let cookies: Vec<String> =
            self.cookies.lock().unwrap().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let call = if cookies.is_empty() { call } else { call.header("cookie", cookies.join("; ")) };
        let reply = self.test.send(call.header("accept", "text/html")).await;
        self.keep(&reply);
        reply
    }

    fn keep(&self, reply: &Reply) {
        let mut cookies = self.cookies.lock().unwrap();
        for cookie in reply.cookies() {
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            if cookie.contains("Max-Age=0") {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(Call::get(path)).await
    }

    pub async fn submit(&self, form: &Form) -> Reply {
        let pairs: Vec<(&str, &str)> =
            form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.send(Call::post(&form.action, &pairs)).await
    }

    /// Opens a page and takes its form that posts to `action`.
    pub async fn form(&self, page: &str, action: &str) -> Form {
        let reply = self.get(page).await;
        let found = Form::find(&reply.text(), action);
        found.unwrap_or_else(|| no_form(page, action, &reply))
    }

    /// Signs in through the form.
    pub async fn sign_in(&self, username: &str, password: &str) -> Reply {
        let form = self.form("/login?switch=1", "/login").await;
        self.submit(&form.with("username", username).with("password", password)).await
    }

    /// Signs in through the form with the password that everybody has.
    pub async fn sign_in_as(&self, username: &str) {
        assert_eq!(self.sign_in(username, PASSWORD).await.status, 303);
    }

    pub async fn authorize(&self, ask: &AuthRequest) -> Reply {
        self.get(&ask.path()).await
    }

    /// The consent form of this request.
    pub async fn consent_form(&self, ask: &AuthRequest) -> Form {
        self.form(&ask.path(), "/consent").await
    }

    /// Presses Allow on the consent form.
    pub async fn allow(&self, ask: &AuthRequest) -> Reply {
        self.submit(&self.consent_form(ask).await.with("decision", "allow")).await
    }

    /// The code, whether consent is asked or stored.
    pub async fn code_with_or_without_consent(&self, ask: &AuthRequest) -> String {
        let reply = self.authorize(ask).await;
        match Form::find(&reply.text(), "/consent") {
            Some(form) => self.submit(&form.with("decision", "allow")).await.param("code").unwrap(),
            None => reply.param("code").unwrap(),
        }
    }

    /// Allows and takes the code.
    pub async fn code(&self, ask: &AuthRequest) -> String {
        self.allow(ask).await.param("code").unwrap()
    }
}

#[expect(clippy::panic, reason = "the test ends here")]
fn no_form(page: &str, action: &str, reply: &Reply) -> Form {
    panic!("no form {action} on {page}: {} {} {:?}", reply.status, reply.location(), reply.body)
}
