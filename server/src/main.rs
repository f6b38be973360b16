//! The binary `jeton`. Everything is in the library, where tests reach it.

use std::process::ExitCode;

/// A request makes some dozens of small allocations; this allocator takes half as long for them as
/// the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    server::cli::main()
}
