//! i18n of the connected-application functions: grants into the values that the page shows.

use crate::api::Translator;
use crate::i18n::{date_in, scope_title};
use oauth::Message;
use oauth::answer::{ConnectionRow, ConnectionsDialog, ConnectionsView, Piece, RemoveQuestion, Right};
use oauth::form::visible;
use oauth::view::{CheckEndpoint, ConnectionView, ScopeView, TokenCheck};

impl Translator {
    /// The list as it is shown.
    pub(crate) fn connections(&self, connections: Vec<ConnectionView>) -> ConnectionsView {
        ConnectionsView { rows: connections.into_iter().map(|one| self.connection(one)).collect() }
    }

    fn connection(&self, one: ConnectionView) -> ConnectionRow {
        ConnectionRow {
            uses: self.uses(&one),
            asked: self.last_check(&one),
            rights: self.rights(one.scopes),
            by: one.owner.map(|owner| self.naming("connections-by", &owner)).unwrap_or_default(),
            id: one.id,
            name: visible(&one.client_name),
            allowed_at: one.allowed_at,
            last_used: one.last_used,
        }
    }

    /// "Remove access of …?", with what will stop.
    pub(crate) fn ask_remove(&self, one: ConnectionView) -> ConnectionsDialog {
        ConnectionsDialog::Remove(RemoveQuestion {
            title: self.naming("connections-remove-question", &one.client_name),
            text: self.naming("connections-remove-text", &one.client_name),
            uses: self.uses(&one),
            asked: self.last_check(&one),
            stops: self.rights(one.scopes),
            id: one.id,
        })
    }

    /// How often in 30 days, or since when that is counted. Nothing where nothing was seen: a
    /// service may read signed tokens by itself.
    pub(crate) fn uses(&self, one: &ConnectionView) -> String {
        let message = match one.counted_since {
            None if one.uses == 0 => return String::new(),
            None => Message::new("connections-uses"),
            Some(since) => Message::new("connections-uses-since").with("date", date_in(self.0, since)),
        };
        self.0.translate_message(&message.with("count", one.uses))
    }

    /// Who asked last.
    pub(crate) fn last_check(&self, one: &ConnectionView) -> Vec<Piece> {
        let text = |key| vec![Piece::Text(self.0.translate(key))];
        match &one.last_check {
            None => Vec::new(),
            Some(TokenCheck { service: Some(service), .. }) => self.naming("connections-asked-by", service),
            Some(TokenCheck { endpoint: CheckEndpoint::Introspection, .. }) => text("connections-asked"),
            Some(TokenCheck { endpoint: CheckEndpoint::Userinfo, .. }) => text("connections-asked-userinfo"),
            Some(TokenCheck { endpoint: CheckEndpoint::Tokeninfo, .. }) => text("connections-asked-tokeninfo"),
        }
    }

    /// The granted scopes, each with the operator's title in the reader's language, or its default
    /// title.
    pub(crate) fn rights(&self, scopes: Vec<ScopeView>) -> Vec<Right> {
        let title = |scope: &ScopeView| {
            let own = scope.titles.get(self.0.tag()).cloned();
            own.unwrap_or_else(|| scope_title(self.0, &scope.name, &scope.title))
        };
        let right = |scope: ScopeView| Right { title: title(&scope), scope: scope.name, risk: scope.risk };
        scopes.into_iter().map(right).collect()
    }
}
