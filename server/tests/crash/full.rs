//! The disk is full.

use std::io::Write;
use std::path::Path;
use std::process::Command;

use super::fixture::Home;
use super::rig::Rig;
use super::server::Server;

/// So many refusals: what room there was is used up.
const REFUSALS: usize = 40;
const ROOM: u64 = 64 * 1024;

#[test]
fn nothing_acknowledged_is_lost_when_no_file_may_grow_and_the_server_recovers_alone() {
    let mut rig = Rig::new(Home::sqlite());
    let log = rig.home.folder.join("data/jeton.db-wal");
    let server = rig.start();
    rig.furnish(&server);
    rig.under_load(&server, |load| {
        load.answers(60);
        limit(&server, &(std::fs::metadata(log).unwrap().len() + ROOM).to_string());
        load.refusals(REFUSALS);
    });
    // Now not even what was written before may be written over.
    limit(&server, "1");
    assert!(!server.is_ready());
    rig.assert_only_reads(&server);
    limit(&server, "unlimited");
    assert_recovered(&mut rig, server, "files that may not grow");
}

#[test]
#[ignore = "mounts a small file system, which only root may: `cargo xtask test` runs it"]
fn nothing_acknowledged_is_lost_when_the_disk_is_full_and_the_server_recovers_alone() {
    let mut rig = Rig::new(Home::sqlite_on_a_small_disk());
    let ballast = rig.home.folder.join("data/ballast");
    let server = rig.start();
    rig.furnish(&server);
    rig.under_load(&server, |load| {
        load.answers(60);
        fill(&ballast);
        load.refusals(REFUSALS);
    });
    std::fs::remove_file(ballast).unwrap();
    assert_recovered(&mut rig, server, "a full disk");
}

/// Without a restart, and after one.
fn assert_recovered(rig: &mut Rig, server: Server, what: &str) {
    server.await_ready();
    rig.under_load(&server, |load| load.answers(60));
    rig.check(&server, true);
    server.kill();
    let server = rig.start();
    rig.close(&server, what);
}

/// The kernel lets no file of the process grow beyond so many bytes from now on.
fn limit(server: &Server, bytes: &str) {
    let mut command = Command::new("prlimit");
    command.args([format!("--pid={}", server.id()), format!("--fsize={bytes}:")]);
    assert!(command.status().unwrap().success(), "{command:?}");
}

/// Writes until there is no room for another byte.
fn fill(file: &Path) {
    let mut file = std::fs::File::create(file).unwrap();
    for size in [4096, 1] {
        while file.write_all(&[0; 4096][..size]).is_ok() {}
    }
}
