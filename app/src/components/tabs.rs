//! The tabs of "Tokens and sessions": links, one page each.

use crate::i18n::translate;
use crate::islands::TabKeys;
use leptos::prelude::*;

/// The tabs of "Tokens and sessions".
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tab {
    Tokens,
    Sessions,
    Applications,
}

impl Tab {
    const ALL: [Self; 3] = [Self::Tokens, Self::Sessions, Self::Applications];

    const fn key(self) -> &'static str {
        match self {
            Self::Tokens => "tab-tokens",
            Self::Sessions => "tab-sessions",
            Self::Applications => "tab-applications",
        }
    }

    /// The page title: the shared heading first.
    pub(crate) fn title(self) -> String {
        format!("{}: {}", translate("tokens-and-sessions"), translate(self.key()))
    }

    const fn path(self) -> &'static str {
        match self {
            Self::Tokens => "/account/tokens",
            Self::Sessions => "/account/sessions",
            Self::Applications => "/account/applications",
        }
    }
}

/// The heading, the tabs as links, and the panel of the selected one.
#[component]
pub(crate) fn Tabs(selected: Tab, children: Children) -> AnyView {
    let links: Vec<_> = Tab::ALL.into_iter().map(|tab| link(tab, tab == selected)).collect();
    view! {
        <h1>{translate("tokens-and-sessions")}</h1>
        <TabKeys>
            <div class="tabs" role="tablist" aria-label=translate("tokens-and-sessions") id="tabs">{links}</div>
        </TabKeys>
        <section role="tabpanel" id="panel" aria-labelledby="selected-tab">{children()}</section>
    }
    .into_any()
}

fn link(tab: Tab, selected: bool) -> AnyView {
    view! {
        <a
            role="tab" href=tab.path() aria-selected=if selected { "true" } else { "false" }
            id=selected.then_some("selected-tab") aria-controls=selected.then_some("panel")
        >{translate(tab.key())}</a>
    }
    .into_any()
}
