//! The pages of Jeton, rendered by Leptos on the server, with islands that answer in place in the browser.
//!
//! The server calls the functions of [`pages`]; each returns a whole document. The browser gets [`islands`] (feature
//! `hydrate`; those of the account and developer areas, which call the server functions of [`api`], with `account` and `developer`). What both render is
//! in [`views`].

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
