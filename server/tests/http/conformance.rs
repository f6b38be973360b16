//! What the OpenID Foundation's conformance suite does, one test for each module of its plans. A
//! module's warning fails here as its failure does. `docs/conformance.md` says which test is which
//! module's.

mod checks;
#[macro_use]
mod plan;
mod basic;
mod config;
mod form_post;
mod logout;
mod modules;
mod suite;
mod suite_browser;
