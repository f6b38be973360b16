//! The form of an application. Errors name the fields `name`, `description`, `redirect_uri_1`, …,
//! `optional_scopes`.

use super::{FieldError, check_name, distinct};
use crate::scope::INTROSPECT;
use crate::view::{ApplicationView, ScopeChoice};
use crate::{ClientKind, Message, Params, redirect_uri};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

const MAX_DESCRIPTION: usize = 500;
const MAX_REDIRECT_URIS: usize = 20;

/// The form that registers or changes an application. Errors name the fields `name`, `description`,
/// `redirect_uri_1`, …, `optional_scopes`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientForm {
    /// What people see.
    pub name: String,
    /// What people read at consent.
    pub description: String,
    /// One address for each row of the form; at least one row, which may be empty.
    #[serde(default)]
    pub redirect_uris: Vec<String>,
    /// Web server, or single-page or native.
    pub kind: ClientKind,
    /// Whether PKCE is required.
    pub require_pkce: bool,
    /// Scopes that people may leave out when they are asked.
    #[serde(default)]
    pub optional_scopes: Vec<String>,
}

/// A field in which two forms differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientField {
    /// The name.
    Name,
    /// The description.
    Description,
    /// The redirect URIs.
    RedirectUris,
    /// Whether PKCE is required.
    RequirePkce,
    /// The scopes that people may leave out.
    OptionalScopes,
}

/// The form as the stored application would fill it in.
impl From<&ApplicationView> for ClientForm {
    fn from(stored: &ApplicationView) -> Self {
        Self {
            name: stored.name.clone(),
            description: stored.description.clone(),
            redirect_uris: stored.redirect_uris.clone(),
            kind: stored.kind,
            require_pkce: stored.require_pkce,
            optional_scopes: stored.optional_scopes.clone(),
        }
    }
}

/// The empty form: a web server that must use PKCE, one empty row.
impl Default for ClientForm {
    fn default() -> Self {
        Self::parse(&Params::default())
    }
}

impl ClientForm {
    /// The fields `name`, `description`, `redirect_uri` (repeated), `type` (`web`, `native`),
    /// `pkce` (`optional`) and `optional_scope` (repeated): trimmed, without empty and repeated
    /// addresses.
    #[must_use]
    pub fn parse(params: &Params) -> Self {
        Self::with_rows(params, params.all("redirect_uri").map(str::to_owned).collect()).tidy()
    }

    /// Normalized: trimmed, without empty and repeated addresses and scopes.
    #[must_use]
    pub fn tidy(self) -> Self {
        let text = |text: String| text.trim().to_owned();
        let mut redirect_uris = distinct(self.redirect_uris.iter().map(String::as_str));
        if redirect_uris.is_empty() {
            redirect_uris.push(String::new());
        }
        Self {
            name: text(self.name),
            description: text(self.description),
            redirect_uris,
            optional_scopes: distinct(self.optional_scopes.iter().map(String::as_str)),
            ..self
        }
    }

    /// The row, from 1, of the address that is the `number`th after [`ClientForm::tidy`].
    #[must_use]
    pub fn row_of(rows: &[String], number: usize) -> usize {
        let tidy = distinct(rows.iter().map(String::as_str));
        let address = tidy.get(number.saturating_sub(1));
        let row = address.and_then(|address| rows.iter().position(|row| row.trim() == address));
        row.map_or(number, |row| row + 1)
    }

    /// The form after the button `add` (an empty row) or `remove:N` (row N, from 1). Empty rows
    /// stay, so that numbers match the page. `None`: another button.
    #[must_use]
    pub fn edited(params: &Params, intent: &str) -> Option<Self> {
        let mut rows: Vec<String> = params.all("redirect_uri").map(|uri| uri.trim().to_owned()).collect();
        match intent.strip_prefix("remove:") {
            Some(number) => {
                let index = number.parse::<usize>().ok()?.checked_sub(1)?;
                rows = rows.into_iter().enumerate().filter(|(row, _)| *row != index).map(|(_, uri)| uri).collect();
            }
            None if intent == "add" => rows.push(String::new()),
            None => return None,
        }
        rows.truncate(MAX_REDIRECT_URIS);
        Some(Self::with_rows(params, rows))
    }

    fn with_rows(params: &Params, mut redirect_uris: Vec<String>) -> Self {
        if redirect_uris.is_empty() {
            redirect_uris.push(String::new());
        }
        let text = |name: &str| params.last(name).unwrap_or_default().trim().to_owned();
        Self {
            name: text("name"),
            description: text("description"),
            redirect_uris,
            kind: if params.last("type") == Some("native") { ClientKind::Public } else { ClientKind::Confidential },
            require_pkce: params.last("pkce") != Some("optional"),
            optional_scopes: distinct(params.all("optional_scope")),
        }
    }

    /// The fields that differ; the order of scopes does not matter.
    #[must_use]
    pub fn differs_from(&self, other: &Self) -> Vec<ClientField> {
        let set = |form: &Self| form.optional_scopes.iter().cloned().collect::<BTreeSet<_>>();
        let fields = [
            (ClientField::Name, self.name != other.name),
            (ClientField::Description, self.description != other.description),
            (ClientField::RedirectUris, self.redirect_uris != other.redirect_uris),
            (ClientField::RequirePkce, self.require_pkce != other.require_pkce),
            (ClientField::OptionalScopes, set(self) != set(other)),
        ];
        fields.into_iter().filter_map(|(field, differs)| differs.then_some(field)).collect()
    }

    /// The first invalid optional scope: unknown, or `introspect`, which people are never asked
    /// for.
    #[must_use]
    pub fn check_scopes(&self, known: &[ScopeChoice]) -> Option<FieldError> {
        let exists = |name: &String| name != INTROSPECT && known.iter().any(|choice| choice.name == *name);
        let bad = self.optional_scopes.iter().find(|name| !exists(name))?;
        Some(FieldError::new("optional_scopes", Message::new("scope-unknown").with("scope", bad.as_str())))
    }

    /// The validation errors; empty: valid.
    #[must_use]
    pub fn check(&self) -> Vec<FieldError> {
        let name = check_name(&self.name).err().map(|message| FieldError::new("name", message));
        let long = self.description.chars().count() > MAX_DESCRIPTION;
        let description = long.then(|| FieldError::new("description", "text-long"));
        name.into_iter().chain(description).chain(self.check_redirect_uris()).collect()
    }

    fn check_redirect_uris(&self) -> Vec<FieldError> {
        let at = |row: usize, message: &'static str| FieldError::new(format!("redirect_uri_{row}"), message);
        if self.redirect_uris.len() > MAX_REDIRECT_URIS {
            return vec![at(MAX_REDIRECT_URIS + 1, "uri-many")];
        }
        let rows = self.redirect_uris.iter().enumerate();
        rows.filter_map(|(row, uri)| redirect_uri::check(uri).err().map(|message| at(row + 1, message))).collect()
    }
}
