//! The contract of the use cases with their store, held on SQLite and (where `JETON_TEST_POSTGRES` names one) PostgreSQL.

mod applications;
mod client_keys;
mod clients;
mod copies;
mod copy_refusals;
mod delete_account;
mod families;
mod flow;
mod grant_uses;
mod harness;
mod identity;
mod last_use;
mod live_sessions;
mod nodes;
mod problems;
mod proofs;
mod races;
mod renaming;
mod schema;
mod scopes;
mod setup;
mod sign_in;
mod signing;
mod taking_back;
mod users;
mod withdrawn_keys;
