//! The disk is full: first there is a little room left, then no file of the server may hold another byte.

use std::path::Path;
use std::process::Command;

use super::home::Home;
use super::rig::Rig;
use super::server::Server;

/// So many refusals: what room there was is used up.
const REFUSALS: usize = 40;
const ROOM: u64 = 64 * 1024;

#[test]
fn nothing_acknowledged_is_lost_when_the_disk_is_full_and_the_server_recovers_alone() {
    let mut rig = Rig::new(Home::sqlite());
    let log = rig.home.folder.join("data/jeton.db-wal");
    let server = rig.start();
    rig.furnish(&server);
    rig.under_load(&server, |load| {
        load.answers(60);
        limit(&server, &(size(&log) + ROOM).to_string());
        load.refusals(REFUSALS);
    });
    limit(&server, "1");
    assert!(!server.is_ready());
    rig.assert_only_reads(&server);
    limit(&server, "unlimited");
    server.await_ready();
    rig.under_load(&server, |load| load.answers(60));
    rig.check(&server, true);
    server.kill();
    let server = rig.start();
    rig.close(&server, "a full disk");
}

/// The kernel lets no file of the process grow beyond so many bytes from now on.
fn limit(server: &Server, bytes: &str) {
    let mut command = Command::new("prlimit");
    command.args([format!("--pid={}", server.id()), format!("--fsize={bytes}:")]);
    assert!(command.status().unwrap().success(), "{command:?}");
}

fn size(file: &Path) -> u64 {
    std::fs::metadata(file).unwrap().len()
}
