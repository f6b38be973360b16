//! The program's routes against an authorization server that is a stand-in of a few lines. The real one is used
//! by the tests in `examples/swagger`.
#![expect(clippy::unwrap_used, reason = "tests")]

mod infraviewer;
mod resource;
mod stand_in;
