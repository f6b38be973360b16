//! i18n of the application functions: use-case results into the values that the page shows.

use crate::api::Translator;
use crate::pages::ENDPOINTS;
use oauth::answer::{
    ApplicationAnswer, ApplicationNow, ChangedApplication, ChangedField, Piece, RegisteredApplication, RotateQuestion,
    SavedApplication, SecretLine,
};
use oauth::form::{ClientField, ClientForm, FieldError, visible};
use oauth::view::{ApplicationView, ProblemView, SecretView};

impl Translator {
    /// The form was refused, with what to fix.
    pub(crate) fn refused(&self, errors: &[FieldError]) -> ApplicationAnswer {
        ApplicationAnswer::Refused(self.field_messages(errors))
    }

    /// The only answer that holds the first secret.
    pub(crate) fn registered(&self, client_id: String, secret: Option<String>, issuer: &str) -> ApplicationAnswer {
        let endpoints = ENDPOINTS.iter().map(|(name, path)| (self.0.translate(name), format!("{issuer}{path}")));
        ApplicationAnswer::Registered(RegisteredApplication { client_id, secret, endpoints: endpoints.collect() })
    }

    /// The settings were saved under this name and version.
    pub(crate) fn saved(&self, name: String, version: i64) -> ApplicationAnswer {
        ApplicationAnswer::Saved(SavedApplication {
            announcement: self.0.translate("application-saved"),
            name,
            version,
        })
    }

    /// An edit conflict (optimistic locking by version). Two people who made the same change have
    /// no conflict.
    pub(crate) fn conflict(&self, stored: &ApplicationView, typed: &ClientForm) -> ApplicationAnswer {
        let changed = self.changed(stored, typed);
        match changed.rows.is_empty() {
            true => self.saved(stored.name.clone(), stored.version),
            false => ApplicationAnswer::Changed(changed),
        }
    }

    /// The stored and the typed value of each field that differs.
    pub(crate) fn changed(&self, stored: &ApplicationView, typed: &ClientForm) -> ChangedApplication {
        let form = ClientForm::from(stored);
        let row = |field| ChangedField {
            field: self.0.translate(label(field)),
            stored: self.values(&form, field),
            typed: self.values(typed, field),
        };
        ChangedApplication { rows: form.differs_from(typed).into_iter().map(row).collect(), version: stored.version }
    }

    fn values(&self, form: &ClientForm, field: ClientField) -> Vec<String> {
        let values = match field {
            ClientField::Name => vec![form.name.clone()],
            ClientField::Description => vec![form.description.clone()],
            ClientField::RedirectUris => form.redirect_uris.clone(),
            ClientField::RequirePkce if form.require_pkce => vec![self.0.translate("changed-pkce-needed")],
            ClientField::RequirePkce => vec![self.0.translate("changed-pkce-optional")],
            ClientField::OptionalScopes => form.optional_scopes.clone(),
        };
        values.iter().map(|value| visible(value)).filter(|value| !value.is_empty()).collect()
    }

    /// "Rotate client secret".
    pub(crate) fn ask_rotate(&self, application: &ApplicationView, form_id: String) -> RotateQuestion {
        let older = application.secrets.iter().find(|secret| secret.expires_at.is_some());
        let third = older.map(|older| self.pieces("rotate-third", [("secret", Piece::Code(hint_of(older)))]));
        RotateQuestion { client_id: application.client_id.clone(), form_id, third: third.unwrap_or_default() }
    }

    /// The parts of the page that change without the person.
    pub(crate) fn application_now(&self, application: &ApplicationView, problems: Vec<ProblemView>) -> ApplicationNow {
        ApplicationNow {
            version: application.version,
            seen: seen(application, &problems),
            secrets: application.secrets.iter().map(|secret| self.secret(secret)).collect(),
            problems: problems.into_iter().map(|problem| self.problem(problem)).collect(),
        }
    }

    fn secret(&self, secret: &SecretView) -> SecretLine {
        let ends = |at| self.pieces("secret-stops", [("when", Piece::Moment(at))]);
        SecretLine {
            hint: hint_of(secret),
            made: self.pieces("secret-created", [("when", Piece::Day(secret.created_at))]),
            ends: secret.expires_at.map(ends).unwrap_or_default(),
        }
    }
}

/// A fingerprint of these secrets and problems: the page changes when it does.
pub(crate) fn seen(application: &ApplicationView, problems: &[ProblemView]) -> String {
    let end = |secret: &SecretView| secret.expires_at.map_or(0, oauth::Timestamp::seconds);
    let secrets = application.secrets.iter().map(|secret| format!("{}-{}", secret.hint, end(secret)));
    let problems = problems.iter().map(|problem| format!("{}-{}-{}", problem.id, problem.times, problem.may_add));
    secrets.chain(problems).collect::<Vec<_>>().join(" ")
}

/// `•••• k3f9`
fn hint_of(secret: &SecretView) -> String {
    format!("•••• {}", secret.hint)
}

const fn label(field: ClientField) -> &'static str {
    match field {
        ClientField::Name => "application-name",
        ClientField::Description => "application-description",
        ClientField::RedirectUris => "application-redirect-urls",
        ClientField::RequirePkce => "changed-pkce",
        ClientField::OptionalScopes => "register-optional",
    }
}
