//! Tests of the rig itself: it must detect losses.

use std::path::{Path, PathBuf};

use super::counts::Fault;
use super::fixture::Home;
use super::rig::Rig;

const FILES: [&str; 2] = ["jeton.db", "jeton.db-wal"];

#[test]
fn the_rig_sees_what_a_restored_backup_loses_revives_and_doubles() {
    let mut rig = Rig::new(Home::sqlite());
    let (data, backup) = (rig.home.folder.join("data"), rig.home.folder.join("backup"));
    let server = rig.start();
    rig.furnish(&server);
    server.kill();
    copy(&data, &backup);
    let server = rig.start();
    rig.each(&server, |_, writer| {
        writer.exchange(1).unwrap();
        writer.end_token().unwrap();
        writer.machine_token().unwrap();
    });
    rig.check(&server, true);
    assert!([Fault::Lost, Fault::Revived, Fault::Doubled].map(|kind| rig.tally.now().of(kind)) == [0; 3]);
    server.kill();
    copy(&backup, &data);
    let server = rig.start();
    rig.each(&server, |_, writer| {
        let answer = writer.present_code(1).unwrap();
        writer.denied(&answer, Fault::Doubled, "a code was spent twice");
    });
    rig.check(&server, true);
    let seen = [Fault::Lost, Fault::Revived, Fault::Doubled].map(|kind| rig.tally.now().of(kind));
    assert!(seen.iter().all(|count| *count >= super::fixture::WRITERS), "{seen:?}");
}

#[test]
fn the_rig_sees_a_chain_with_two_refresh_tokens_that_can_be_used() {
    let mut rig = Rig::new(Home::sqlite());
    let server = rig.start();
    rig.furnish(&server);
    rig.each(&server, |_, writer| {
        let spent = writer.book.any_family(&mut writer.dice, |family| family.is_spent()).unwrap();
        writer.rotate(spent).unwrap();
    });
    assert_eq!(rig.home.database.twins(), 0);
    rig.home.database.revive_all();
    assert!(rig.home.database.twins() > 0);
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    // It belongs to the other log.
    let _ = std::fs::remove_file(to.join("jeton.db-shm"));
    for file in FILES {
        let _: u64 = std::fs::copy(PathBuf::from(from).join(file), to.join(file)).unwrap();
    }
}
