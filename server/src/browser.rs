//! Requests from browsers: who is signed in, whether a form is ours, and the headers that every page carries.

pub mod compress;
pub mod cookies;
mod forms;
mod id;
mod kept;
mod page;
mod visitor;

pub use cookies::preferring;
pub use forms::{Foreign, check_browser, check_form, check_token, csrf_token, local_path};
pub use id::{Id, Ids};
pub use kept::KeptPage;
pub use page::{Page, see_other};
pub use visitor::{BROWSER, Current, KNOWN, LANGUAGE, THEME, Visitor, language};
