//! The pages of Jeton: server-side rendering with Leptos, and islands hydrated in the browser.
//!
//! The server calls the functions of [`pages`]; each returns a whole document. The browser loads
//! [`islands`] (feature `hydrate`; those of the account and developer areas, which call the server
//! functions of [`api`], with `account` and `developer`). [`views`] are rendered by both.
//! Translations are in `i18n`.

pub mod api;
mod browser;
pub mod islands;
pub mod views;

#[cfg(feature = "ssr")]
mod components;
#[cfg(feature = "ssr")]
mod controls;
#[cfg(feature = "ssr")]
mod frame;
#[cfg(feature = "ssr")]
mod i18n;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
mod shell;

#[cfg(feature = "ssr")]
pub use frame::{Assets, Brand, Bundle, Frame, FrameUser, Logo, Theme};
#[cfg(feature = "ssr")]
pub use i18n::{Language, scope_title};

#[cfg(all(test, feature = "ssr"))]
mod tests;
