//! Requests from browsers: cookies, the signed-in user, CSRF protection, the cached page, and the
//! headers of pages.

mod cached_page;
pub mod compress;
pub mod cookies;
mod csrf;
mod extract;
mod id;
mod language;
mod origin;
mod page;
mod redirect;
mod visitor;

pub use cached_page::CachedPage;
pub use cookies::{BROWSER, KNOWN, LANGUAGE, THEME};
pub use csrf::{CsrfError, check_browser, check_form, check_token, csrf_token, local_path};
pub use id::{Id, Ids};
pub use language::language;
pub use page::Page;
pub use redirect::see_other;
pub use visitor::{Current, Visitor};
