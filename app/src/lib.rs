//! The pages of Jeton: plain HTML forms rendered by Leptos on the server, with small islands as comfort.
//!
//! The server calls the functions of [`pages`]; each returns a whole document. The browser gets only [`islands`]
//! (feature `hydrate`), which wake after the page is readable and never hold a text field or prose.

pub mod islands;

#[cfg(feature = "ssr")]
mod components;
#[cfg(feature = "ssr")]
mod controls;
#[cfg(feature = "ssr")]
mod frame;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
mod words;

#[cfg(feature = "ssr")]
pub use frame::{Assets, Brand, Frame, FrameUser, Logo, Theme};
#[cfg(feature = "ssr")]
pub use words::Language;

#[cfg(all(test, feature = "ssr"))]
mod tests;
