//! How an answer travels to the client: by redirect, or in a form that the browser posts (Form Post Response Mode).

use oauth::callback::AnswerForm;
use oauth::{Callback, Client, Error as OAuth, Params, ResponseMode};

/// The ways that are offered.
const MODES: [ResponseMode; 2] = [ResponseMode::Query, ResponseMode::FormPost];

/// An answer on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// To this address.
    Redirect(String),
    /// In a form.
    Form(Box<ReplyForm>),
}

/// An answer that the browser posts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyForm {
    /// What is posted, and where.
    pub form: AnswerForm,
    /// The name of the client, for the page around the form.
    pub client_name: String,
    /// Where the form leads, for the page's `form-action`.
    pub form_action: Option<String>,
    /// The languages that the client knows the person to read, best first.
    pub ui_locales: Vec<String>,
}

/// Where the answer to a request goes, and how.
#[derive(Clone)]
pub(super) struct Way {
    pub callback: Callback,
    client_name: String,
    ui_locales: Vec<String>,
    mode: ResponseMode,
}

impl Way {
    /// The way that the request asks for; the default for one that asks for none that there is.
    pub fn new(client: &Client, callback: Callback, params: &Params) -> Self {
        let mode = ResponseMode::choose(params, &MODES).unwrap_or_default();
        let locales = params.get("ui_locales").unwrap_or_default().unwrap_or_default();
        let ui_locales = locales.split_ascii_whitespace().map(str::to_owned).collect();
        Self { callback, client_name: client.name.clone(), ui_locales, mode }
    }

    /// The code on its way.
    pub fn success(&self, code: &str) -> Reply {
        match self.mode {
            ResponseMode::Query => Reply::Redirect(self.callback.success(code)),
            ResponseMode::FormPost => self.form(self.callback.success_form(code)),
        }
    }

    /// An error on its way.
    pub fn error(&self, error: &OAuth) -> Reply {
        match self.mode {
            ResponseMode::Query => Reply::Redirect(self.callback.error(error)),
            ResponseMode::FormPost => self.form(self.callback.error_form(error)),
        }
    }

    fn form(&self, form: AnswerForm) -> Reply {
        let form_action = oauth::redirect_uri::origin(&self.callback.redirect_uri);
        let ui_locales = self.ui_locales.clone();
        Reply::Form(Box::new(ReplyForm { form, client_name: self.client_name.clone(), form_action, ui_locales }))
    }
}
