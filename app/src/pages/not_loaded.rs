//! A list page whose list could not be loaded.

use crate::components::{NotLoaded, Tab, Tabs};
use crate::frame::Frame;
use crate::i18n::translate;
use crate::shell::{self, Document};
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

/// The tabs with an error in place of the list.
#[must_use]
pub fn not_loaded(frame: &Frame, list: List) -> String {
    shell::render(frame, || {
        let (tab, text) = match list {
            List::Tokens => (Tab::Tokens, translate("tokens-not-loaded")),
            List::Sessions => (Tab::Sessions, translate("sessions-not-loaded")),
            List::Applications => (Tab::Applications, translate("connections-not-loaded")),
        };
        let main = view! { <Tabs selected=tab><NotLoaded text=text/></Tabs> };
        Document::new(tab.title(), main)
    })
}
