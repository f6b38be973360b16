//! Requests from browsers: cookies, the signed-in user, CSRF protection, the cached page, and the
//! headers of pages.

mod cached_page;
pub mod compress;
pub mod cookies;
mod csrf;
mod id;
mod page;
mod visitor;

pub use cached_page::CachedPage;
pub use cookies::with_preference_cookie;
pub use csrf::{CsrfError, check_browser, check_form, check_token, csrf_token, local_path};
pub use id::{Id, Ids};
pub use page::{Page, see_other};
pub use visitor::{BROWSER, Current, KNOWN, LANGUAGE, THEME, Visitor, language};
