//! The tab Sessions: the browsers in which the person is signed in.

use crate::components::{Tab, Tabs};
use crate::frame::Frame;
use crate::i18n::translate;
use crate::islands::SessionsIsland;
use crate::shell::{self, Document};
use crate::views::sessions::{Panel, SessionLabels, dialog};
use leptos::prelude::*;
use oauth::answer::{SessionsDialog, SessionsView};

/// The tab Sessions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SessionsPage {
    /// The signed-in browsers.
    pub list: SessionsView,
    /// The open question; the page behind it is inert.
    pub dialog: Option<SessionsDialog>,
}

/// The signed-in browsers of the person.
#[must_use]
pub fn sessions(frame: &Frame, page: SessionsPage) -> String {
    shell::render(frame, || {
        let labels = SessionLabels::translate();
        let (shown, list) = (StoredValue::new(labels.clone()), Signal::stored(page.list));
        let title =
            if page.dialog.is_some() { translate("sessions-end-others-question") } else { Tab::Sessions.title() };
        let open = page.dialog.map(|open| dialog(open, shown));
        let panel = view! { <SessionsIsland words=labels><Panel list=list labels=shown/></SessionsIsland> };
        let document = Document::new(title, view! { <Tabs selected=Tab::Sessions>{panel}</Tabs> });
        match open {
            Some(open) => document.calling().dialog(true, open),
            None => document.calling(),
        }
    })
}
