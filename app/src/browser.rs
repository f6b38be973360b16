//! What the browser's document can do, as small named functions: the only places that touch it past Leptos.
//!
//! The server compiles them too, since it renders the same views; what a view needs while it is rendered there is
//! answered from the frame of the page.
#![cfg_attr(not(feature = "ssr"), expect(dead_code, unused_imports, reason = "each bundle needs a part of it"))]

mod address;
mod clipboard;
mod dialog;
mod fields;
mod focus;
mod form;
mod tabs;
mod theme;
mod times;
mod wait;

pub(crate) use address::{
    address, go_instead, here, link_within, place, reload, replace_place, show_place, with_query,
};
pub(crate) use clipboard::{copy, select};
pub(crate) use dialog::{
    bring_into_page_dialog, close_modal, close_page_dialog, escape_page_dialog, has_dialog_of_island, is_typing,
    make_modal, send_back, show_modal,
};
pub(crate) use fields::{
    Fields, button_of, field_of, is_edited, is_pressing, mark, read, set_hidden, set_title, set_value, settle, vacate,
    value, values, write,
};
pub(crate) use focus::{
    clear_status, drop_focus, empty, focus, focus_button, focus_search, swap_carefully, unfold, wipe,
};
pub(crate) use form::{Press, caps_lock, mark_fields, release_all, searched, send_once, show_characters, unticked};
pub(crate) use tabs::{begin_tabs, move_in_tabs};
pub(crate) use theme::set_theme;
#[cfg(feature = "ssr")]
pub(crate) use times::clock;
#[cfg(not(feature = "ssr"))]
pub(crate) use times::localize_times;
pub(crate) use times::{ago, day, moment};
pub(crate) use wait::{on_leaving, on_return, on_shown, soon, within};

use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::Element;

/// What the page's `<meta name>` holds; empty where it has none.
pub(crate) fn meta(name: &str) -> String {
    let found = document().query_selector(&["meta[name=", name, "]"].concat()).ok().flatten();
    found.and_then(|meta| meta.get_attribute("content")).unwrap_or_default()
}

/// The form token of this page, for a form that an island renders.
#[cfg(not(feature = "ssr"))]
pub(crate) fn form_token() -> String {
    meta("csrf")
}

/// The form token of the page that is being rendered.
#[cfg(feature = "ssr")]
pub(crate) fn form_token() -> String {
    crate::frame::current().csrf.clone()
}

/// The element with this id, if it is of this kind.
fn by_id<T: JsCast>(id: &str) -> Option<T> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// The first element that a selector finds, if it is of this kind.
fn first<T: JsCast>(selector: &str) -> Option<T> {
    document().query_selector(selector).ok()??.dyn_into().ok()
}

/// Every element that a selector finds.
fn all(selector: &str) -> Vec<Element> {
    let Ok(found) = document().query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect()
}
