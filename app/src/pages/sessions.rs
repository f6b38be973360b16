use crate::components::{Tab, Tabs};
use crate::frame::Frame;
use crate::islands::SessionsIsland;
use crate::shell::{self, Document};
use crate::views::sessions::{Panel, SessionWords, dialog};
use crate::words::say;
use leptos::prelude::*;
use oauth::answer::{SessionsDialog, SessionsView};

/// The tab Sessions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SessionsPage {
    /// The signed-in browsers.
    pub list: SessionsView,
    /// The question that stands open; the page behind it is inert.
    pub dialog: Option<SessionsDialog>,
}

/// The signed-in browsers of the person.
#[must_use]
pub fn sessions(frame: &Frame, page: SessionsPage) -> String {
    shell::render(frame, || {
        let words = SessionWords::say();
        let (shown, list) = (StoredValue::new(words.clone()), Signal::stored(page.list));
        let title = if page.dialog.is_some() { say("sessions-end-others-question") } else { Tab::Sessions.title() };
        let open = page.dialog.map(|open| dialog(open, shown));
        let panel = view! { <SessionsIsland words=words><Panel list=list words=shown/></SessionsIsland> };
        let document = Document::new(title, view! { <Tabs selected=Tab::Sessions>{panel}</Tabs> });
        match open {
            Some(open) => document.calling().dialog(true, open),
            None => document.calling(),
        }
    })
}
