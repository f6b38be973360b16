use crate::components::{NotLoaded, Tab, Tabs};
use crate::frame::Frame;
use crate::shell::{self, Document};
use crate::words::say;
use leptos::prelude::*;

/// A list under "Tokens and sessions".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// The permanent tokens.
    Tokens,
    /// The signed-in browsers.
    Sessions,
    /// The connected applications.
    Applications,
}

/// The frame and the tabs, where a list itself could not be read.
#[must_use]
pub fn not_loaded(frame: &Frame, list: List) -> String {
    shell::render(frame, || {
        let (tab, text) = match list {
            List::Tokens => (Tab::Tokens, say("tokens-not-loaded")),
            List::Sessions => (Tab::Sessions, say("sessions-not-loaded")),
            List::Applications => (Tab::Applications, say("connections-not-loaded")),
        };
        let main = view! { <Tabs selected=tab><NotLoaded text=text/></Tabs> };
        Document::new(tab.title(), main)
    })
}
