//! What takes a browser: sign-in, a code, a permanent token.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use oauth::Params;

use super::counts::Fault;
use super::fixture::{PASSWORD, REDIRECT, unique};
use super::form::{Form, secret_in};
use super::http_client::{Answer, Call};
use super::journal::Family;
use super::writer::{Step, Writer};

const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const NEW_TOKEN: &str = "/account/tokens/new";

/// Signs `ada` in; the cookies that show it.
pub fn sign_in(address: SocketAddr) -> String {
    let page = Call::get("/login").with(&format!("jeton_language_{}=en", address.port())).send(address).unwrap();
    let mut cookies = BTreeMap::new();
    keep(&mut cookies, &page);
    let form = Form::find(&page.body, "/login").unwrap().with("username", "ada").with("password", PASSWORD);
    let answer = submission(&form).with(&shown(&cookies)).send(address).unwrap();
    assert_eq!(answer.status, 303, "{}", answer.shown());
    keep(&mut cookies, &answer);
    shown(&cookies)
}

fn keep(cookies: &mut BTreeMap<String, String>, answer: &Answer) {
    for cookie in answer.headers("set-cookie") {
        let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
        cookies.insert(name.to_owned(), value.to_owned());
    }
}

fn shown(cookies: &BTreeMap<String, String>) -> String {
    cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
}

fn submission(form: &Form) -> Call<'_> {
    let pairs: Vec<(&str, &str)> = form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    Call::post(&form.action, &pairs)
}

impl Writer<'_> {
    /// An authorization code: at once where the consent is stored, else by the form.
    pub fn code(&mut self) -> Step {
        let target = self.request();
        let mut answer = self.ask(&Call::get(&target).with(self.cookies))?;
        if let Some(form) = Form::find(&answer.body, "/consent") {
            answer = self.ask(&submission(&form.with("decision", "allow")).with(self.cookies))?;
        }
        match answer.param("code") {
            Some(code) => {
                self.tally.answered();
                self.book.families.push(Family::of(code));
            }
            None => self.fault(Fault::Lost, "no code, so the session is gone", &answer),
        }
        Ok(())
    }

    fn request(&self) -> String {
        let pairs = [
            ("response_type", "code"),
            ("client_id", &self.client),
            ("redirect_uri", REDIRECT),
            ("scope", "read"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        format!("/oauth2/authorize?{}", Params::from_pairs(pairs).encode())
    }

    /// A permanent token, by its form.
    pub fn permanent_token(&mut self) -> Step {
        let page = self.ask(&Call::get(NEW_TOKEN).with(self.cookies))?;
        let Some(form) = Form::find(&page.body, NEW_TOKEN) else {
            self.fault(Fault::Lost, "no form, so the session is gone", &page);
            return Ok(());
        };
        let form = form.with("name", &format!("token {}", unique())).with("intent", "create").also("scopes", "read");
        let answer = self.ask(&submission(&form).with(self.cookies))?;
        if self.granted(&answer, Fault::Strange, "no permanent token") {
            self.book.issued(secret_in(&answer.body, "jtn_pt_"));
        }
        Ok(())
    }
}
