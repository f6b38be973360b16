//! What the parts of a run share.

use crate::{
    artifacts::Artifacts,
    postgres::{Durability, Postgres},
    process::Outcome,
};

/// What parts share: made when the first of them needs it, gone at the end of the run.
#[derive(Default)]
pub struct Shared {
    /// What the build made.
    pub built: Option<Artifacts>,
    postgres: Option<Postgres>,
    /// The parts that were asked for by name.
    pub named: Vec<String>,
    /// What is to be run of them: tests whose path, or files whose name, holds one of these. Empty: all.
    pub names: Vec<String>,
}

impl Shared {
    /// Nothing is made yet.
    pub fn new(named: &[String], names: &[String]) -> Self {
        Self { named: named.to_vec(), names: names.to_vec(), ..Self::default() }
    }

    /// What the build made.
    pub fn built(&self) -> Outcome<&Artifacts> {
        self.built.as_ref().ok_or_else(|| "nothing was built".into())
    }

    /// The address of this run's own PostgreSQL.
    pub fn postgres(&mut self) -> Outcome<String> {
        if self.postgres.is_none() {
            self.postgres = Some(Postgres::start(Durability::None)?);
        }
        Ok(self.postgres.as_ref().map(|server| server.url().to_owned()).unwrap_or_default())
    }
}
