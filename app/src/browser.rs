//! DOM access as small named functions: the only code that touches the document beyond Leptos.
//!
//! The server compiles them too, since it renders the same views; what a view needs during
//! rendering comes from the [`crate::Frame`] there.
#![cfg_attr(not(feature = "ssr"), expect(dead_code, unused_imports, reason = "each bundle needs a part of it"))]

mod clipboard;
mod dialog;
mod dom;
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
pub(crate) use dom::{form_token, meta};
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
