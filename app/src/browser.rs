//! DOM access as small named functions: the only code that touches the document beyond Leptos.
//!
//! The server compiles them too, since it renders the same views; what a view needs during
//! rendering comes from the [`crate::Frame`] there.
#![cfg_attr(not(feature = "ssr"), expect(dead_code, unused_imports, reason = "each bundle needs a part of it"))]

mod clipboard;
mod dialog;
mod fields;
mod focus;
mod form;
mod tabs;
mod theme;
mod times;
mod timing;
mod url;

pub(crate) use clipboard::{copy, select};
pub(crate) use dialog::{
    cancel_dialog, close_modal, close_page_dialog, escape_page_dialog, has_island_dialog, is_dialog_open, make_modal,
    move_into_page_dialog, show_modal,
};
pub(crate) use fields::{
    Fields, button_value, clear_children, element_text, field_of_event, is_button_active, is_edited, set_defaults,
    set_element_text, set_field_error, set_hidden, set_title, set_value, value, values,
};
pub(crate) use focus::{
    blur_focused, clear_field, clear_status, clear_value, focus, focus_button, focus_search, open_details,
    swap_preserving_focus,
};
pub(crate) use form::{
    Submission, caps_lock, clear_all_busy, search_text, set_field_errors, set_password_visible, submit_once,
    unchecked_boxes,
};
pub(crate) use tabs::{init_tabs, move_in_tabs};
pub(crate) use theme::set_theme;
#[cfg(feature = "ssr")]
pub(crate) use times::clock;
#[cfg(not(feature = "ssr"))]
pub(crate) use times::localize_times;
pub(crate) use times::{day, moment, relative_time};
pub(crate) use timing::{next_tick, on_before_unload, on_bfcache_restore, on_revisit, with_timeout};
pub(crate) use url::{
    current_url, list_link, list_position, list_url, navigate_replacing, push_url, reload, replace_url, with_query,
};

use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::Element;

/// The content of `<meta name>`; empty where there is none.
pub(crate) fn meta(name: &str) -> String {
    let found = document().query_selector(&["meta[name=", name, "]"].concat()).ok().flatten();
    found.and_then(|meta| meta.get_attribute("content")).unwrap_or_default()
}

/// The CSRF token of this page, for a form that an island renders.
#[cfg(not(feature = "ssr"))]
pub(crate) fn form_token() -> String {
    meta("csrf")
}

/// The CSRF token of the page that is being rendered.
#[cfg(feature = "ssr")]
pub(crate) fn form_token() -> String {
    crate::frame::current().csrf.clone()
}

/// The element with this id and type.
fn by_id<T: JsCast>(id: &str) -> Option<T> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// The first match of a selector, if it has this type.
fn first<T: JsCast>(selector: &str) -> Option<T> {
    document().query_selector(selector).ok()??.dyn_into().ok()
}

/// Every match of a selector.
fn all(selector: &str) -> Vec<Element> {
    let Ok(found) = document().query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect()
}
