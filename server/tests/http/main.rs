//! The whole server through its router, without a port and without waiting: what the contract promises, and what the
//! hostile cases of the security table must come to. On SQLite, or on PostgreSQL where `JETON_TEST_POSTGRES` names one.
#![expect(clippy::unwrap_used, reason = "tests")]

mod harness;

mod access_token_jwt;
mod account;
mod applications;
mod authorize;
mod bad_input;
mod brand;
mod client_assertions;
mod client_keys;
mod clients;
mod codes;
mod compression;
mod conformance;
mod consent;
mod developer_pages;
mod developers;
mod dpop;
mod dpop_userinfo;
mod errors;
mod fetch;
mod introspection;
mod language;
mod leaving;
mod lists;
mod native_answers;
mod noise;
mod oidc_discovery;
mod oidc_form_post;
mod oidc_id_tokens;
mod oidc_keys;
mod oidc_offline;
mod oidc_requests;
mod oidc_signed_userinfo;
mod oidc_userinfo;
mod password_grant;
mod paths;
mod people;
mod permanent_tokens;
mod problems;
mod prompts;
mod provoked;
mod redirect_uris;
mod refresh;
mod resources;
mod revocation;
mod secrets;
mod sessions;
mod sign_in;
mod throttling;
mod token_list;
mod token_requests;
mod token_uses;
mod tokeninfo;
