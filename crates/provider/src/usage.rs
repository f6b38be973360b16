//! Usage counters in memory, until they are written.

pub mod grants;
pub mod tokens;
