//! SIGKILL at random moments.

use super::fixture::Home;
use super::random::Dice;
use super::rig::Rig;

/// Between two kills, at least and at most so many answers.
const LEAST: usize = 10;
const SPREAD: usize = 60;

#[test]
fn nothing_acknowledged_is_lost_revived_or_doubled_when_the_process_is_killed() {
    killed_again_and_again(Home::sqlite());
}

#[test]
#[ignore = "needs a PostgreSQL with synchronous_commit: `cargo xtask test` runs it"]
fn nothing_acknowledged_is_lost_revived_or_doubled_on_postgresql() {
    killed_again_and_again(Home::postgres());
}

fn killed_again_and_again(home: Home) {
    let kills = std::env::var("JETON_CRASH_KILLS").map_or(5, |text| text.parse().unwrap());
    let mut rig = Rig::new(home);
    let mut dice = Dice::new(rig.seed, 0);
    for _ in 0..kills {
        let server = rig.start();
        rig.check(&server, false);
        rig.abuse(&server);
        let answers = LEAST + dice.below(SPREAD);
        rig.under_load(&server, |load| {
            load.answers(answers);
            load.kill(&server);
        });
        rig.home.database.settle();
    }
    let server = rig.start();
    rig.close(&server, &format!("{kills} kills"));
    assert!(rig.tally.now().answers >= LEAST * kills);
}
