//! What the modules do. Each is a test of the Basic plan and of the Form Post plan: see `plan.rs`.

pub mod codes;
pub mod flows;
pub mod logout;
pub mod refusals;
pub mod request_parameters;
pub mod sign_in;
pub mod userinfo;
